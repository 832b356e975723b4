from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.reports.html.opening import attention, conclusion, stage_label, verdict_sentence
from tapeproof.evidence.verifier.status import EFFECTS, POLICY_STATUSES
from tests.unit.evidence.reports.html.reading import parsed, texts
from tests.unit.evidence.samples import acceptance

if TYPE_CHECKING:
    from tapeproof.evidence.reports.view import View


def _counts(**numbers: int) -> dict[str, int]:
    return {**dict.fromkeys(POLICY_STATUSES, 0), **{name.replace("_", "-"): one for name, one in numbers.items()}}


def _sentence(view: View, source: dict[str, int], **facts: Any) -> str:  # noqa: ANN401 - facts of a stage
    counts = view.assessment["counts"]
    counts["stages"]["policy"]["source"] = source
    view.assessment["stages"]["source"].update(facts)
    return verdict_sentence(view).split(". ")[0]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (_counts(**{"pass": 5}), "all 5 policies pass"),
        (_counts(**{"pass": 4}, not_applicable=1), "all 4 that apply, of 5, pass"),
        (_counts(**{"pass": 3}, fail=1, unknown=1), "of 5 policies, 3 pass, 1 fails and 1 could not be judged"),
        (
            _counts(**{"pass": 1}, waived=2, not_applicable=2),
            "of the 3 of 5 policies that apply, 1 passes and 2 are waived",
        ),
        (_counts(not_evaluated=5), "of 5 policies, 5 were not evaluated"),
        (_counts(not_applicable=5), "of the 0 of 5 policies that apply, none applies"),
    ],
)
def test_a_stage_is_told_in_words_that_claim_nothing_which_was_not_shown(
    view: View, counts: dict[str, int], told: str
) -> None:
    assert _sentence(view, counts) == f"In the <strong>source</strong>, {told}"


def test_a_stage_that_nobody_looked_at_is_told_before_any_number(view: View) -> None:
    assert "was not examined" in _sentence(view, _counts(**{"pass": 5}), collected=False)


def test_an_emulator_is_never_called_an_account(view: View) -> None:
    view.assessment["stages"]["live"].update(simulated=True)
    told = verdict_sentence(view)
    assert "On an <strong>emulator</strong>" in told
    assert "In the <strong>account</strong>" not in told
    assert stage_label(view, "live") == "Live (SIMULATED)"


def _policy(name: str, status: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a policy
    policy = {"id": name, "kind": "policy", "title": f"<{name}>", "severity": "high", "stages": {}, "accepted": []}
    return {**policy, "effects": dict.fromkeys(EFFECTS, status), **changes}


def _quiet(view: View) -> None:
    """Leave nothing that needs attention."""
    for name in ("policies", "exceptions", "controls", "not_passed"):
        view.assessment[name][:] = []
    for facts in view.assessment["stages"].values():
        facts["failed"] = []


def test_the_gravest_stand_first_and_everything_links_to_its_sheet(view: View) -> None:
    _quiet(view)
    view.assessment["policies"][:] = [
        _policy("LOW", "fail", severity="low"),
        _policy("UNKNOWN", "unknown", severity="critical"),
        _policy("HIGH", "fail", accepted=["RA-1"]),
        _policy("FINE", "pass"),
        _policy("DEMAND", "fail", severity="critical", kind="requirement"),
    ]
    view.assessment["not_passed"][:] = [["source", f"aws_x.<{at}>", "HIGH", "fail"] for at in range(8)]
    root = parsed(attention(view))
    assert [link.attrib["href"] for link in root.iter("a")] == [
        "#sheet-HIGH", "#sheet-LOW", "#sheet-DEMAND", "#sheet-UNKNOWN",
    ]  # fmt: skip
    first = texts(root, "li")[0]
    assert "aws_x.<0>" in first
    assert "and 2 more" in first
    assert "Accepted for now: RA-1." in first


def test_exceptions_conflicts_and_missing_evidence_are_listed_too(view: View) -> None:
    _quiet(view)
    view.assessment["exceptions"][:] = [
        {**acceptance(), "state": "expired", "used": None},
        {**acceptance(resource="RA-2"), "state": "in force", "used": False},
        {**acceptance(resource="RA-3"), "state": "in force", "used": True},
    ]
    view.assessment["stages"]["live"]["failed"] = ["sqs: <denied>"]
    told = texts(parsed(attention(view)), "li")
    assert len(told) == 3
    assert "is expired" in told[0]
    assert "accepts nothing that is not met" in told[1]
    assert "sqs: <denied>" in told[2]


def test_where_nothing_needs_attention_that_is_said(view: View) -> None:
    _quiet(view)
    assert texts(parsed(attention(view)), "p") == ["Nothing. Every policy that could be judged passes."]


def test_the_conclusion_counts_what_the_assessment_counts(view: View) -> None:
    root = parsed(conclusion(view))
    numbers = {one.attrib["data-count"]: int(one.text or "") for one in root.iter("span") if "data-count" in one.attrib}
    for verdict in ("pass", "fail", "unknown", "waived"):
        assert numbers[f"rows.{verdict}"] == view.rows_by_verdict.get(verdict, 0)
    counts = view.assessment["counts"]["stages"]["policy"]["source"]
    assert {name: numbers[f"stages.policy.source.{name}"] for name in counts} == counts
