from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.members import find_records, gzip_file, write_members
from tapeproof.verifier.streams import decode_line

if TYPE_CHECKING:
    from pathlib import Path


def _row(lane: str, seq: int) -> tuple[bytes, bytes]:
    line = b'{"a_lane":{"S":"%b"},"a_seq":{"N":"%d"}}' % (lane.encode(), seq)
    return f"{lane}\t{seq:010d}\t000000\t000000".encode(), line


@pytest.mark.parametrize("indexed", [True, False])
def test_a_record_is_found_in_its_gzip_member_and_without_an_index_too(*, indexed: bool, tmp_path: Path) -> None:
    path = tmp_path / "part.gz"
    rows = [_row(lane, seq) for lane in ("lane-a", "lane-b") for seq in range(700)]
    write_members(path, rows)
    if not indexed:
        path.with_suffix(".idx").unlink()
    for lane, seq in (("lane-a", 0), ("lane-a", 699), ("lane-b", 0), ("lane-b", 457)):
        (found,) = find_records(path, lane, seq)
        assert decode_line(found)["a_seq"]["N"] == str(seq)
    assert find_records(path, "lane-c", 0) == []


@pytest.mark.parametrize(
    "line",
    [b"garbage", b"{}", b"[]", b'{"a_lane":{"S":"l"},"a_seq":{"N":"x"}}', b'{"a_lane":5}', b"[" * 100_000, b"\xff"],
)
def test_a_line_that_is_no_record_is_told_and_never_a_traceback(line: bytes, tmp_path: Path) -> None:
    write_members(tmp_path / "part.gz", [(b"l\t0000000000\t000000\t000000", line)])
    with pytest.raises(SourceError, match="no record"):
        find_records(tmp_path / "part.gz", "l", 0)


@pytest.mark.parametrize("index", ["-1 lane-a\n", f"{1 << 60} lane-a\n"])
def test_an_index_with_impossible_places_is_told(index: str, tmp_path: Path) -> None:
    write_members(tmp_path / "part.gz", [_row("lane-a", 0)])
    (tmp_path / "part.idx").write_text(index)
    with pytest.raises(SourceError, match="impossible places"):
        find_records(tmp_path / "part.gz", "lane-a", 0)


@pytest.mark.parametrize("index", ["", "x\n", "5\n", "\x00"])
def test_an_index_that_is_none_only_costs_time(index: str, tmp_path: Path) -> None:
    write_members(tmp_path / "part.gz", [_row("lane-a", seq) for seq in range(3)])
    (tmp_path / "part.idx").write_text(index)
    found = find_records(tmp_path / "part.gz", "lane-a", 2)
    assert len(found) == 1


def test_the_same_lines_give_the_same_bytes_and_no_lines_an_empty_member(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        write_members(tmp_path / name, [_row("lane-a", seq) for seq in range(450)])
        with gzip_file(tmp_path / f"whole-{name}") as file:
            file.write(b"line\n")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert (tmp_path / "whole-a.gz").read_bytes() == (tmp_path / "whole-b.gz").read_bytes()
    assert len((tmp_path / "a.idx").read_text().splitlines()) == 3
    write_members(tmp_path / "none.gz", [])
    assert gzip.decompress((tmp_path / "none.gz").read_bytes()) == b""


def test_hex_digits_that_repeat_by_chance_are_left_as_they_are(tmp_path: Path) -> None:
    digests = [hashlib.sha256(bytes([number])).hexdigest().encode() for number in range(200)]
    text = b"\n".join(b'{"_prev":"%b","pay":"%b"}' % pair for pair in zip(digests, digests[::-1], strict=True))
    with gzip_file(tmp_path / "entries.gz") as file:
        file.write(text)
    written = (tmp_path / "entries.gz").read_bytes()
    assert gzip.decompress(written) == text
    assert len(written) < 0.95 * len(gzip.compress(text, 1))
