from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log.objects import Bucket, Folder, read_regular

if TYPE_CHECKING:
    from pathlib import Path


class RefusedError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


class _S3:
    """The calls of S3 that a log makes, with conditional writes."""

    def __init__(self) -> None:
        self.stored: dict[str, dict[str, Any]] = {}
        self.fails = ""

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        if self.fails or Key not in self.stored:
            raise RefusedError(self.fails or "NoSuchKey")
        one = self.stored[Key]
        return {"Body": io.BytesIO(one["Body"]), "ETag": one["ETag"]}

    def put_object(self, *, Bucket: str, Key: str, **more: Any) -> None:  # noqa: N803, ANN401 - boto3's names
        if self.fails:
            raise RefusedError(self.fails)
        there = self.stored.get(Key)
        if (more.get("IfNoneMatch") and there) or (
            "IfMatch" in more and (not there or there["ETag"] != more["IfMatch"])
        ):
            raise RefusedError("PreconditionFailed")
        self.stored[Key] = {**more, "ETag": f"tag{len(self.stored)}-{len(more['Body'])}"}


def test_an_object_is_stored_with_its_kind_and_read_back() -> None:
    client = _S3()
    bucket = Bucket(client, "tiles")
    bucket.put("tile/0/000", b"\x00")
    bucket.put("checkpoint", b"note")
    assert (bucket.get("tile/0/000"), bucket.get("absent")) == (b"\x00", None)
    assert client.stored["tile/0/000"]["ContentType"] == "application/octet-stream"
    assert client.stored["checkpoint"]["ContentType"] == "text/plain; charset=utf-8"


def test_of_an_object_that_is_too_long_one_byte_more_than_allowed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tapeproof.log.objects.MAX_OBJECT_BYTES", 10)
    client = _S3()
    Bucket(client, "tiles").put("checkpoint", b"x" * 1_000)
    assert Bucket(client, "tiles").get("checkpoint") == b"x" * 11


def test_an_object_is_replaced_only_while_it_is_the_one_that_was_read() -> None:
    client = _S3()
    one, other = Bucket(client, "tiles"), Bucket(client, "tiles")
    assert one.swap("checkpoint", None, b"1")
    assert not other.swap("checkpoint", None, b"2")
    assert one.get("checkpoint") == other.get("checkpoint") == b"1"
    assert other.swap("checkpoint", b"1", b"22")
    assert not one.swap("checkpoint", b"1", b"333")
    assert one.get("checkpoint") == b"22"


@pytest.mark.parametrize("code", ["AccessDenied", "NoSuchBucket", "SlowDown"])
def test_a_refusal_is_no_absence_and_no_lost_race(code: str) -> None:
    client = _S3()
    bucket = Bucket(client, "tiles")
    bucket.swap("checkpoint", None, b"1")
    bucket.get("checkpoint")
    client.fails = code
    with pytest.raises(RefusedError):
        bucket.get("checkpoint")
    with pytest.raises(RefusedError):
        bucket.swap("checkpoint", b"1", b"2")


def test_a_file_appears_whole_and_is_replaced_only_while_it_is_the_same(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put("tile/0/000", b"data")
    assert folder.get("tile/0/000") == b"data"
    assert folder.swap("checkpoint", None, b"1")
    assert not folder.swap("checkpoint", None, b"2")
    assert folder.swap("checkpoint", b"1", b"2")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["000", "checkpoint"]


def test_what_is_no_plain_file_is_nothing_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_bytes(b"12345")
    for name in ("pipe", "folder", "loop", "absent", "file/below"):
        assert read_regular(tmp_path / name, 10) is None
    assert read_regular(tmp_path / "file", 10) == b"12345"


def test_of_a_file_that_is_too_long_one_byte_more_than_allowed_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    assert read_regular(tmp_path / "file", 3) == b"1234"
    assert read_regular(tmp_path / "file", 5) == b"12345"


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_a_file_of_any_length_is_read_up_to_what_it_may_have(size: int, tmp_path: Path) -> None:
    content = bytes(number % 251 for number in range(size))
    (tmp_path / "file").write_bytes(content)
    for most in (0, 1, 65_535, 65_536, 150_000, 300_000):
        assert read_regular(tmp_path / "file", most) == content[: most + 1]
    assert read_regular(str(tmp_path / "file"), size) == content
