"""Each entry has its record and its line, each of them its entry, and nothing that differs passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.verifier.findings import Attack
from tests.unit.log.world import HOUR, World, populated, verified

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.verifier.findings import Report


def _record(world: World) -> tuple[tuple[str, str, str], dict[str, Any]]:
    return next(
        (key, item)
        for key, item in sorted(world.model.items.items())
        if key[0] == "market" and not key[1].startswith("LATEST#") and "salt" in item
    )


def _delete_record(world: World) -> None:
    del world.model.items[_record(world)[0]]


def _edit_body(world: World) -> None:
    _record(world)[1]["body"] = {"S": "{}"}


def _edit_attribute(world: World) -> None:
    _record(world)[1]["st_pk"] = {"S": "another"}


def _edit_reference(world: World) -> None:
    _record(world)[1]["a_hash"] = {"B": bytes(32)}


def _strip_salt(world: World) -> None:
    del _record(world)[1]["salt"]


def _insert_record(world: World) -> None:
    key, item = _record(world)
    number = {"a_item": {"N": "77"}}
    world.model.items[key[0], key[1], "more"] = {**item, "sk": {"S": "more"}, **number}


def _insert_orphan(world: World) -> None:
    key, item = _record(world)
    lane = {"a_lane": {"S": item["a_lane"]["S"][:-32] + "f" * 32}}
    world.model.items[key[0], key[1], "more"] = {**item, "sk": {"S": "more"}, **lane}


def _delete_line(world: World) -> None:
    del world.lines[0]


def _add_line(world: World) -> None:
    line = world.lines[0]
    world.lines.insert(1, line.__class__(line.text.replace('"pay":"', '"pay":"x', 1), line.ingested))


def _late_line(world: World) -> None:
    line = world.lines[0]
    world.lines[0] = line.__class__(line.text, line.ingested + 2 * HOUR // 10**6)


def _early_line(world: World) -> None:
    line = world.lines[0]
    world.lines[0] = line.__class__(line.text, line.ingested - HOUR // 10**6)


def _attacks(report: Report) -> set[Attack]:
    return {one.attack for one in report.findings}


@pytest.mark.parametrize(
    ("change", "attack"),
    [
        (_delete_record, Attack.RECORD_DELETED),
        (_edit_body, Attack.RECORD_EDITED),
        (_edit_attribute, Attack.RECORD_EDITED),
        (_edit_reference, Attack.RECORD_EDITED),
        (_strip_salt, Attack.RECORD_EDITED),
        (_insert_record, Attack.RECORD_INSERTED),
        (_insert_orphan, Attack.RECORD_INSERTED),
        (_delete_line, Attack.LINE_MISSING),
        (_late_line, Attack.CLOCK_WRONG),
        (_early_line, Attack.FUTURE_TIME),
    ],
)
def test_each_thing_that_does_not_match_has_its_name(
    change: Callable[[World], None], attack: Attack, tmp_path: Path
) -> None:
    world = populated(1)
    change(world)
    assert _attacks(verified(world, tmp_path / "log")) == {attack}


def test_everything_that_matches_is_counted(tmp_path: Path) -> None:
    world = populated(1)
    report = verified(world, tmp_path / "log")
    assert report.findings == []
    assert report.counts["records"] == report.counts["decisions"]
    assert report.counts["witness lines"] == len(world.lines)


def test_a_line_that_comes_twice_is_the_same_line(tmp_path: Path) -> None:
    world = populated(1)
    world.lines.insert(0, world.lines[0])
    assert verified(world, tmp_path / "log").findings == []


def test_a_line_whose_hash_is_not_its_own_belongs_to_nobody_and_is_named(tmp_path: Path) -> None:
    world = populated(1)
    _add_line(world)
    report = verified(world, tmp_path / "log")
    assert len(report.findings) == 1
    assert report.findings[0].attack is Attack.LINE_FORGED
