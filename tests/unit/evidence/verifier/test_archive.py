"""A bundle is opened without trusting its names, sizes, links or headers (CWE-22, CWE-59, CWE-409)."""

from __future__ import annotations

import os
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.verifier import archive
from tapeproof.evidence.verifier.archive import Folder, Zip, open_bundle, safe_name
from tapeproof.evidence.verifier.findings import Unusable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("run.json", True),
        ("evidence/live-sqs/raw/x y.jsonl", True),
        ("files/\N{LATIN SMALL LETTER E WITH ACUTE}.tf", True),
        ("a/.hidden", True),
        ("", False),
        ("/etc/passwd", False),
        ("../x", False),
        ("a/../x", False),
        ("a//x", False),
        ("a/", False),
        ("a\\..\\x", False),
        ("C:x", False),
        ("a/CON", False),
        ("a/nul.txt", False),
        ("a/com1.json", False),
        ("a/x.", False),
        ("a /x", False),
        ("a\nb", False),
        ("a\x00b", False),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", False),
        ("a*", False),
        ("x" * 512, True),
        ("x" * 513, False),
    ],
)
def test_a_name_is_safe_only_where_it_stays_inside_on_every_system(name: str, *, safe: bool) -> None:
    assert safe_name(name) is safe


def _zip(path: Path, files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as out:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = kind
            out.writestr(entry, data)
    return path


def test_a_folder_and_a_zip_of_it_give_the_same_names_sizes_and_bytes(tmp_path: Path) -> None:
    files = {"run.json": b"{}", "a/b.txt": b"x" * 1000}
    for name, data in files.items():
        (tmp_path / "run" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "run" / name).write_bytes(data)
    for opened in (open_bundle(str(tmp_path / "run")), open_bundle(str(_zip(tmp_path / "run.zip", files)))):
        assert opened.sizes == {name: len(data) for name, data in files.items()}
        for name, data in files.items():
            with opened.open(name) as stream:
                assert stream.read() == data
        opened.close()


def test_what_a_file_browser_left_in_a_folder_is_named_and_never_part_of_the_bundle(tmp_path: Path) -> None:
    for name in ("run.json", ".DS_Store", "._run.json", "Thumbs.db"):
        (tmp_path / name).touch()
    opened = Folder(str(tmp_path))
    assert (list(opened.sizes), opened.foreign) == (["run.json"], [".DS_Store", "._run.json", "Thumbs.db"])


def _refused(path: Path) -> str:
    with pytest.raises(Unusable) as refused:
        open_bundle(str(path))
    return refused.value.finding.code


def test_a_link_or_a_pipe_in_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/link").symlink_to("/etc/passwd")
    (tmp_path / "b").mkdir()
    os.mkfifo(tmp_path / "b/pipe")
    (tmp_path / "c").mkdir()
    (tmp_path / "c/folder").symlink_to(tmp_path)
    assert [_refused(tmp_path / name) for name in "abc"] == ["LINK", "UNSAFE_ENTRY", "LINK"]


def test_a_link_that_appears_after_the_listing_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    opened = Folder(str(tmp_path))
    (tmp_path / "x").unlink()
    (tmp_path / "x").symlink_to("/etc/hostname")
    with pytest.raises(OSError, match="x"):
        opened.open("x")


@pytest.mark.parametrize("path", ["absent", "nul\x00", "x" * 5000])
def test_a_path_that_is_none_is_no_bundle(tmp_path: Path, path: str) -> None:
    assert _refused(tmp_path / path) == "NOT_A_BUNDLE"


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06", b"no zip" * 100])
def test_a_file_that_is_no_zip_is_no_bundle(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    assert _refused(tmp_path / "x.zip") == "NOT_A_BUNDLE"


@pytest.mark.parametrize(
    ("name", "code"),
    [("../x", "UNSAFE_PATH"), ("/x", "UNSAFE_PATH"), ("a/", "UNSAFE_ENTRY"), ("a\\b", "UNSAFE_PATH")],
)
def test_a_zip_with_a_name_that_leads_outside_is_refused(tmp_path: Path, name: str, code: str) -> None:
    assert _refused(_zip(tmp_path / "x.zip", {name: b""})) == code


def test_a_name_that_comes_twice_is_refused_also_where_only_case_tells_them_apart(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as out:
        out.writestr("run.json", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            out.writestr("run.json", b"2")
    assert _refused(tmp_path / "x.zip") == "DUPLICATE_NAME"
    assert _refused(_zip(tmp_path / "y.zip", {"run.json": b"", "RUN.json": b""})) == "DUPLICATE_NAME"


def test_a_bomb_is_refused_by_what_it_says_it_expands_to(tmp_path: Path) -> None:
    assert _refused(_zip(tmp_path / "x.zip", {"a": b"\0" * (2 << 20)})) == "BOMB"


@pytest.mark.parametrize(("limit", "value"), [("MAX_FILES", 2), ("MAX_FILE_BYTES", 3), ("MAX_TOTAL_BYTES", 8)])
def test_limits_hold_for_a_folder_and_a_zip_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(archive, limit, value)
    files = {"a": b"1234", "b": b"12", "c": b"123"}
    (tmp_path / "run").mkdir()
    for name, data in files.items():
        (tmp_path / "run" / name).write_bytes(data)
    assert _refused(tmp_path / "run") == _refused(_zip(tmp_path / "x.zip", files)) == "TOO_LARGE"


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_entry_in_another_compression_is_refused(tmp_path: Path, kind: int) -> None:
    assert _refused(_zip(tmp_path / "x.zip", {"a": b"x"}, kind)) == "UNSAFE_ENTRY"


def _with_flags(path: Path, flags: int) -> Path:
    """Set the general purpose flags of the one entry, in front of it and in the directory."""
    data = bytearray(_zip(path, {"a": b"x"}, zipfile.ZIP_STORED).read_bytes())
    at = data.index(b"PK\1\2")
    data[6:8] = data[at + 8 : at + 10] = struct.pack("<H", flags)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("flags", [0x1, 0x8, 0x20, 0x40, 0x2000, 0x8000])
def test_an_entry_that_says_it_is_read_in_another_way_is_refused_before_it_is_read(tmp_path: Path, flags: int) -> None:
    assert _refused(_with_flags(tmp_path / "x.zip", flags)) == "UNSAFE_ENTRY"


def test_an_entry_with_a_name_in_utf8_is_read(tmp_path: Path) -> None:
    opened = Zip(str(_with_flags(tmp_path / "x.zip", 0x800)))
    with opened.open("a") as stream:
        assert stream.read() == b"x"
    opened.close()


@pytest.mark.parametrize("where", ["before", "behind", "comment", "between"])
def test_a_zip_that_carries_bytes_outside_its_entries_is_refused(tmp_path: Path, where: str) -> None:
    path = _zip(tmp_path / "x.zip", {"a": b"x"}, zipfile.ZIP_STORED)
    data = path.read_bytes()
    if where == "before":
        path.write_bytes(b"#!/bin/sh\n" + data)
    elif where == "behind":
        path.write_bytes(data + b"more")
    elif where == "comment":
        with zipfile.ZipFile(path, "a") as out:
            out.comment = b"signed by somebody"
    else:
        at = data.index(b"PK\1\2")
        end = struct.pack("<I", at + 4)
        path.write_bytes(data[:at] + b"more" + data[at:-6] + end + data[-2:])
    assert _refused(path) in {"EXTRA", "NOT_A_BUNDLE"}


def test_a_header_that_gives_another_account_than_the_directory_is_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x.zip", {"a": b"xyz"}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[14] ^= 1  # the CRC-32 in front of the entry, which only programs that read a stream look at
    path.write_bytes(data)
    assert _refused(path) == "EXTRA"
