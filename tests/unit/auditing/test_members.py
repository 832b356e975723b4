from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.members import find_records, write_members
from tapeproof.verifier.streams import decoded

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
        assert decoded(found)["a_seq"]["N"] == str(seq)
    assert find_records(path, "lane-c", 0) == []
