from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.index import event_rows, index_events
from tapeproof.auditing.operations import verify_folder
from tapeproof.log.checkpoint import parse_checkpoint
from tapeproof.log.note import parse_note
from tapeproof.verifier.events import EVENTS, ROW_BYTES, event_digest
from tapeproof.verifier.findings import Attack

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def size(exported: Path) -> int:
    return parse_checkpoint(parse_note((exported / "checkpoint").read_bytes()).text).size


def test_an_event_is_looked_up_by_the_first_eight_bytes_of_its_sha256() -> None:
    assert event_digest("evt-é") == hashlib.sha256("evt-é".encode()).digest()[:8]


def test_every_event_and_every_key_leads_to_its_leaf(exported: Path, size: int) -> None:
    data = (exported / EVENTS).read_bytes()
    rows = {data[at : at + ROW_BYTES] for at in range(0, len(data), ROW_BYTES)}
    assert len(rows) * ROW_BYTES == len(data)
    expected = {event_digest(event) + leaf.to_bytes(8, "big") for event, leaf in event_rows(exported, size)}
    assert rows == expected
    assert {"evt-1", "evt-9"} <= {event for event, _ in event_rows(exported, size)}


def test_rows_are_sorted_and_an_index_made_again_is_the_same(exported: Path, size: int, tmp_path: Path) -> None:
    count = index_events(exported, size, tmp_path / "scratch", tmp_path / "again.idx")
    data = (tmp_path / "again.idx").read_bytes()
    rows = [data[at : at + ROW_BYTES] for at in range(0, len(data), ROW_BYTES)]
    assert rows == sorted(set(rows))
    assert (count, data) == (len(rows), (exported / EVENTS).read_bytes())


def attacks(folder: Path) -> set[Attack]:
    return {one.attack for one in verify_folder(folder, jobs=1).findings}


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda data: data, True),
        (lambda data: data[ROW_BYTES:], False),
        (lambda data: data[:-1], False),
        (lambda data: b"", False),
        (lambda data: data[:-ROW_BYTES] + bytes(ROW_BYTES), False),
        (None, True),
    ],
)
def test_an_index_that_leads_elsewhere_is_told_and_one_that_is_not_there_cannot(
    exported: Path, tmp_path: Path, change: object, *, same: bool
) -> None:
    copy = shutil.copytree(exported, tmp_path / "copy")
    data = (copy / EVENTS).read_bytes()
    (copy / EVENTS).unlink()
    if change is not None:
        (copy / EVENTS).write_bytes(change(data))  # type: ignore[operator]
    assert (Attack.INDEX_DAMAGED in attacks(copy)) is not same


def test_a_folder_in_place_of_the_index_is_no_index(exported: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(exported, tmp_path / "copy")
    (copy / EVENTS).unlink()
    (copy / EVENTS).mkdir()
    assert Attack.INDEX_DAMAGED in attacks(copy)


def test_a_size_that_is_only_claimed_ends_after_a_while_and_gives_what_there_is(exported: Path, size: int) -> None:
    there = list(event_rows(exported, size))
    assert set(event_rows(exported, 1 << 40)) <= set(there)
    assert list(event_rows(exported / "absent", 1 << 40)) == []
