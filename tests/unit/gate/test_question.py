"""What is asked of the gate."""

from __future__ import annotations

from pathlib import Path

import pytest

from tapeproof.gate.question import Question


@pytest.mark.parametrize(
    ("question", "source"),
    [
        (Question(), True),
        (Question(roots=(Path("stack"),)), True),
        (Question(plan=Path("plan.json")), False),
        (Question(live=True), False),
        (Question(roots=(Path("stack"),), plan=Path("plan.json")), True),
        (Question(roots=(Path("stack"),), live=True), True),
    ],
)
def test_source_is_judged_unless_only_a_plan_or_an_account_is_named(question: Question, source: bool) -> None:
    assert question.source is source


def test_nothing_said_asks_everything_of_every_root_and_accepts_what_is_accepted() -> None:
    asked = Question()
    assert (asked.roots, asked.policies, asked.cached, asked.accepting) == ((), (), True, True)
    assert (asked.plan, asked.live, asked.region, asked.suffix) == (None, False, None, "")
