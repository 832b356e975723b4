from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("most_bytes", [1, 2_000, 10_000_000])
def test_lines_come_out_in_key_order_however_little_memory_there_is(most_bytes: int, tmp_path: Path) -> None:
    rows = [(f"part-{number % 3}", b"%06d" % number, b'{"n":%d}' % number) for number in range(500)]
    random.Random(1).shuffle(rows)
    spool = Spool(tmp_path / "spool", most_bytes)
    for part, key, line in rows:
        spool.add(part, key, line)
    assert spool.parts() == ["part-0", "part-1", "part-2"]
    for part in spool.parts():
        wanted = sorted((key, line) for name, key, line in rows if name == part)
        assert list(spool.sort_part(part)) == wanted
    assert list((tmp_path / "spool").iterdir()) == []
