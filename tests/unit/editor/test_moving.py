"""Findings move with the lines they stand on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.editor.moving import Change, find_change, move_results
from tapeproof.gate.engine.report import Result
from tests.effort import cases


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("abc", "abc", None),
        ("abc", "xabc", Change(1, 0, 1)),
        ("abc", "abcx", Change(4, 3, 4)),
        ("abc", "axc", Change(2, 2, 2)),
        ("abc", "ac", Change(2, 2, 1)),
        ("aa", "aaa", Change(3, 2, 3)),
        ("", "a", Change(1, 0, 1)),
    ],
)
def test_a_change_is_the_run_of_lines_that_differ(before: str, after: str, change: Change | None) -> None:
    assert find_change(list(before), list(after)) == change


def _on(line: int, file: str = "main.tf") -> Result:
    return Result(
        root=".", policy="TP_LOG_1", severity="high", verdict="fail", file=file, line=line, end_line=line, message="m"
    )


def test_a_finding_after_the_change_moves_one_before_it_stays_and_one_on_it_goes() -> None:
    change = find_change(["a", "b", "c"], ["a", "x", "y", "c"])
    assert [one.line for one in move_results([_on(1), _on(2), _on(3)], "main.tf", change)] == [1, 4]


def test_findings_in_other_files_stay() -> None:
    change = find_change(["a"], ["x", "a"])
    assert list(move_results([_on(1, "other.tf")], "main.tf", change)) == [_on(1, "other.tf")]


@settings(max_examples=cases(30), deadline=None)
@given(st.lists(st.sampled_from("ab")), st.lists(st.sampled_from("ab")))
def test_a_finding_that_is_kept_stands_on_the_same_line_of_text(before: list[str], after: list[str]) -> None:
    numbers = range(1, len(before) + 1)
    for number, kept in (
        (number, list(move_results([_on(number)], "main.tf", find_change(before, after)))) for number in numbers
    ):
        if kept:
            assert after[kept[0].line - 1] == before[number - 1]
