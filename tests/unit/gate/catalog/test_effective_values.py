"""What is written is not always what holds: values that are ignored, switched off, or overruled by another value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = """
resource "aws_dynamodb_table" "t" {{
  point_in_time_recovery {{
    enabled = true
    {inside}
  }}
  {beside}
}}
"""
GROUP = 'resource "aws_cloudwatch_log_group" "g" {{ retention_in_days = 365 \n {} }}'
FUNCTION = """
resource "aws_lambda_function" "f" {{
  function_name = "f"
  timeout       = 60
  memory_size   = 512
  {inside}
}}
{beside}
"""
QUEUE = """
resource "aws_sqs_queue" "q" {{ visibility_timeout_seconds = {seconds} }}
resource "aws_lambda_event_source_mapping" "m" {{
  event_source_arn = aws_sqs_queue.q.arn
  function_name    = aws_lambda_function.f.{name}
}}
"""
BUS = 'resource "aws_cloudwatch_event_bus" "b" { name = "b" }\n'
RULE = """
resource "aws_cloudwatch_event_rule" "r" {{
  name = "r"
  {}
}}
resource "aws_cloudwatch_event_target" "t" {{
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:lambda:us-east-1:111122223333:function:f"
  {}
}}
"""
PATTERN = "event_pattern = jsonencode({{ source = [{}] }})"
ON_BUS = "event_bus_name = aws_cloudwatch_event_bus.b.name"
POLICY = """
resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
  lifecycle {
    ignore_changes = [policy]
  }
}
"""
OFF = {
    "aws_scheduler_schedule": 'state = "DISABLED"',
    "aws_lambda_event_source_mapping": "enabled = false",
    "aws_pipes_pipe": 'desired_state = "STOPPED"',
    "aws_iot_topic_rule": "enabled = false",
}


@pytest.mark.parametrize(
    ("policy", "source"),
    [
        ("TP_DDB_1", TABLE.format(inside="", beside="lifecycle { ignore_changes = [point_in_time_recovery] }")),
        (
            "TP_DDB_1",
            TABLE.format(inside="", beside="lifecycle { ignore_changes = [point_in_time_recovery[0].enabled] }"),
        ),
        ("TP_DDB_1", TABLE.format(inside="", beside="lifecycle { ignore_changes = all }")),
        ("TP_LOG_1", GROUP.format('lifecycle { ignore_changes = ["retention_in_days"] }')),
        (
            "TP_LOG_3",
            GROUP.format(
                'kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/k"\nlifecycle { ignore_changes = [kms_key_id] }'
            ),
        ),
        ("TP_RUN_2", FUNCTION.format(inside="lifecycle { ignore_changes = [timeout] }", beside="")),
        (  # snyk/driftctl#13: the pipeline writes the environment
            "TP_VAL_2",
            FUNCTION.format(
                inside='environment { variables = { A = "b" } }\nlifecycle { ignore_changes = [environment] }',
                beside="",
            ),
        ),
        (
            "TP_IAM_1",
            POLICY,
        ),
    ],
)
def test_a_value_that_is_judged_and_ignored_fails(
    told: Callable[[str, str], set[tuple[str, str]]], policy: str, source: str
) -> None:
    assert {verdict for _, verdict in told(policy, source)} == {"fail"}


@pytest.mark.parametrize(
    ("policy", "source"),
    [
        ("TP_DDB_1", TABLE.format(inside="", beside="lifecycle { ignore_changes = [read_capacity, tags] }")),
        # The provider's documentation asks for this where replicas are resources of their own.
        ("TP_DDB_1", TABLE.format(inside="", beside="lifecycle { ignore_changes = [replica] }")),
        ("TP_LOG_1", GROUP.format("lifecycle { ignore_changes = [tags] }")),
        ("TP_RUN_2", FUNCTION.format(inside="lifecycle { ignore_changes = [filename, layers] }", beside="")),
        ("TP_RUN_2", FUNCTION.format(inside="lifecycle { create_before_destroy = true }", beside="")),
    ],
)
def test_what_is_ignored_and_not_judged_passes(
    told: Callable[[str, str], set[tuple[str, str]]], policy: str, source: str
) -> None:
    assert told(policy, source) == set()


@pytest.mark.parametrize(
    ("policy", "source", "verdict"),
    [
        ("TP_DDB_1", TABLE.format(inside="recovery_period_in_days = 7", beside=""), "fail"),
        ("TP_DDB_1", TABLE.format(inside="recovery_period_in_days = 35", beside=""), ""),
        ("TP_LOG_1", GROUP.format('log_group_class = "DELIVERY"'), "fail"),
        ("TP_LOG_1", GROUP.format('log_group_class = "INFREQUENT_ACCESS"'), ""),
        ("TP_RUN_2", FUNCTION.format(inside="reserved_concurrent_executions = 0", beside=""), "fail"),
        ("TP_RUN_2", FUNCTION.format(inside="reserved_concurrent_executions = -1", beside=""), ""),
        ("TP_RUN_2", FUNCTION.format(inside="", beside=QUEUE.format(seconds=30, name="function_name")), "fail"),
        ("TP_RUN_2", FUNCTION.format(inside="", beside=QUEUE.format(seconds="null", name="arn")), "fail"),
        ("TP_RUN_2", FUNCTION.format(inside="", beside=QUEUE.format(seconds=360, name="arn")), ""),
        (
            "TP_REG_1",
            'provider "aws" {\n region = "us-east-1"\n}\nresource "aws_sqs_queue" "q" {\n region = "eu-west-1"\n}',
            "fail",
        ),
        (
            "TP_REG_1",
            'provider "aws" {\n region = "us-east-1"\n}\nresource "aws_sqs_queue" "q" {\n region = "us-east-1"\n}',
            "",
        ),
    ],
)
def test_a_value_that_overrules_another_one_is_judged(
    told: Callable[[str, str], set[tuple[str, str]]], policy: str, source: str, verdict: str
) -> None:
    assert {found for _, found in told(policy, source)} == ({verdict} if verdict else set())


@pytest.mark.parametrize(
    ("rule", "target"),
    [
        (PATTERN.format('"feed"') + '\nstate = "DISABLED"', ""),
        (PATTERN.format('"feed"') + "\nis_enabled = false", ""),
        # moritzzimmer/terraform-aws-lambda#93, pulumi-aws#1323: only one of the two names the bus
        (PATTERN.format('"feed"') + f"\n{ON_BUS}", ""),
        (PATTERN.format('"feed"'), ON_BUS),
        (PATTERN.format('"feed"') + '\nevent_bus_name = "other"', ON_BUS),
        # terraform-provider-aws#34949: AWS services put their events on the default bus
        (PATTERN.format('"aws.s3"') + f"\n{ON_BUS}", ON_BUS),
        (PATTERN.format('{ prefix = "aws." }') + "\nevent_bus_name = aws_cloudwatch_event_bus.b.arn", ON_BUS),
        (f'schedule_expression = "rate(5 minutes)"\n{ON_BUS}', ON_BUS),
    ],
)
def test_a_rule_that_moves_no_event_fails(
    told: Callable[[str, str], set[tuple[str, str]]], rule: str, target: str
) -> None:
    assert told("TP_EVT_1", BUS + RULE.format(rule, target)) == {("aws_cloudwatch_event_rule.r", "fail")}


@pytest.mark.parametrize(
    ("rule", "target"),
    [
        (PATTERN.format('"feed"') + f"\n{ON_BUS}", "event_bus_name = aws_cloudwatch_event_bus.b.arn"),
        (PATTERN.format('"feed"') + '\nstate = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"', ""),
        (PATTERN.format('"aws.s3"') + '\nevent_bus_name = "default"', ""),
        (PATTERN.format('"aws.s3", "feed"') + f"\n{ON_BUS}", ON_BUS),
        (PATTERN.format('"aws.partner/acme/feed"') + f"\n{ON_BUS}", ON_BUS),
        (PATTERN.format('"aws.s3"') + '\nevent_bus_name = "elsewhere"', 'event_bus_name = "elsewhere"'),
    ],
)
def test_a_rule_that_moves_events_passes(
    told: Callable[[str, str], set[tuple[str, str]]], rule: str, target: str
) -> None:
    assert told("TP_EVT_1", BUS + RULE.format(rule, target)) == set()


def test_events_of_aws_that_are_forwarded_reach_a_custom_bus(told: Callable[[str, str], set[tuple[str, str]]]) -> None:
    forward = RULE.format(PATTERN.format('"aws.s3"'), "").replace('" "', '" "all_').replace("rule.r.", "rule.all_r.")
    forward = forward.replace('"arn:aws:lambda:us-east-1:111122223333:function:f"', "aws_cloudwatch_event_bus.b.arn")
    rule = RULE.format(PATTERN.format('"aws.s3"') + f"\n{ON_BUS}", ON_BUS)
    assert told("TP_EVT_1", BUS + forward + rule) == set()


@pytest.mark.parametrize(("type_", "switch"), OFF.items())
def test_whatever_moves_events_and_is_switched_off_fails(
    told: Callable[[str, str], set[tuple[str, str]]], type_: str, switch: str
) -> None:
    assert told("TP_EVT_1", f'resource "{type_}" "x" {{\n {switch}\n}}') == {(f"{type_}.x", "fail")}
    assert told("TP_EVT_1", f'resource "{type_}" "x" {{\n}}') == set()
