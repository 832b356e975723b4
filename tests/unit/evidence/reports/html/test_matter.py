from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.reports.html.matter import (
    LISTED,
    RETENTION_MARKS,
    changes,
    controls,
    exceptions,
    retention,
    scope,
)
from tests.unit.evidence.reports.html.reading import parsed, texts
from tests.unit.evidence.samples import acceptance

if TYPE_CHECKING:
    from tapeproof.evidence.reports.view import View


def test_stages_that_hold_the_same_resources_are_said_to_agree(view: View) -> None:
    told = texts(parsed(scope(view)), "p")
    assert any("plan and live hold the same resources" in text for text in told)


def test_a_difference_names_the_side_and_a_long_one_what_was_left_out(view: View) -> None:
    pair = view.assessment["populations"]["differences"][0]
    pair["only_left"] = [f"aws_x.<{number}>" for number in range(LISTED + 2)]
    pair["only_right"] = ["aws_y.z"]
    told = " ".join(parsed(scope(view)).itertext())
    assert f"Differences between {pair['left']} and {pair['right']} ({LISTED + 3})" in told
    assert f"only in {pair['left']}" in told
    assert "aws_x.<0>" in told
    assert "2 more stand in" in told


def test_a_single_stage_compares_with_nothing_and_says_so(view: View) -> None:
    view.assessment["populations"].update(stages={"source": 1}, differences=[], types=[{"type": "t", "source": 1}])
    assert any("fewer than two stages" in text for text in texts(parsed(scope(view)), "p"))


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"collected": True, "failed": [], "reason": None}, "collected"),
        ({"collected": True, "failed": ["sqs: denied"], "reason": None}, "partly collectedsqs: denied"),
        ({"collected": False, "failed": [], "reason": "no plan"}, "not collectedno plan"),
        ({"collected": True, "failed": [], "reason": None, "simulated": True}, "collected SIMULATED"),
    ],
)
def test_each_stage_says_whether_it_was_collected_and_what_is_missing(
    view: View, facts: dict[str, Any], state: str
) -> None:
    view.assessment["stages"]["live"].update(facts)
    rows = list(parsed(scope(view)).iter("tr"))
    (live,) = (row for row in rows if "Live: read-only calls" in "".join(row.itertext()))
    assert texts(live, "td")[1] == state


def test_every_mapped_control_stands_in_the_table_of_its_framework_in_the_order_of_its_numbers(view: View) -> None:
    root = parsed(controls(view))
    shown = [table for table in root.iter("table") if table.attrib["class"] == "matrix"]
    assert len(shown) == len({one["framework"] for one in view.assessment["controls"]})
    heads = [text.split(" ")[0] for table in shown for text in texts(table, "th") if text.startswith("DynamoDB.")]
    assert heads == sorted(heads, key=lambda one: int(one.split(".")[1]))


def test_a_control_shows_who_accepted_that_it_is_not_met(view: View) -> None:
    view.assessment["controls"][0]["accepted"].append("RA-<1>")
    assert "accepted: RA-<1>" in texts(parsed(controls(view)), "span")


@pytest.mark.parametrize(
    ("days", "met"),
    [
        (0, [True] * 4),
        (29, [False] * 4),
        (30, [True, False, False, False]),
        (365, [True, True, False, False]),
        (2192, [True] * 4),
    ],
)
def test_retention_is_held_against_each_requirement_and_without_end_meets_all(days: int, met: list[bool]) -> None:
    cells = texts(parsed(retention([("aws_cloudwatch_log_group.a", days)])), "td")
    assert [cell == "met" for cell in cells] == met
    assert len(met) == len(RETENTION_MARKS)


def test_groups_that_keep_as_long_are_counted_together_and_no_group_draws_nothing() -> None:
    root = parsed(retention([("a", 30), ("b", 30), ("c", 0), ("d", 1)]))
    assert [head for head in texts(root, "th") if "group" in head][1:] == [
        "1 group at no end",
        "1 group at 1 day",
        "2 groups at 30 days",
    ]
    assert retention([]) == ""


def test_an_exception_stands_with_reason_owner_end_and_state(view: View) -> None:
    broken = {"kind": "waiver", "resource": "w<1>", "state": "malformed: no owner"}
    view.assessment["exceptions"][:] = [{**acceptance(), "state": "in force"}, broken]
    rows = list(parsed(exceptions(view)).iter("tr"))[1:]
    good, bad = ("".join(row.itertext()) for row in rows)
    assert "instead: point-in-time recovery" in good
    assert "approved by Head of risk" in good
    assert all(text in bad for text in ("w<1>", "nothing named", "no reason", "no owner", "never", "malformed"))
    assert [
        status.attrib["class"] for row in rows for status in row.iter("span") if "s " in status.attrib["class"]
    ] == [
        "s pass",
        "s fail",
    ]


def test_where_nothing_is_on_file_that_is_said(view: View) -> None:
    view.assessment["exceptions"][:] = []
    assert "None are on file." in texts(parsed(exceptions(view)), "p")[0]


MOVED = {"policy": "TP_DDB_1", "effect": "design", "was": "absent", "now": "fail"}


def test_changes_name_the_previous_run_and_what_moved_came_and_went(view: View) -> None:
    came = [["source", f"aws_x.y{number}", "TP_DDB_1", "fail"] for number in range(3)]
    view.assessment["previous"] = {"run": "before", "as_of": "2026-10-01T00:00:00Z", "digest": "sha256:ab"}
    view.assessment["changes"] = {"policies": [MOVED], "policies_gone": ["TP_<OLD>"], "appeared": came, "resolved": []}
    told = " ".join(parsed(changes(view)).itertext())
    assert "New since the previous bundle (3)" in told
    assert "No longer asserted: TP_<OLD>." in told
    assert "Gone since the previous bundle" not in told
    assert "before" in told


def test_nothing_that_changed_is_said_and_so_is_a_bundle_without_a_previous_one(view: View) -> None:
    view.assessment["previous"] = {"run": "before", "as_of": "x", "digest": "y"}
    view.assessment["changes"] = {"policies": [], "policies_gone": [], "appeared": [], "resolved": []}
    assert "Nothing changed" in texts(parsed(changes(view)), "p")[0]
    view.assessment["previous"] = None
    assert "No previous bundle was given" in texts(parsed(changes(view)), "p")[0]
