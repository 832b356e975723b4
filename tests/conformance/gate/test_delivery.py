"""Patterns of delivery from AWS's documentation: those that work are let be, the others are named where they stop.

Each file in ``delivery/works`` and ``delivery/breaks`` is a root together with ``delivery/prelude.tf``. A broken one
says in its comment which resources are a fair place for the finding.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.model import Finding, Verdict
from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.frontends.hcl.reader import read
from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

CASES = PROJECT / "tests" / "conformance" / "gate" / "delivery"
POLICIES = [policy for policy in catalog() if policy.id.startswith("TP_DLV_")]
STOPS = re.compile(r"^# Stops at: (.*)$", re.MULTILINE)


def judge(case: Path, root: Path) -> list[Finding]:
    """Return what the policies on delivery say of a case, passes left out."""
    shutil.copy(CASES / "prelude.tf", root / "prelude.tf")
    shutil.copy(case, root / "main.tf")
    stack = read(root)
    findings = [finding for policy in POLICIES for finding in policy.judge(stack, policy.settings())]
    return [finding for finding in findings if finding.verdict is not Verdict.PASS]


def test_there_are_patterns_of_both_kinds() -> None:
    assert len(list((CASES / "works").glob("*.tf"))) >= 99
    assert len(list((CASES / "breaks").glob("*.tf"))) >= 118


@pytest.mark.parametrize("case", sorted((CASES / "works").glob("*.tf")), ids=lambda case: case.stem)
def test_a_pattern_that_works_is_let_be(case: Path, tmp_path: Path) -> None:
    assert [f"{finding.verdict.value}: {finding.message}" for finding in judge(case, tmp_path)] == []


@pytest.mark.parametrize("case", sorted((CASES / "breaks").glob("*.tf")), ids=lambda case: case.stem)
def test_a_pattern_that_is_broken_is_named_where_it_stops(case: Path, tmp_path: Path) -> None:
    stops = STOPS.search(case.read_text(encoding="utf-8"))
    assert stops
    found = judge(case, tmp_path)
    assert {finding.resource for finding in found} & {*stops[1].split(", ")}, [finding.message for finding in found]
    assert Verdict.FAIL in {finding.verdict for finding in found}
