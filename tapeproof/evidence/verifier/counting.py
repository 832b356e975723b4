"""The numbers that every report tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.status import CONTROL_STATUSES, EFFECTS, POLICY_STATUSES, STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["applies", "flat_counts", "summarise"]


def summarise(
    policies: list[Json], controls: list[Json], rows: dict[tuple[str, str], dict[str, int]], items: list[Json]
) -> Json:
    """Return the counts of an assessment.

    Args:
        policies: Policies with statuses.
        controls: Controls with statuses.
        rows: Rows by verdict, by policy and stage.
        items: Evidence items.
    """
    by_stage: dict[str, Json] = {}
    for (_, stage), verdicts in rows.items():
        for verdict, number in verdicts.items():
            counted = by_stage.setdefault(stage, {})
            counted[verdict] = counted.get(verdict, 0) + number
    collected = sum(item["status"] == "collected" for item in items)
    effects = [(one["kind"], effect, one["effects"][effect]) for one in policies for effect in EFFECTS]
    stages = [(one["kind"], stage, _status_at(one, stage)) for one in policies for stage in STAGES]
    reached = [(one["framework"], effect, one["effects"][effect]) for one in controls for effect in EFFECTS]
    return {
        "policies": _table(effects, POLICY_STATUSES),
        "stages": _table(stages, POLICY_STATUSES),
        "controls": _table(reached, CONTROL_STATUSES),
        "rows": by_stage,
        "items": {"collected": collected, "failed": len(items) - collected},
    }


def flat_counts(assessment: dict[str, Json]) -> dict[str, int]:
    """Return the counts of an assessment by dotted name, as reports show them."""
    counts = assessment["counts"]
    flat: dict[str, int] = {}
    for verdicts in counts["rows"].values():
        for verdict, number in verdicts.items():
            flat[f"rows.{verdict}"] = flat.get(f"rows.{verdict}", 0) + number
    stages = [one for policy in assessment["policies"] for one in policy["stages"].values()]
    flat["rows.not-evaluated"] = sum(one["status"] == "not-evaluated" for one in stages)
    for name in ("policies", "stages", "controls"):
        for group, columns in counts[name].items():
            for column, statuses in columns.items():
                if applies(statuses):
                    flat.update({f"{name}.{group}.{column}.{status}": number for status, number in statuses.items()})
    return flat


def applies(statuses: Mapping[str, int]) -> bool:
    """Return whether anything was to be judged; a line in which nothing applies is not shown."""
    return any(number for status, number in statuses.items() if status != "not-applicable")


def _status_at(policy: Json, stage: str) -> str:
    return policy["stages"].get(stage, {}).get("status", "not-applicable")  # type: ignore[no-any-return]


def _table(found: list[tuple[str, str, str]], statuses: tuple[str, ...]) -> dict[str, Json]:
    table: dict[str, Json] = {}
    for group, column, status in found:
        table.setdefault(group, {}).setdefault(column, dict.fromkeys(statuses, 0))[status] += 1
    return table
