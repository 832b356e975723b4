"""The applied stack gets the verdicts of its source: what can be judged live passes on what is really there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.engine.model import Verdict
from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.frontends.hcl.reader import read as read_source
from tapeproof.local.terraform_run import CONFIGURATION, VARIABLES

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Stack

pytestmark = pytest.mark.embedded_aws

POLICIES = [policy for policy in catalog() if "live" in policy.decidable_at]
JUDGED = {
    "aws_cloudwatch_event_rule",
    "aws_cloudwatch_event_target",
    "aws_cloudwatch_log_group",
    "aws_dynamodb_table",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_kms_key",
    "aws_lambda_event_source_mapping",
    "aws_lambda_function",
    "aws_lambda_permission",
    "aws_s3_bucket",
    "aws_scheduler_schedule",
    "aws_sns_topic",
    "aws_sqs_queue",
}


def counted(stack: Stack) -> dict[str, int]:
    return {type_: sum(1 for _ in stack.resources(type_)) for type_ in JUDGED}


def test_everything_that_source_declares_is_found_in_the_account(live: Stack) -> None:
    source = read_source(CONFIGURATION, var_files=[VARIABLES])
    declared, found = counted(source), counted(live)
    # A function may let in a caller on its alias and on itself; AWS lists each statement by itself.
    declared.pop("aws_lambda_permission")
    assert {type_: found[type_] for type_ in declared} == declared
    assert not live.unread


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_a_policy_that_passes_at_source_passes_live(policy: Any, live: Stack) -> None:  # noqa: ANN401 - a parameter
    findings = list(policy.judge(live, policy.settings()))
    assert findings
    assert not [f"{f.resource}: {f.message}" for f in findings if f.verdict is not Verdict.PASS]
