"""Of very many findings some are left out, and never all of a lane."""

from __future__ import annotations

import json

import pytest

from tapeproof.verifier.findings import Attack, Finding, Report

FLOOD = 5_000


def flooded(*others: Finding) -> Report:
    """Return a report of a lane of which every entry is wrong, and of what came after it."""
    report = Report()
    for seq in range(FLOOD):
        report.add(Finding(Attack.LANES_SWAPPED, "belongs elsewhere", "one", seq))
    for one in others:
        report.add(one)
    return report


@pytest.mark.parametrize("attack", [Attack.LANES_SWAPPED, Attack.ENTRY_EDITED])
def test_a_flood_in_one_lane_hides_no_other_lane(attack: Attack) -> None:
    other = Finding(attack, "belongs elsewhere", "two", 0)
    report = flooded(other)
    assert other in report.findings
    assert other in report.select_findings(50)


def test_what_is_left_out_is_counted() -> None:
    report = flooded(Finding(Attack.LANES_SWAPPED, "belongs elsewhere", "two", 0))
    assert len(report.findings) + report.suppressed == FLOOD + 1
    assert len(report.findings) == 201


def test_a_flood_over_very_many_lanes_is_bounded_too() -> None:
    report = Report()
    for number in range(FLOOD):
        report.add(Finding(Attack.LANE_INSERTED, "is on no list", f"lane-{number}"))
    assert len(report.findings) == 2_000
    assert report.suppressed == FLOOD - 2_000


def test_what_is_shown_keeps_its_order_and_its_number() -> None:
    report = flooded(*(Finding(Attack.ENTRY_EDITED, "changed", "two", seq) for seq in range(3)))
    shown = report.select_findings(50)
    assert len(shown) == 50
    assert shown == sorted(shown, key=report.findings.index)


def test_a_report_for_a_machine_holds_what_was_kept_and_nothing_of_how() -> None:
    plain = flooded().as_json()
    assert len(plain["findings"]) == 200
    assert not [name for name in json.loads(json.dumps(plain)) if name.startswith("_")]
