"""Whatever inflates an export, the lines are the same, and damage is the same unusable input."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeproof.auditing.inflating import INFLATED_BY, inflater
from tapeproof.verifier.findings import UnusableError
from tapeproof.verifier.folder import blocks

lines = st.lists(st.binary(max_size=300).map(lambda data: data.replace(b"\n", b"")), max_size=40)


def read(path: Path, inflate: object) -> list[bytes] | None:
    try:
        return [line for block in blocks(path, inflate) for line in block]  # type: ignore[arg-type]
    except UnusableError:
        return None


def packed(members: list[list[bytes]], level: int) -> bytes:
    return b"".join(gzip.compress(b"".join(line + b"\n" for line in one), level, mtime=0) for one in members)


def test_the_locked_environment_has_the_fast_library() -> None:
    assert INFLATED_BY == "ISA-L"


@given(members=st.lists(lines, min_size=1, max_size=4), level=st.integers(0, 9))
def test_members_of_any_level_give_their_lines(members: list[list[bytes]], level: int) -> None:
    with TemporaryDirectory() as place:
        path = Path(place) / "part.gz"
        path.write_bytes(packed(members, level))
        expected = [line for one in members for line in one]
        assert read(path, inflater) == read(path, zlib.decompressobj) == expected


@given(data=st.data(), members=st.lists(lines, min_size=1, max_size=3))
def test_damage_is_refused_by_both_or_read_alike_by_both(data: st.DataObject, members: list[list[bytes]]) -> None:
    whole = packed(members, 1)
    at = data.draw(st.integers(0, len(whole) - 1))
    kind = data.draw(st.sampled_from(["flip", "cut", "insert", "trail"]))
    damaged = {
        "flip": whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :],
        "cut": whole[:at],
        "insert": whole[:at] + b"\x00" + whole[at:],
        "trail": whole + b"\x00trail",
    }[kind]
    with TemporaryDirectory() as place:
        path = Path(place) / "part.gz"
        path.write_bytes(damaged)
        assert read(path, inflater) == read(path, zlib.decompressobj)


@pytest.mark.parametrize(
    "content", [b"", b"no gzip", b"\x1f", b"\x1f\x8b", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"]
)
def test_what_is_no_gzip_file_is_unusable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "part.gz"
    path.write_bytes(content)
    for inflate in (inflater, zlib.decompressobj):
        with pytest.raises(UnusableError, match=r"part\.gz"):
            list(blocks(path, inflate))
