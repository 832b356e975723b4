from __future__ import annotations

import json
from typing import Any

import pytest

from tapeproof.log.canonical import canonical
from tapeproof.log.control import (
    BROKEN,
    CLOSE,
    KEYROT,
    PRUNE,
    SEAL,
    Run,
    control_leaf,
    heads_root,
    is_control,
    parse_control,
)
from tapeproof.log.errors import MalformedEntryError
from tapeproof.log.merkle import leaf_hash, root_of

T0 = 1_763_877_600_000_000_000
MEMBERS: dict[str, dict[str, Any]] = {
    SEAL: {"broken": [["l", 3, "hash"]], "first": 0, "more": False, "runs": [["lane", 0, 2]], "state": "ab"},
    BROKEN: {"hash": "ab", "lane": "l", "seq": 3, "why": "hash"},
    CLOSE: {"entries": 2, "epoch": "2025112306", "heads": "ab", "lanes": 1},
    PRUNE: {"by": "operator", "entries": 2, "epoch": "2025112306", "export": "ab"},
    KEYROT: {"new": "n", "old": "o"},
}


@pytest.mark.parametrize("act", MEMBERS)
def test_a_leaf_gives_back_what_it_was_made_of_and_knows_its_place(act: str) -> None:
    data = control_leaf("example.com/log", 7, act, T0, **MEMBERS[act])
    assert is_control(data)
    members = parse_control(data)
    assert (members["_log"], members["_n"], members["act"], members["ts"]) == ("example.com/log", 7, act, str(T0))
    if act == SEAL:
        assert members["runs"] == [Run("lane", 0, 2)]


def test_an_entry_of_a_lane_is_no_control_leaf() -> None:
    assert not is_control(b'{"_lane":"2025112306.f.00"')
    assert not is_control(b"")


@pytest.mark.parametrize("act", MEMBERS)
def test_a_member_that_is_missing_added_or_of_another_type_is_refused(act: str) -> None:
    fields = json.loads(control_leaf("o", 7, act, T0, **MEMBERS[act]))
    for name in fields:
        for changed in ({key: one for key, one in fields.items() if key != name}, {**fields, name: None}):
            with pytest.raises(MalformedEntryError):
                parse_control(canonical(changed))
    with pytest.raises(MalformedEntryError):
        parse_control(canonical({**fields, "more_of_it": 1}))


@pytest.mark.parametrize(
    "changes",
    [
        {"runs": [["lane", -1, 2]]},
        {"runs": [["lane", 0, 0]]},
        {"runs": [["lane", 0]]},
        {"runs": [[5, 0, 2]]},
        {"runs": ["lane"]},
        {"runs": [["lane", False, 2]]},
        {"runs": [["lane", 0, True]]},
        {"broken": [["l", True, "hash"]]},
        {"broken": [["l", "3", "hash"]]},
        {"broken": [[]]},
        {"first": -1},
        {"ts": "1"},
        {"ts": "\u0661" * 19},
        {"v": 3},
        {"act": "NOTE"},
    ],
)
def test_a_seal_that_no_sealer_writes_is_refused(changes: dict[str, Any]) -> None:
    fields = json.loads(control_leaf("o", 7, SEAL, T0, **MEMBERS[SEAL]))
    with pytest.raises(MalformedEntryError):
        parse_control(canonical({**fields, **changes}))


def test_a_seal_of_the_version_before_is_read_and_a_broken_leaf_of_it_never_was() -> None:
    fields = json.loads(control_leaf("o", 7, SEAL, T0, **MEMBERS[SEAL])) | {"v": 1}
    older = {name: value for name, value in fields.items() if name not in {"more", "state"}}
    assert parse_control(canonical(older))["v"] == 1
    with pytest.raises(MalformedEntryError):
        parse_control(canonical(fields))
    with pytest.raises(MalformedEntryError):
        parse_control(canonical(json.loads(control_leaf("o", 7, BROKEN, T0, **MEMBERS[BROKEN])) | {"v": 1}))


PLACED = MEMBERS[SEAL] | {"more": True, "place": ["2025112306.f.00", ""]}


def test_a_seal_that_left_something_says_how_far_it_came_in_a_version_of_its_own() -> None:
    members = parse_control(control_leaf("o", 7, SEAL, T0, **PLACED))
    assert (members["v"], members["place"]) == (3, ["2025112306.f.00", ""])


@pytest.mark.parametrize(
    "changes",
    [
        {"more": False},
        {"place": []},
        {"place": ["a"]},
        {"place": ["a", "b", "c"]},
        {"place": ["a", 5]},
        {"place": "ab"},
        {"v": 1},
        {"v": 2},
        {"v": 4},
        {"v": True},
        {"act": "CLOSE"},
    ],
)
def test_a_place_that_no_sealer_writes_is_refused(changes: dict[str, Any]) -> None:
    fields = json.loads(control_leaf("o", 7, SEAL, T0, **PLACED))
    with pytest.raises(MalformedEntryError):
        parse_control(canonical({**fields, **changes}))


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"_log":"o"}', b'{"a":1.5}'])
def test_bytes_that_are_no_canonical_object_of_the_form_are_refused(data: bytes) -> None:
    with pytest.raises(MalformedEntryError):
        parse_control(data)


def test_the_same_leaf_with_a_blank_in_it_is_another_leaf_and_refused() -> None:
    data = control_leaf("o", 7, KEYROT, T0, **MEMBERS[KEYROT])
    with pytest.raises(MalformedEntryError, match="not canonical"):
        parse_control(data.replace(b",", b", ", 1))


def test_the_heads_of_an_hour_have_one_root_in_whatever_order_they_are_read() -> None:
    heads = [("b", 2, b"\x02" * 32), ("a", 1, b"\x01" * 32)]
    lines = [f"a 1 {'01' * 32}".encode(), f"b 2 {'02' * 32}".encode()]
    assert heads_root(heads) == heads_root(reversed(heads)) == root_of(map(leaf_hash, lines)).hex()
