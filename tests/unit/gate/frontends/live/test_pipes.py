"""Pipes, as a configuration would have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.frontends.live.pipes import pipes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.frontends.live.account import Account

VARIABLES = {"Environment": [{"Name": "A", "Value": "b"}]}
LISTED = {"Name": "p-dev", "Arn": "arn:p", "Source": "arn:s", "Target": "arn:t", "DesiredState": "RUNNING"}


def test_a_pipe_has_its_source_its_target_and_its_role(account_of: Callable[..., Account]) -> None:
    listed = {"Pipes": [LISTED, {**LISTED, "Name": "other"}]}
    account = account_of("-dev", list_pipes=listed, describe_pipe={"RoleArn": "arn:r", "Enrichment": ""})
    (pipe,) = pipes(account)
    assert {name: pipe[name].plain() for name in ("source", "target", "role_arn", "desired_state", "enrichment")} == {
        "source": "arn:s", "target": "arn:t", "role_arn": "arn:r", "desired_state": "RUNNING", "enrichment": None
    }  # fmt: skip


@pytest.mark.parametrize(
    ("described", "path", "owed"),
    [
        (
            {"SourceParameters": {"SqsQueueParameters": {"BatchSize": 7}}},
            "source_parameters.sqs_queue_parameters.batch_size",
            7,
        ),
        (
            {"SourceParameters": {"KinesisStreamParameters": {"DeadLetterConfig": {"Arn": "arn:q"}}}},
            "source_parameters.kinesis_stream_parameters.dead_letter_config.arn",
            "arn:q",
        ),
        (
            {"SourceParameters": {"DynamoDBStreamParameters": {"DeadLetterConfig": {"Arn": "arn:q"}}}},
            "source_parameters.dynamodb_stream_parameters.dead_letter_config.arn",
            "arn:q",
        ),
        (
            {"SourceParameters": {"FilterCriteria": {"Filters": [{"Pattern": "{}"}]}}},
            "source_parameters.filter_criteria.filter.pattern",
            "{}",
        ),
        (
            {"TargetParameters": {"LambdaFunctionParameters": {"InvocationType": "FIRE_AND_FORGET"}}},
            "target_parameters.lambda_function_parameters.invocation_type",
            "FIRE_AND_FORGET",
        ),
        (
            {"TargetParameters": {"SqsQueueParameters": {"MessageGroupId": "g", "MessageDeduplicationId": "$.id"}}},
            "target_parameters.sqs_queue_parameters",
            [{"message_group_id": "g", "message_deduplication_id": "$.id"}],
        ),
        (
            {"TargetParameters": {"EcsTaskParameters": {"Overrides": {"ContainerOverrides": [VARIABLES]}}}},
            "target_parameters.ecs_task_parameters.overrides.container_override.environment",
            [{"name": "A", "value": "b"}],
        ),
        (
            {"TargetParameters": {"BatchJobParameters": {"ContainerOverrides": VARIABLES}}},
            "target_parameters.batch_job_parameters.container_overrides.environment",
            [{"name": "A", "value": "b"}],
        ),
    ],
)  # fmt: skip
def test_parameters_of_a_pipe_are_where_a_configuration_has_them(
    described: dict[str, Any], path: str, owed: object, account_of: Callable[..., Account]
) -> None:
    (pipe,) = pipes(account_of(list_pipes={"Pipes": [LISTED]}, describe_pipe=described))
    assert pipe.at(path).plain() == owed


def test_what_aws_refuses_to_say_of_a_pipe_is_unknown_not_absent(account_of: Callable[..., Account]) -> None:
    (pipe,) = pipes(account_of(list_pipes={"Pipes": [LISTED]}, describe_pipe="AccessDenied"))
    for name in ("role_arn", "enrichment", "source_parameters", "target_parameters"):
        assert "AccessDenied" in pipe[name].why
    refused = account_of(list_pipes="AccessDenied")
    assert list(pipes(refused)) == []
    assert [gap.type for gap in refused.gaps] == ["aws_pipes_pipe"]
