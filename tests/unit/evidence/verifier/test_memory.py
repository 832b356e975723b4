from __future__ import annotations

from typing import Any

from tapeproof.evidence.verifier.memory import REMEMBERED, memory_of


def _assessment(runs: int) -> dict[str, Any]:
    return {
        "run": {"id": "now", "as_of": "2026-11-23T09:30:00Z", "period": {"cadence_days": 7}},
        "policies": [{"id": "P", "effects": {"design": "pass", "implemented": "fail"}}],
        "not_passed": [["live", "a", "P", "fail"]],
        "history": [{"run": f"{number}"} for number in range(runs)],
    }


def test_the_next_bundle_remembers_statuses_and_adds_this_run_to_the_history() -> None:
    memory = memory_of(_assessment(1), "sha256:aa")
    facts = {"run": "now", "as_of": "2026-11-23T09:30:00Z", "digest": "sha256:aa"}
    assert memory == {
        **facts,
        "policies": {"P": {"design": "pass", "implemented": "fail"}},
        "not_passed": [["live", "a", "P", "fail"]],
        "history": [{"run": "0"}, {**facts, "cadence_days": 7, "implemented": {"P": "fail"}}],
    }


def test_a_history_longer_than_a_year_of_weeks_forgets_its_beginning() -> None:
    history = memory_of(_assessment(REMEMBERED + 5), "sha256:aa")["history"]
    assert len(history) == REMEMBERED
    assert history[-1]["run"] == "now"
