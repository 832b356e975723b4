"""From rows to the status of policies and controls, by what the evidence can show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.period import Period
    from tapeproof.evidence.verifier.rows import Verdicts
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = [
    "CONTROL_STATUSES",
    "EFFECTS",
    "POLICY_STATUSES",
    "STAGES",
    "Tally",
    "control_statuses",
    "effects_of",
    "policy_statuses",
]

STAGES = ("source", "plan", "tests", "exceptions", "live", "audit")
EFFECTS = ("design", "simulated", "recorded", "implemented", "operating")
"""What evidence can show: how it is written, how an emulator behaves, what a copy of unknown origin says, how the
account is, how it was over a period."""
POLICY_STATUSES = ("fail", "unknown", "not-evaluated", "waived", "pass", "not-applicable")
"""Statuses of a policy, worst first."""
CONTROL_STATUSES = ("not-satisfied", "not-evaluated", "satisfied", "not-applicable")
"""Statuses of the checks behind a control, worst first."""
ON_CONTROL = {
    "pass": "satisfied",
    "fail": "not-satisfied",
    "unknown": "not-satisfied",
    "waived": "not-satisfied",
    "not-evaluated": "not-evaluated",
    "not-applicable": "not-applicable",
}
WITH_CONFLICT = {**ON_CONTROL, "pass": "not-satisfied", "fail": "not-evaluated"}
"""Where a policy demands the opposite of a control, meeting the policy is what leaves the control unmet."""

ONLY_WHERE_ANY = {"simulated", "recorded"}
"""Effects that are not spoken of where no evidence is of their kind."""
DESIGN_STAGES = ("source", "plan", "tests", "exceptions")


class Tally:
    """Counts of verdicts by policy and stage, and why a stage could not be judged."""

    def __init__(self) -> None:
        self.not_evaluated: dict[tuple[str, str], str] = {}
        self.not_passed: list[list[str]] = []
        self._uses: dict[tuple[str, str], int] = {}

    def add(self, stage: str, address: str, verdicts: Verdicts) -> None:
        """Count the verdicts on a resource."""
        key = (stage, verdicts.signature)
        self._uses[key] = self._uses.get(key, 0) + 1
        for policy, verdict in verdicts.bad:
            self.not_passed.append([stage, address, policy, verdict])

    def by_policy(self) -> dict[tuple[str, str], dict[str, int]]:
        """Return how many resources have each verdict, by policy and stage."""
        counts: dict[tuple[str, str], dict[str, int]] = {}
        for (stage, signature), uses in self._uses.items():
            for policy, verdict, _ in json.loads(signature):
                one = counts.setdefault((policy, stage), {})
                one[verdict] = one.get(verdict, 0) + uses
        return counts

    def by_judges(self) -> tuple[int, int]:
        """Return how many verdicts there are, and how many of them rest on two judges."""
        judges = [(uses, number) for key, uses in self._uses.items() for _, _, number in json.loads(key[1])]
        return sum(uses for uses, _ in judges), sum(uses for uses, number in judges if number > 1)


def effects_of(stages: dict[str, Json]) -> dict[str, str]:
    """Return what each stage's evidence can show; an emulator's or a copy's never shows `implemented`."""
    shown = {stage: "design" for stage in DESIGN_STAGES}  # noqa: C420 - reads as the table it is
    for stage in ("live", "audit"):
        shown[stage] = stages[stage]["origin"]
    return shown


def policy_statuses(policies: list[Json], tally: Tally, stages: dict[str, Json], period: Period) -> list[Json]:
    """Return every policy with its status by stage and by effect.

    Args:
        policies: The policies.
        tally: What was counted.
        stages: The stages, with what was collected.
        period: The runs of the period, for what has operated.
    """
    shown, counts = effects_of(stages), tally.by_policy()
    result = []
    for policy in policies:
        by_stage = {
            stage: _stage_status(counts.get(key, {}), tally.not_evaluated.get(key) or stages[stage]["reason"])
            for stage in STAGES
            if stage in policy["stages"]
            for key in [(policy["id"], stage)]
        }
        effects = {effect: _effect_status(effect, by_stage, shown) for effect in EFFECTS}
        effects["operating"] = period.judge_operation(policy["id"], effects["implemented"])
        facts = {name: policy[name] for name in ("id", "kind", "title", "severity")}
        result.append({**facts, "stages": by_stage, "effects": effects, "accepted": []})
    return result


def _stage_status(found: dict[str, int], reason: str | None) -> dict[str, Json]:
    counts = {verdict: found.get(verdict, 0) for verdict in ("pass", "fail", "unknown", "waived")}
    status = next((verdict for verdict in ("fail", "unknown") if counts[verdict]), "")
    if not status and reason:
        status = "not-evaluated"
    if not status:
        status = next((verdict for verdict in ("waived", "pass") if counts[verdict]), "not-applicable")
    return {"status": status, "counts": counts, "population": sum(counts.values()), "reason": reason}


def _effect_status(effect: str, by_stage: dict[str, Json], shown: dict[str, str]) -> str:
    relevant = [one["status"] for stage, one in by_stage.items() if shown[stage] == effect]
    if relevant:
        return next(status for status in POLICY_STATUSES if status in relevant)
    decidable = effect == "implemented" and any(stage in by_stage for stage in ("live", "audit"))
    return "not-evaluated" if decidable else "not-applicable"


def control_statuses(mappings: list[Json], policies: list[Json]) -> list[Json]:
    """Return every mapped control with the status of the checks behind it, by effect."""
    known = {policy["id"]: policy for policy in policies}
    shown = [one for one in EFFECTS if one not in ONLY_WHERE_ANY or _is_applicable(policies, one)]
    grouped: dict[tuple[str, str], list[Json]] = {}
    for mapping in mappings:
        grouped.setdefault((mapping["framework"], mapping["control"]), []).append(mapping)
    return [
        {
            "framework": framework,
            "control": control,
            "effects": {
                effect: _control_status(entries, known, effect) if effect in shown else "not-applicable"
                for effect in EFFECTS
            },
            "conflict": any(entry["relation"] == "conflicts" for entry in entries),
            "policies": sorted({entry["policy"] for entry in entries if entry["policy"]}),
            "accepted": [],
        }
        for (framework, control), entries in sorted(grouped.items())
    ]


def _is_applicable(policies: list[Json], effect: str) -> bool:
    return any(policy["effects"][effect] != "not-applicable" for policy in policies)


def _control_status(entries: list[Json], known: dict[str, Json], effect: str) -> str:
    statuses = []
    for entry in entries:
        policy = known.get(entry["policy"] or "")
        table = WITH_CONFLICT if entry["relation"] == "conflicts" else ON_CONTROL
        statuses.append(table[policy["effects"][effect]] if policy else "not-evaluated")
    return next(status for status in CONTROL_STATUSES if status in statuses)
