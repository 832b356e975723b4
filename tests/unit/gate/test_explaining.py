"""What the catalogue says of its policies, for people on a terminal and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.gate.engine.policy import catalog

if TYPE_CHECKING:
    from tapeproof.gate.engine.policy import Policy

POLICIES = catalog()


def _said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(["gate", *arguments]) == status
    said = capsys.readouterr()
    return said.err if status else said.out


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_everything_about_a_policy_is_told(capsys: pytest.CaptureFixture[str], policy: Policy) -> None:
    told = _said(capsys, "explain", policy.id.lower())
    assert told.startswith(f"{policy.id}  {policy.title}\nseverity {policy.severity}; decided at ")
    for part in (*policy.parameters, *(control.id for control in policy.controls), *policy.supersedes):
        assert part in told
    assert "".join(policy.rationale.split()) in "".join(told.split())
    assert all(line in told for line in policy.remediation.snippet.split("\n"))


@pytest.mark.parametrize("name", ["TP_NONE_1", "", "TP_LOG", "\x1b[2J"])
def test_a_policy_that_is_not_there_is_refused_with_those_that_are(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    told = _said(capsys, "explain", name, status=2)
    assert "there is no policy" in told
    assert POLICIES[0].id in told or "did you mean TP_" in told
    assert "\x1b" not in told


def test_the_list_has_a_line_for_each_policy(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _said(capsys, "list").splitlines()
    assert [line.split()[0] for line in lines] == [policy.id for policy in POLICIES]
    assert {line.index(policy.title) for line, policy in zip(lines, POLICIES, strict=True)} == {
        max(len(policy.id) for policy in POLICIES) + 12
    }


def test_programs_read_the_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(_said(capsys, "list", "--format", "json"))
    assert [one["id"] for one in listed] == [policy.id for policy in POLICIES]
    assert all(one.keys() == {"id", "title", "severity", "decidable_at", "controls"} for one in listed)
