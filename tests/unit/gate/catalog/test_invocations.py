"""Who invokes a function, who of them waits, and where what fails ends up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

FUNCTION = 'resource "aws_lambda_function" "f" {\n function_name = "f"\n}\n'
CALLED = "\"'Event'\""
EVENT = f'request_parameters = {{ "integration.request.header.X-Amz-Invocation-Type" = {CALLED} }}'


def invoker(type_: str, body: str) -> str:
    return f'resource "{type_}" "x" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_api_gateway_authorizer", "authorizer_uri = aws_lambda_function.f.invoke_arn"),  # checkov#2194
        ("aws_api_gateway_integration", "uri = aws_lambda_function.f.invoke_arn"),
        ("aws_lb_target_group_attachment", "target_id = aws_lambda_function.f.arn"),
        ("aws_vpclattice_target_group_attachment", "target {\n id = aws_lambda_function.f.arn\n}"),
        ("aws_appsync_datasource", "lambda_config {\n function_arn = aws_lambda_function.f.arn\n}"),
        ("aws_cognito_user_pool", "lambda_config {\n post_confirmation = aws_lambda_function.f.arn\n}"),
        ("aws_bedrockagent_agent_action_group", "action_group_executor {\n lambda = aws_lambda_function.f.arn\n}"),
        (
            "aws_sfn_state_machine",
            "definition = jsonencode({ States = { A = { Resource = aws_lambda_function.f.arn } } })",
        ),
        (
            "aws_cloudfront_distribution",
            (
                "default_cache_behavior {\n lambda_function_association {\n"
                " lambda_arn = aws_lambda_function.f.qualified_arn\n}\n}"
            ),
        ),
        (
            "aws_kinesis_firehose_delivery_stream",
            (
                "extended_s3_configuration {\n processing_configuration {\n processors {\n parameters {\n"
                ' parameter_value = "${aws_lambda_function.f.arn}:$LATEST"\n}\n}\n}\n}'
            ),
        ),
        ("aws_pipes_pipe", "target = aws_lambda_function.f.arn"),
    ],
)
def test_a_function_whose_callers_wait_needs_no_dead_letter_queue(
    told: Callable[[str, str], set[tuple[str, str]]], type_: str, body: str
) -> None:
    assert told("TP_DLQ_1", FUNCTION + invoker(type_, body)) == set()


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_api_gateway_integration", f"uri = aws_lambda_function.f.invoke_arn\n{EVENT}"),  # sivchari/kumo#803
        (
            "aws_pipes_pipe",
            (
                "target = aws_lambda_function.f.arn\ntarget_parameters {\n lambda_function_parameters {\n"
                ' invocation_type = "FIRE_AND_FORGET"\n}\n}'
            ),
        ),
        (
            "aws_sfn_state_machine",
            (
                "definition = jsonencode({ States = { A = { Parameters = {"
                ' FunctionName = aws_lambda_function.f.arn, InvocationType = "Event" } } } })'
            ),
        ),
        ("aws_codecommit_trigger", "trigger {\n destination_arn = aws_lambda_function.f.arn\n}"),
        ("aws_sns_topic_subscription", "endpoint = aws_lambda_function.f.arn"),
    ],
)
def test_a_function_with_a_caller_that_does_not_wait_needs_one(
    told: Callable[[str, str], set[tuple[str, str]]], type_: str, body: str
) -> None:
    waiting = invoker("aws_lb_target_group_attachment", "target_id = aws_lambda_function.f.arn")
    assert told("TP_DLQ_1", FUNCTION + invoker(type_, body) + waiting) == {("aws_lambda_function.f", "fail")}


QUEUES = """
resource "aws_sqs_queue" "source" {{
  fifo_queue     = {source}
  redrive_policy = jsonencode({{ deadLetterTargetArn = {target}, maxReceiveCount = 5 }})
}}
resource "aws_sqs_queue" "kept" {{
  fifo_queue = {kept}
  {allow}
}}
resource "aws_lambda_event_source_mapping" "m" {{
  event_source_arn = aws_sqs_queue.source.arn
}}
"""
OWN, OTHER = "aws_sqs_queue.kept.arn", '"arn:aws:sqs:us-east-1:111122223333:else"'
DENY = 'redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })'
BY_QUEUE = 'redrive_allow_policy = jsonencode({{ redrivePermission = "byQueue", sourceQueueArns = [{}] }})'
SEPARATE = """}}
resource "aws_sqs_queue_redrive_allow_policy" "a" {{
  queue_url            = aws_sqs_queue.kept.id
  redrive_allow_policy = jsonencode({{ redrivePermission = "{}" }})
"""


@pytest.mark.parametrize(
    ("orders", "target", "allow", "expected"),
    [
        ("false false", OWN, "", set()),
        ("true true", OWN, BY_QUEUE.format("aws_sqs_queue.source.arn"), set()),
        ("false false", OWN, SEPARATE.format("allowAll"), set()),
        ("false false", "data.aws_sqs_queue.kept.arn", "", set()),
        ("false false", OWN, DENY, {"fail"}),
        ("false false", OWN, BY_QUEUE.format(OTHER), {"fail"}),
        ("false false", OWN, SEPARATE.format("denyAll"), {"fail"}),
        ("true false", OWN, "", {"fail"}),
        ("false true", OWN, "", {"fail"}),
        ("false false", OTHER, "", {"unknown"}),
    ],
)
def test_a_redrive_policy_leads_to_a_queue_that_takes_what_it_sends(
    told: Callable[[str, str], set[tuple[str, str]]], orders: str, target: str, allow: str, expected: set[str]
) -> None:
    source, kept = orders.split()
    found = told("TP_DLQ_3", QUEUES.format(source=source, target=target, kept=kept, allow=allow) + DATA)
    assert {verdict for _, verdict in found} == expected


DATA = 'data "aws_sqs_queue" "kept" {\n name = "kept"\n}\n'
SUBSCRIPTION = """
resource "aws_sns_topic" "t" {{ fifo_topic = {order} }}
resource "aws_sqs_queue" "q" {{
  fifo_queue = {kept}
  policy = jsonencode({{ Statement = [{{
    Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", Principal = {{ Service = "{service}" }}
    Condition = {{ ArnEquals = {{ "aws:SourceArn" = {topic} }} }}
  }}] }})
}}
resource "aws_sns_topic_subscription" "s" {{
  topic_arn = aws_sns_topic.t.arn
  protocol  = "{protocol}"
  {redrive}
}}
"""
REDRIVE = "redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.q.arn })"
GOOD = {"order": "false", "kept": "false", "service": "sns.amazonaws.com", "topic": "aws_sns_topic.t.arn"} | {
    "protocol": "https",
    "redrive": REDRIVE,
}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, set()),
        ({"order": "true", "kept": "true", "protocol": "sqs"}, set()),
        ({"protocol": "email", "redrive": ""}, set()),
        ({"redrive": ""}, {"fail"}),  # aws-cdk#7449
        ({"protocol": "lambda", "redrive": ""}, {"fail"}),
        ({"protocol": "firehose", "redrive": ""}, {"fail"}),
        ({"service": "events.amazonaws.com"}, {"fail"}),
        ({"topic": '"arn:aws:sns:us-east-1:111122223333:another"'}, {"fail"}),
        ({"kept": "true"}, {"fail"}),
    ],
)
def test_what_a_topic_cannot_deliver_is_kept(
    told: Callable[[str, str], set[tuple[str, str]]], changed: dict[str, str], expected: set[str]
) -> None:
    assert {verdict for _, verdict in told("TP_DLQ_2", SUBSCRIPTION.format(**GOOD | changed))} == expected


@pytest.mark.parametrize(
    "destination",
    [
        'resource "aws_sqs_queue" "d" {\n fifo_queue = true\n}\n',
        'resource "aws_sns_topic" "d" {\n fifo_topic = true\n}\n',
    ],
)
def test_lambda_sends_failures_to_nothing_that_is_fifo(
    told: Callable[[str, str], set[tuple[str, str]]], destination: str
) -> None:
    type_ = destination.split('"')[1]
    config = invoker(
        "aws_lambda_function_event_invoke_config",
        f"function_name = aws_lambda_function.f.function_name\ndestination_config {{\n on_failure {{\n"
        f" destination = {type_}.d.arn\n}}\n}}",
    )
    assert told("TP_DLQ_1", FUNCTION + destination + config) == {("aws_lambda_function.f", "fail")}
    standard = destination.replace("true", "false")
    assert told("TP_DLQ_1", FUNCTION + standard + config) == set()
