from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from tapeproof.log.entry import entry_hash, genesis
from tapeproof.verifier.diagnosis import LaneState, StoredItem, diagnose, members_changed
from tapeproof.verifier.findings import Attack

NAME, OTHER, ORIGIN = f"2025112306.f.{'0' * 32}", f"2025112306.f.{'1' * 32}", "example.com/log"


def _chain(name: str, count: int, told: str = "told", first: int = 0, previous: str = "") -> list[StoredItem]:
    items = []
    link = previous or genesis(ORIGIN, name)
    for seq in range(first, count):
        data = f'{{"_lane":"{name}","_prev":"{link}","_seq":{seq},"evt":"{told}-{seq}"}}'.encode()
        items.append(StoredItem(f"{seq:010d}", data, entry_hash(data)))
        link = entry_hash(data).hex()
    return items


GOOD = _chain(NAME, 4)


def _diagnose(items: list[StoredItem], **changes: Any) -> list[tuple[Attack, int]]:  # noqa: ANN401 - fields of a lane
    state = LaneState(
        NAME, ORIGIN, items, listed=True, sealed=[one.hash for one in GOOD], closed=True, young=False, broken=False,
        original=lambda seq: GOOD[seq].data,
    )  # fmt: skip
    return [(one.attack, one.seq) for one in diagnose(state._replace(**changes))]


def _with(seq: int, item: StoredItem) -> list[StoredItem]:
    return [*GOOD[:seq], item, *GOOD[seq + 1 :]]


FORGED = GOOD[1].data.replace(b"told", b"lied")


@pytest.mark.parametrize(
    ("items", "found"),
    [
        (_with(1, GOOD[1]._replace(data=FORGED)), [(Attack.ENTRY_EDITED, 1)]),
        (_with(1, GOOD[1]._replace(digest=bytes(32))), [(Attack.ENTRY_EDITED, 1)]),
        (_with(1, GOOD[1]._replace(data=FORGED, digest=entry_hash(FORGED))), [(Attack.ENTRY_REHASHED, 1)]),
        ([*GOOD[:1], *_chain(NAME, 4, "lied", 1, GOOD[0].hash.hex())], [(Attack.LANE_REWRITTEN, 1)]),
        ([*GOOD[:1], *_chain(NAME, 3, "lied", 1, GOOD[0].hash.hex()), GOOD[3]], [(Attack.LINEAR_FAKE, 1)]),
        ([*GOOD[:1], *GOOD[2:]], [(Attack.ENTRY_DELETED, 1)]),
        (GOOD[:2], [(Attack.LANE_TRUNCATED, 2)]),
        ([], [(Attack.LANE_DELETED, 0)]),
        ([*GOOD, GOOD[2]._replace(sk="0000000004")], [(Attack.ENTRY_DUPLICATED, 4)]),
        (_chain(NAME, 5), [(Attack.ENTRY_INSERTED, 4)]),
        ([*GOOD, GOOD[0]._replace(sk="x")], [(Attack.ALIEN_ITEM, -1)]),
        ([*GOOD, GOOD[0]], [(Attack.ALIEN_ITEM, -1)]),
        (_with(2, GOOD[2]._replace(more=("ttl",))), [(Attack.ATTRIBUTE_ADDED, 2)]),
        (GOOD, [(Attack.CHAIN_BROKEN, -1)]),
    ],
)
def test_what_was_done_to_a_lane_has_its_name_and_its_place(
    items: list[StoredItem], found: list[tuple[Attack, int]]
) -> None:
    assert _diagnose(items) == found


def test_entries_that_changed_places_are_reordered_and_those_of_another_lane_were_swapped() -> None:
    turned = [GOOD[0], GOOD[2]._replace(sk=GOOD[1].sk), GOOD[1]._replace(sk=GOOD[2].sk), GOOD[3]]
    assert _diagnose(turned) == [(Attack.REORDERED, 1), (Attack.REORDERED, 2)]
    assert _diagnose(_chain(OTHER, 4)) == [(Attack.LANES_SWAPPED, seq) for seq in range(4)]


def test_a_lane_that_is_not_listed_was_struck_or_put_in() -> None:
    assert _diagnose(GOOD, listed=False) == [(Attack.LISTING_DELETED, -1)]
    assert _diagnose(GOOD, listed=False, sealed=[]) == [
        (Attack.LANE_INSERTED, -1), *((Attack.ENTRY_INSERTED, seq) for seq in range(4)),
    ]  # fmt: skip
    assert _diagnose(GOOD, sealed=[]) == [(Attack.LANE_INSERTED, 0)]


def test_what_is_not_sealed_yet_must_still_go_on_from_what_is() -> None:
    open_hour: dict[str, Any] = {"closed": False}
    assert _diagnose(_chain(NAME, 5), **open_hour) == [(Attack.CHAIN_BROKEN, -1)]
    stray = _chain(NAME, 5, "lied", 4, "00" * 32)
    assert _diagnose([*GOOD, *stray], **open_hour) == [(Attack.ENTRY_EDITED, 4)]
    edited = _chain(NAME, 5)[4]._replace(digest=bytes(32))
    assert _diagnose([*GOOD, edited], **open_hour) == [(Attack.ENTRY_EDITED, 4)]
    assert _diagnose([*GOOD, *stray], broken=True) == [(Attack.CHAIN_BROKEN, 4)]


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ({"evt": "b", "key": "k"}, 'evt was "a", is "b"'),
        ({"evt": "a"}, 'key was "k", is null'),
        ({"evt": "x" * 200, "key": "k"}, "…"),
        ({"key": "k", "evt": "a"}, "the same members are written in other bytes"),
    ],
)
def test_a_difference_is_told_by_its_members(stored: dict[str, str], told: str) -> None:
    assert told in members_changed(json.dumps({"evt": "a", "key": "k"}).encode(), json.dumps(stored).encode())


@pytest.mark.parametrize("stored", [b"", b"\xff", b"[]", b"[" * 100_000])
def test_bytes_that_are_no_entry_are_told_to_be_none(stored: bytes) -> None:
    assert members_changed(b'{"a":1}', stored) == "the stored bytes are not JSON that can be read"


def test_the_chain_of_the_tests_is_a_chain() -> None:
    assert all(later.data.count(earlier.hash.hex().encode()) == 1 for earlier, later in pairwise(GOOD))
