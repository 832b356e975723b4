"""Decisions about access, each as AWS's documentation owes it."""

from __future__ import annotations

from pathlib import Path

from tapeproof.gate.access.cases import decide_file

DECISIONS = Path(__file__).with_name("decisions.json")


def test_every_decision_is_the_owed_one() -> None:
    decided = decide_file(DECISIONS)
    assert len(decided) == 246
    assert not [f"{case.name}: {case.decision.answer.value}" for case in decided if not case.is_right]
