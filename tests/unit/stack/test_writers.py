"""Each role writes the partitions of the audit table that are its own, and no other."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pytest

from tapeproof.log.table import SHARDS

if TYPE_CHECKING:
    from pathlib import Path

HOUR = "2026112921"
SUFFIX = "dev"
LANE = "0123456789abcdef" * 2


def _leading_keys(file: Path) -> list[str]:
    found = re.search(r'"dynamodb:LeadingKeys" = \[(.*?)\]', file.read_text(encoding="utf-8"))
    assert found
    return re.findall(r'"([^"]+)"', found[1])


@pytest.fixture(scope="module")
def writers(stack_folder: Path) -> dict[str, list[str]]:
    """The partitions that each role may write, as its policy has them."""
    modules = stack_folder / "modules"
    forms = _leading_keys(modules / "processor" / "iam.tf")
    routes = ("trade", "trade-x", "quarantine")
    processors = {name: [form.replace("${local.purpose}", f"{name}-{SUFFIX}") for form in forms] for name in routes}
    return {**processors, "sealer": _leading_keys(modules / "audit_log" / "iam.tf")}


@pytest.mark.parametrize(
    ("partition", "allowed"),
    [
        ("C", {"sealer"}),
        (f"L#{HOUR}.lambda-trade-{SUFFIX}.{LANE}", {"trade"}),
        (f"L#{HOUR}.lambda-trade-x-{SUFFIX}.{LANE}", {"trade-x"}),
        (f"L#{HOUR}.lambda-sealer-{SUFFIX}.{LANE}", set()),
        *[(f"E#{HOUR}#{shard}", {"trade", "trade-x", "quarantine"}) for shard in range(SHARDS)],
        ("E#C", set()),
        ("HEAD", set()),
        ("", set()),
    ],
)
def test_a_partition_is_written_by_its_own_roles_only(
    partition: str, allowed: set[str], writers: dict[str, list[str]]
) -> None:
    able = {role for role, forms in writers.items() if any(fnmatchcase(partition, form) for form in forms)}
    assert able == allowed
