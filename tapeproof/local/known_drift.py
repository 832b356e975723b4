"""What a plan still wants to change right after an apply to the embedded AWS, and which of its gaps causes it.

The list is held to from both sides: a change that is not on it is an error, and so is an entry that no plan needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tapeproof.local.terraform_changes import Change

__all__ = ["KNOWN_DRIFT", "KnownDrift", "list_unexplained", "list_unneeded"]


@dataclass(frozen=True, slots=True)
class KnownDrift:
    """A gap of ministack 1.5.33 and the attributes that drift because of it."""

    kind: str
    attributes: frozenset[str]
    gap: str


_DESCRIBE_ALARMS = (
    "DescribeAlarms leaves these out of its answer in the XML query protocol, which the provider speaks; "
    "in the JSON protocol they are there"
)

KNOWN_DRIFT: tuple[KnownDrift, ...] = (
    KnownDrift(
        "aws_cloudwatch_metric_alarm",
        frozenset(
            {
                "actions_enabled",
                "alarm_actions",
                "alarm_description",
                "dimensions",
                "extended_statistic",
                "ok_actions",
                "period",
                "statistic",
                "treat_missing_data",
            }
        ),
        _DESCRIBE_ALARMS,
    ),
    KnownDrift(
        "aws_cloudwatch_composite_alarm",
        frozenset({"actions_enabled", "alarm_actions", "alarm_description", "ok_actions"}),
        _DESCRIBE_ALARMS,
    ),
)

REPLACED = frozenset({"arn", "id", "insufficient_data_actions", "tags"})
"""What a replacement shows beside its cause: computed attributes that would be new."""


def list_unexplained(changes: Iterable[Change]) -> list[str]:
    """Return each change that no known gap explains, in words."""
    known = {drift.kind: drift.attributes for drift in KNOWN_DRIFT}
    found = []
    for change in changes:
        explained = known.get(change.kind, frozenset())
        if "create" in change.actions and "delete" in change.actions:
            explained |= REPLACED
        beyond = sorted(set(change.attributes) - explained)
        if beyond or not explained:
            found.append(f"{change.address}: {'/'.join(change.actions)} {', '.join(beyond)}".rstrip())
    return found


def list_unneeded(changes: Sequence[Change]) -> list[str]:
    """Return each known drift, and attribute of one, that did not happen."""
    happened = {(change.kind, attribute) for change in changes for attribute in change.attributes}
    return sorted(
        f"{drift.kind}.{attribute}"
        for drift in KNOWN_DRIFT
        for attribute in drift.attributes
        if (drift.kind, attribute) not in happened
    )
