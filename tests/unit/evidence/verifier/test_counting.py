from __future__ import annotations

from typing import Any

import pytest

from tapeproof.evidence.verifier.counting import applies, flat_counts, summarise
from tapeproof.evidence.verifier.status import EFFECTS, STAGES


def _policy(name: str, status: str, **stages: str) -> dict[str, Any]:
    by_stage = {stage: {"status": one} for stage, one in stages.items()}
    return {"id": name, "kind": "policy", "effects": dict.fromkeys(EFFECTS, status), "stages": by_stage}


POLICIES = [_policy("A", "pass", source="pass"), _policy("B", "fail", source="fail", live="not-evaluated")]
CONTROLS = [{"framework": "f", "effects": dict.fromkeys(EFFECTS, "satisfied")}]
ROWS = {("A", "source"): {"pass": 2}, ("B", "source"): {"pass": 1, "fail": 3}, ("A", "live"): {"unknown": 1}}
ITEMS = [{"status": "collected"}, {"status": "failed"}, {"status": "failed"}]


def test_every_policy_is_counted_once_at_each_stage_and_under_each_effect() -> None:
    counts = summarise(POLICIES, CONTROLS, ROWS, ITEMS)
    assert {sum(statuses.values()) for statuses in counts["policies"]["policy"].values()} == {2}
    assert {sum(statuses.values()) for statuses in counts["stages"]["policy"].values()} == {2}
    assert set(counts["stages"]["policy"]) == set(STAGES)
    assert counts["policies"]["policy"]["design"]["fail"] == 1
    assert counts["stages"]["policy"]["plan"]["not-applicable"] == 2
    assert counts["controls"]["f"]["implemented"]["satisfied"] == 1


def test_rows_are_added_up_by_stage_over_all_policies() -> None:
    counts = summarise(POLICIES, CONTROLS, ROWS, ITEMS)
    assert counts["rows"] == {"source": {"pass": 3, "fail": 3}, "live": {"unknown": 1}}
    assert counts["items"] == {"collected": 1, "failed": 2}


def test_flat_names_hold_the_same_numbers_and_leave_out_lines_in_which_nothing_applies() -> None:
    flat = flat_counts({"counts": summarise(POLICIES, CONTROLS, ROWS, ITEMS), "policies": POLICIES})
    assert {name: flat[f"rows.{name}"] for name in ("pass", "fail", "unknown")} == {"pass": 3, "fail": 3, "unknown": 1}
    assert flat["rows.not-evaluated"] == 1
    assert flat["stages.policy.source.fail"] == 1
    assert not [name for name in flat if name.startswith("stages.policy.plan")]


def test_an_assessment_of_nothing_has_no_counts_but_zero() -> None:
    flat = flat_counts({"counts": summarise([], [], {}, []), "policies": []})
    assert flat == {"rows.not-evaluated": 0}


@pytest.mark.parametrize(
    ("statuses", "answer"),
    [
        ({}, False),
        ({"not-applicable": 5}, False),
        ({"pass": 0}, False),
        ({"not-evaluated": 1, "not-applicable": 5}, True),
    ],
)
def test_something_applies_when_it_was_to_be_judged_whether_or_not_it_was(
    statuses: dict[str, int], *, answer: bool
) -> None:
    assert applies(statuses) is answer
