"""Populations: how many resources each stage saw, and which ones another stage did not."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["POPULATION_TYPES", "Populations", "type_of"]

POPULATION_TYPES = (
    "aws_cloudwatch_event_bus",
    "aws_cloudwatch_event_rule",
    "aws_cloudwatch_log_group",
    "aws_cloudwatch_metric_alarm",
    "aws_dynamodb_table",
    "aws_iam_role",
    "aws_kms_key",
    "aws_lambda_function",
    "aws_s3_bucket",
    "aws_scheduler_schedule",
    "aws_sns_topic",
    "aws_sqs_queue",
)
"""Types whose whole population the source, a plan and an account can each list by themselves."""

KEYS = re.compile(r'\["(?:[^"\\]|\\.)*"\]|\[\d+\]')
"""Instance keys in an address."""
MANAGED = ("source", "plan", "live")
"""The stages whose populations are compared, each with the next one that was collected."""


def type_of(address: str) -> str:
    """Return the resource type of a Terraform address, or of ``live:TYPE:identity``; empty for anything else."""
    if address.startswith("live:"):
        return address.split(":", 2)[1]
    parts = (KEYS.sub("", address) if "[" in address else address).split(".")
    while parts[0] == "module" and parts[2:]:
        parts = parts[2:]
    kind, *name = parts
    return kind if len(name) == 1 and "_" in kind else ""


class Populations:
    """The addresses that each stage saw, of the types whose whole population every stage can list."""

    def __init__(self, types: list[str]) -> None:
        self._types = set(types)
        self._seen: dict[str, dict[str, str]] = {}
        self._kinds: dict[str, str] = {}

    def stage(self, stage: str) -> None:
        """Say that a stage was collected, even if it saw nothing."""
        if stage in MANAGED:
            self._seen.setdefault(stage, {})

    def add(self, stage: str, address: str) -> None:
        """Count an address."""
        seen = self._seen.get(stage)
        if seen is None:
            return
        kind = self._kinds.get(address)
        if kind is None:
            kind = type_of(address)
            kind = self._kinds[address] = kind if kind in self._types else ""
        if kind:
            seen[address] = kind

    def summary(self) -> dict[str, Json]:
        """Return counts by type and stage, and the differences of each neighbouring pair by address."""
        stages = [stage for stage in MANAGED if stage in self._seen]
        counts = {stage: Counter(self._seen[stage].values()) for stage in stages}
        kinds = sorted({kind for counter in counts.values() for kind in counter})
        return {
            "stages": {stage: len(self._seen[stage]) for stage in stages},
            "types": [{"type": kind, **{stage: counts[stage][kind] for stage in stages}} for kind in kinds],
            "differences": [self._difference(*pair) for pair in _neighbours(stages)],
        }

    def _difference(self, left: str, right: str) -> dict[str, Json]:
        return {
            "left": left,
            "right": right,
            "only_left": sorted(self._seen[left].keys() - self._seen[right].keys()),
            "only_right": sorted(self._seen[right].keys() - self._seen[left].keys()),
        }


def _neighbours(stages: list[str]) -> list[tuple[str, str]]:
    return list(zip(stages, stages[1:]))  # noqa: B905, RUF007 - Python 3.9 has neither strict= nor pairwise
