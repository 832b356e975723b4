"""No bytes but the canonical form of an entry are sealed, and none pass that were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.log import gather as gathering
from tapeproof.log.control import BROKEN, parse_control
from tapeproof.verifier.findings import Attack, Verdict
from tests.unit.log.world import populated, verified
from tests.unit.verifier.forging import first_lane, forge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORMS: dict[str, Callable[[bytes], bytes]] = {
    "a second sequence behind the first": lambda data: data.replace(b',"act"', b',"_seq":77,"act"', 1),
    "a member twice": lambda data: data.replace(b',"key"', b',"key":"other","key"', 1),
    "white space": lambda data: data.replace(b',"act"', b', "act"', 1),
    "an escape that is not needed": lambda data: data.replace(b'"act":"R', b'"act":"\\u0052', 1),
    "another version": lambda data: data.replace(b'"v":1', b'"v":9'),
    "an object for a hash": lambda data: data[: data.index(b'"pay"')] + b'"pay":{},' + data[data.index(b'"req"') :],
    "an infinite number": lambda data: data.replace(b'"v":1', b'"v":1e400'),
    "a lone surrogate": lambda data: data.replace(b'"req":"', b'"req":"\\ud800', 1),
    "a deep tree": lambda data: data.replace(b'"v":1', b'"v":' + b"[" * 30_000 + b"]" * 30_000),
}


@pytest.mark.parametrize("change", FORMS.values(), ids=FORMS)
def test_the_sealer_closes_a_lane_before_what_is_no_entry_and_goes_on(
    change: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    world = populated(1)
    lane = first_lane(world)
    seq = forge(world, lane, change)
    world.write(world.writer(), world.decision())
    done = world.seal()
    assert (done.entries, done.broken) == (1, 1)
    (leaf,) = [
        leaf for _, data in world.table().controls(0, done.size) if (leaf := parse_control(data))["act"] == BROKEN
    ]
    assert (leaf["lane"], leaf["seq"], leaf["why"]) == (lane, seq, "form")
    report = verified(world, tmp_path / "export")
    assert report.verdict is Verdict.TAMPERED
    assert (lane, seq) in {(one.lane, one.seq) for one in report.findings}


@pytest.mark.parametrize("change", FORMS.values(), ids=FORMS)
def test_an_entry_of_another_form_that_was_sealed_once_is_named(
    change: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = populated(1)
    lane = first_lane(world)
    seq = forge(world, lane, change)
    monkeypatch.setattr(gathering, "read_decisions", lambda *_: [])
    assert world.seal().entries == 1
    report = verified(world, tmp_path / "export")
    assert [(one.attack, one.lane, one.seq) for one in report.findings if one.attack is Attack.ENTRY_MALFORMED] == [
        (Attack.ENTRY_MALFORMED, lane, seq)
    ]


def test_a_lane_that_was_broken_is_named_even_when_the_stranger_s_item_is_gone(tmp_path: Path) -> None:
    world = populated(1)
    lane = first_lane(world)
    seq = forge(world, lane, FORMS["white space"])
    world.seal()
    del world.model.items["audit", f"L#{lane}", f"{seq:010d}"]
    report = verified(world, tmp_path / "export")
    assert [(one.attack, one.lane, one.seq) for one in report.findings] == [(Attack.CHAIN_BROKEN, lane, seq)]


def test_an_inserted_record_whose_key_names_a_committed_hash_is_named_beside_an_edited_entry(tmp_path: Path) -> None:
    world = populated(1)
    lane = first_lane(world)
    items = world.model.items
    edited, cited = items["audit", f"L#{lane}", "0000000000"], items["audit", f"L#{lane}", "0000000001"]
    items["audit", f"L#{lane}", "0000000000"] = {
        **edited,
        "b": {"B": edited["b"]["B"].replace(b"coinbase", b"coinbosh")},
    }
    key = f"x [{cited['h']['B'].hex()}]"
    stray = {"pk": {"S": "m"}, "sk": {"S": key}, "a_lane": {"S": lane}, "a_seq": {"N": "1"}, "a_item": {"N": "9"}}
    items["market", "m", key] = stray
    found = {(one.attack, one.lane, one.seq) for one in verified(world, tmp_path / "export").findings}
    assert (Attack.RECORD_INSERTED, lane, 1) in found
    assert (Attack.ENTRY_EDITED, lane, 0) in found
