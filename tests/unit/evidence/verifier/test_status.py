from __future__ import annotations

from typing import Any

import pytest

from tapeproof.evidence.verifier.period import Period
from tapeproof.evidence.verifier.rows import Verdicts
from tapeproof.evidence.verifier.status import (
    EFFECTS,
    STAGES,
    Tally,
    control_statuses,
    effects_of,
    policy_statuses,
)

PERIOD = Period({"as_of": "2026-11-23T09:00:00Z", "period": {"from": "2026-11-23"}}, [])
POLICY = {"id": "P", "kind": "policy", "title": "t", "severity": "high", "stages": ["source", "live"]}


def _stages(origin: str = "implemented", **reasons: str) -> dict[str, Any]:
    return {stage: {"origin": origin, "reason": reasons.get(stage)} for stage in STAGES}


def _verdicts(*pairs: tuple[str, str], judges: int = 1) -> Verdicts:
    names = ["gate", "criterion"][:judges]
    return Verdicts([{"policy": policy, "verdict": verdict, "judges": names} for policy, verdict in pairs])


def test_a_tally_counts_each_resource_and_lists_what_does_not_pass() -> None:
    tally = Tally()
    for address in ("a", "b"):
        tally.add("live", address, _verdicts(("P", "pass"), ("Q", "fail")))
    tally.add("live", "c", _verdicts(("P", "pass"), judges=2))
    assert tally.by_policy() == {("P", "live"): {"pass": 3}, ("Q", "live"): {"fail": 2}}
    assert tally.by_judges() == (5, 1)
    assert tally.not_passed == [["live", "a", "Q", "fail"], ["live", "b", "Q", "fail"]]


def _status(*verdicts: str, stage: str = "source", gap: str = "", **options: Any) -> dict[str, Any]:  # noqa: ANN401
    tally = Tally()
    for number, verdict in enumerate(verdicts):
        tally.add(stage, str(number), _verdicts(("P", verdict)))
    if gap:
        tally.not_evaluated["P", stage] = gap
    (policy,) = policy_statuses([POLICY], tally, _stages(**options), PERIOD)
    return dict(policy)


@pytest.mark.parametrize(
    ("verdicts", "gap", "status"),
    [
        (["pass", "fail", "unknown"], "", "fail"),
        (["pass", "unknown", "waived"], "", "unknown"),
        (["pass", "waived"], "", "waived"),
        (["pass"], "", "pass"),
        ([], "", "not-applicable"),
        ([], "no plan", "not-evaluated"),
        (["pass"], "a file could not be read", "not-evaluated"),
        (["waived"], "a file could not be read", "not-evaluated"),
        (["fail"], "a file could not be read", "fail"),
    ],
)
def test_a_stage_has_its_worst_verdict_and_a_gap_turns_a_pass_into_not_evaluated(
    verdicts: list[str], gap: str, status: str
) -> None:
    policy = _status(*verdicts, gap=gap)
    assert policy["stages"]["source"]["status"] == status
    assert policy["stages"]["source"]["population"] == len(verdicts)
    assert policy["effects"]["design"] == status


@pytest.mark.parametrize("origin", ["implemented", "simulated", "recorded"])
def test_live_evidence_shows_what_its_origin_lets_it_show_and_no_more(origin: str) -> None:
    effects = _status("pass", stage="live", origin=origin)["effects"]
    assert effects[origin] == "pass"
    assert effects["implemented"] == ("pass" if origin == "implemented" else "not-evaluated")
    assert effects["operating"] == "not-evaluated"


def test_sources_show_design_wherever_the_live_stages_come_from() -> None:
    shown = effects_of(_stages("simulated"))
    assert {shown.pop("live"), shown.pop("audit")} == {"simulated"}
    assert set(shown.values()) == {"design"}


def _controls(relation: str, status: str | None, effect: str = "design") -> dict[str, Any]:
    mapping = {"framework": "f", "control": "C", "policy": "P" if status else None, "relation": relation}
    effects = dict.fromkeys(EFFECTS, "not-applicable") | {effect: status or "pass"}
    (control,) = control_statuses([mapping], [{"id": "P", "effects": effects}])
    return dict(control)


@pytest.mark.parametrize(
    ("relation", "status", "reached"),
    [
        ("supports", "pass", "satisfied"),
        ("supports", "fail", "not-satisfied"),
        ("supports", "unknown", "not-satisfied"),
        ("supports", "waived", "not-satisfied"),
        ("supports", "not-evaluated", "not-evaluated"),
        ("conflicts", "pass", "not-satisfied"),
        ("conflicts", "fail", "not-evaluated"),
        ("unmapped", None, "not-evaluated"),
    ],
)
def test_a_control_is_as_good_as_its_policy_and_a_conflict_turns_that_around(
    relation: str, status: str | None, reached: str
) -> None:
    control = _controls(relation, status)
    assert control["effects"]["design"] == reached
    assert control["conflict"] is (relation == "conflicts")


def test_of_several_policies_behind_a_control_the_worst_counts() -> None:
    effects = {name: dict.fromkeys(EFFECTS, name) for name in ("pass", "fail", "not-evaluated")}
    policies = [{"id": name, "effects": one} for name, one in effects.items()]
    mappings = [{"framework": "f", "control": "C", "policy": name, "relation": "supports"} for name in effects]
    assert control_statuses(mappings, policies)[0]["effects"]["design"] == "not-satisfied"
    assert control_statuses(mappings[::2], policies)[0]["effects"]["design"] == "not-evaluated"
    assert control_statuses(mappings, policies)[0]["policies"] == ["fail", "not-evaluated", "pass"]
