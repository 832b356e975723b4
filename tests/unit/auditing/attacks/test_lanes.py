"""What each attack does to the lanes; that the verifier finds it is shown beside, for all of them."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.attacks import lanes
from tapeproof.auditing.editor import Editor, Item, clone
from tapeproof.log.entry import entry_hash

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def editor(exported: Path, tmp_path: Path) -> Editor:
    clone(exported, tmp_path / "attacked")
    return Editor(tmp_path / "attacked", random.Random(1))


@pytest.mark.parametrize("digit", [b"0", b"7", b"f"])
def test_a_falsified_entry_has_another_payload_hash_and_is_as_long(digit: bytes) -> None:
    data = b'{"_seq":1,"pay":"' + digit + b'bc","x":"pay"}'
    forged = lanes.falsify(data)
    assert forged != data
    assert len(forged) == len(data)
    assert [at for at in range(len(data)) if data[at] != forged[at]] == [data.index(b'"pay":"') + 7]


def _linked(items: list[Item]) -> bool:
    return all(json.loads(later.data)["_prev"] == earlier.digest.hex() for earlier, later in pairwise(items))


def test_a_relinked_lane_is_sound_in_itself(editor: Editor) -> None:
    items = editor.items(editor.take_lane(3))
    items[0] = Item.sound(0, lanes.falsify(items[0].data))
    assert not _linked(lanes.relink_items(items, len(items)))
    whole = lanes.relink_items(items, 0)
    assert _linked(whole)
    assert all(one.digest == entry_hash(one.data) for one in whole)
    assert [json.loads(one.data)["_seq"] for one in whole] == list(range(len(items)))


@pytest.mark.parametrize(
    ("attack", "longer"),
    [
        ("edit_entry", 0),
        ("edit_and_rehash", 0),
        ("rewrite_lane", 0),
        ("reorder", 0),
        ("delete_entry", -1),
        ("insert_entry", 1),
        ("duplicate_entry", 1),
        ("fork_lane", 1),
    ],
)
def test_an_attack_changes_the_lane_that_it_names_and_is_written_down(
    editor: Editor, exported: Path, attack: str, longer: int
) -> None:
    done = getattr(lanes, attack)(editor)
    before = Editor(exported, random.Random(1)).items(done.lane)
    after = Editor(editor.root, random.Random(1)).items(done.lane)
    assert after != before
    assert len(after) - len(before) == longer
    assert after[: done.seq] == before[: done.seq]


def test_a_deleted_lane_is_gone_from_the_hours_list_too(editor: Editor) -> None:
    done = lanes.delete_lane(editor)
    again = Editor(editor.root, random.Random(1))
    assert again.items(done.lane) == []
    assert done.lane in again.lanes()  # the signed tree still knows it


def test_a_truncated_lane_keeps_what_stands_before(editor: Editor, exported: Path) -> None:
    done = lanes.delete_tail(editor)
    before = Editor(exported, random.Random(1)).items(done.lane)
    assert Editor(editor.root, random.Random(1)).items(done.lane) == before[: done.seq]


def test_an_inserted_lane_and_one_of_an_hour_to_come_are_new_and_linked(editor: Editor) -> None:
    known = set(editor.lanes())
    for attack in (lanes.insert_lane, lanes.future_times):
        done = attack(editor)
        assert done.lane not in known
        assert _linked(editor.items(done.lane))


def test_swapped_lanes_stand_under_each_others_name(editor: Editor, exported: Path) -> None:
    done = lanes.swap_lanes(editor)
    before = Editor(exported, random.Random(1))
    other = next(lane for lane in editor.touched if lane != done.lane)
    assert [one.data for one in editor.items(done.lane)] == [one.data for one in before.items(other)]


def test_a_linear_fake_ends_in_an_entry_of_the_log(editor: Editor, exported: Path) -> None:
    done = lanes.linear_fake(editor)
    forged, real = editor.items(done.lane), Editor(exported, random.Random(1)).items(done.lane)
    assert forged[0] != real[0]
    assert forged[-1] == real[-1]
