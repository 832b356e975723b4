"""A fourth list of attacks, each with the verdict that was expected of it before it was tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log.control import control_leaf
from tapeproof.log.merkle import leaf_hash
from tapeproof.verifier.findings import Attack, Verdict
from tests.unit.log.world import MINUTE, ORIGIN, World, populated
from tests.unit.verifier.forging import head_of, put_head
from tests.unit.verifier.test_second_attacks import audited, items, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

A = Attack
Item = dict[str, Any]


def put_leaf(world: World, at: int, act: str, **members: object) -> None:
    data = control_leaf(ORIGIN, at, act, world.now, **members)
    put(world, "C", f"LEAF#{at:016d}", b={"B": data}, h={"B": leaf_hash(data)})


def first_entry(world: World) -> int:
    """Return the first leaf that is an entry."""
    controls = {int(sk[5:]) for _, _, sk in items(world, "C", "LEAF#")}
    return next(at for at in range(10**6) if at not in controls)


SEAL = {"first": 0, "runs": [], "broken": [], "more": False, "state": "0" * 64}
PRUNE = {"epoch": "2025112306", "entries": 1, "export": "0" * 64, "by": "x"}
# ruff: noqa: E501 - an attack is a line of a table
LIVE: dict[str, tuple[Callable[[World], object], set[Attack]]] = {
    "a rotation where the log has an entry": (
        lambda w: put_leaf(w, first_entry(w), "KEYROT", old=w.vkey(), new=World().vkey()), {A.CONTROL_DAMAGED}),
    "a SEAL leaf where the log has an entry": (lambda w: put_leaf(w, first_entry(w), "SEAL", **SEAL), {A.CONTROL_DAMAGED}),
    "a pruning far beyond the log's end": (lambda w: put_leaf(w, 10**12, "PRUNE", **PRUNE), {A.CONTROL_DAMAGED}),
    "a SEAL leaf just beyond the log's end": (lambda w: put_leaf(w, head_of(w).size, "SEAL", **SEAL), {A.CONTROL_DAMAGED}),
    "a head of another version, with a commitment at rest": (lambda w: put_head(w, commit=b"x"), {A.HEAD_FORGED}),
}  # fmt: skip


@pytest.mark.parametrize("name", LIVE)
def test_what_was_done_to_live_stores_is_named(name: str, tmp_path: Path) -> None:
    attack, names = LIVE[name]
    world = populated(1)
    attack(world)
    world.now += MINUTE
    report = audited(world, tmp_path / "export")
    assert report.verdict is Verdict.TAMPERED, [*report.notes, *map(str, report.findings)]
    assert {one.attack for one in report.findings} & names, [str(one) for one in report.findings]
