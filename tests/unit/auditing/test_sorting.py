from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.members import find_records, write_members
from tapeproof.auditing.operations import make_pin, read_keys
from tapeproof.auditing.spool import Spool
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.streams import decode_line
from tests.unit.log.world import World, WorldSource

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


def test_a_checkpoint_of_another_key_is_not_pinned(exported: Path, vkey: VerifierKey) -> None:
    world = World()
    assert make_pin(exported, [vkey])["keys"] == [str(vkey)]
    with pytest.raises(SourceError, match="cannot be pinned"):
        make_pin(exported, [VerifierKey.parse(world.vkey())])


def test_keys_are_read_from_text_and_from_files(vkey: VerifierKey, tmp_path: Path) -> None:
    path = tmp_path / "keys.txt"
    path.write_text(f"{vkey}\n\n")
    assert read_keys([str(vkey), str(path)]) == [vkey, vkey]


def test_an_export_never_overwrites_a_folder(exported: Path) -> None:
    with pytest.raises(SourceError, match="is not empty"):
        export(WorldSource(World()), exported, ExportOptions())
