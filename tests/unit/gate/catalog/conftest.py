"""Judging a few lines of Terraform by one policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

POLICIES = {policy.id: policy for policy in catalog()}


@pytest.fixture
def told(tmp_path: Path) -> Callable[[str, str], set[tuple[str, str]]]:
    """Return a function that judges source by a policy: resources with their verdicts, passes left out."""

    def judge(policy: str, source: str) -> set[tuple[str, str]]:
        (tmp_path / "main.tf").write_text(source)
        stack = read(tmp_path)
        findings = POLICIES[policy].judge(stack, POLICIES[policy].settings())
        return {(finding.resource, finding.verdict.value) for finding in findings if finding.verdict.value != "pass"}

    return judge
