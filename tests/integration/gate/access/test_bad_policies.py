"""Policies that AWS would refuse, that go in circles, that are huge or not known: a verdict or UNKNOWN, and soon."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.callers import find_callers
from tapeproof.gate.access.changes import find_changes
from tapeproof.gate.access.decision import Answer
from tapeproof.gate.access.delivery.graph import hops_of
from tapeproof.gate.access.powers import find_powers
from tapeproof.gate.engine.model import Verdict
from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.frontends.hcl.reader import read
from tests.effort import SOAKING, seconds_here

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.model import Stack

ROOT = """
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = %s
}

variable "policy" {}
"""
ONE = 'jsonencode({ Version = "2012-10-17", Statement = [%s] })'
WELL = '{ Effect = "Allow", Action = "sqs:*", Resource = "*"%s }'
BAD = {
    "an effect that is none": ONE % '{ Effect = "Maybe", Action = "sqs:*", Resource = "*" }',
    "no effect": ONE % '{ Action = "sqs:*", Resource = "*" }',
    "an action that is a number": ONE % '{ Effect = "Allow", Action = 7, Resource = "*" }',
    "an operator that is none": ONE % (WELL % ', Condition = { Bogus = { a = "b" } }'),
    "a number that is none": ONE % (WELL % ', Condition = { NumericLessThan = { a = "b" } }'),
    "statements that are text": 'jsonencode({ Statement = "all" })',
    "a list": '"[]"',
    "not JSON": '"{{{"',
    "null": "jsonencode(null)",
    "nothing": '""',
    "nested without end": '"' + "[" * 3000 + '"',
    "known after apply": "var.policy",
}


def _stack(folder: Path, policy: str, more: str = "") -> Stack:
    (folder / "main.tf").write_text(ROOT % policy + more, encoding="utf-8")
    return read(folder)


def _verdicts(stack: Stack) -> set[Verdict]:
    policies = [one for one in catalog() if one.id in {"TP_IAM_6", "TP_SOD_1"} or one.id.startswith("TP_DLV_")]
    return {finding.verdict for one in policies for finding in one.judge(stack, one.settings())}


@pytest.mark.parametrize("policy", BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_unknown_to_every_question(tmp_path: Path, policy: str) -> None:
    stack = _stack(tmp_path, policy)
    (caller,) = find_callers(stack, "sqs:SendMessage", "aws_sqs_queue.jobs")
    assert (caller.name, caller.decision.answer) == ("aws_iam_role.app", Answer.UNKNOWN)
    assert caller.decision.missing
    assert {power.decision.answer for power in find_powers(stack, "app")} == {Answer.UNKNOWN}
    assert find_changes(stack, stack) == []
    assert Verdict.UNKNOWN in _verdicts(stack)


def test_a_policy_that_becomes_unreadable_is_no_silent_change(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    before, after = _stack(tmp_path / "before", ONE % (WELL % "")), _stack(tmp_path / "after", "var.policy")
    (change,) = find_changes(before, after)
    assert change.difference.new_access is None


CIRCLE = """
resource "aws_iam_role" "%(one)s" {
  name = "%(one)s"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = aws_iam_role.%(other)s.arn }, Action = "sts:AssumeRole" }]
  })
}
"""


def test_roles_that_trust_each_other_are_judged(tmp_path: Path) -> None:
    circle = CIRCLE % {"one": "a", "other": "b"} + CIRCLE % {"one": "b", "other": "a"}
    stack = _stack(tmp_path, ONE % (WELL % ""), circle)
    assert [one.name for one in find_callers(stack, "sts:AssumeRole", "aws_iam_role.a")] == ["aws_iam_role.b"]
    assert Verdict.UNKNOWN not in _verdicts(stack)


@pytest.mark.parametrize("written", ["code", "a heredoc"])
def test_thousands_of_statements_take_seconds(tmp_path: Path, written: str) -> None:
    arns = [f"arn:aws:sqs:*:*:q{number}*" for number in range(10_000 if SOAKING else 2_500)]
    statements = [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": arn} for arn in arns]
    text = json.dumps({"Version": "2012-10-17", "Statement": statements})
    begun = time.process_time()
    stack = _stack(tmp_path, f"<<EOT\n{text}\nEOT\n" if written == "a heredoc" else f"jsonencode({text})")
    assert find_callers(stack, "sqs:SendMessage", "aws_sqs_queue.jobs") == []
    assert hops_of(stack) is not None
    assert time.process_time() - begun < seconds_here(7 if SOAKING else 2)
