"""Functions with their aliases, permissions, sources and failure destinations, as a configuration would have them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.frontends.live.compute import functions

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.frontends.live.account import Account

ARN = "arn:aws:lambda:us-east-1:123456789012:function:trade"
FUNCTION = {"FunctionName": "trade", "FunctionArn": ARN, "Runtime": "python3.11", "Timeout": 30}


def attributes(account: Account) -> dict[str, dict[str, object]]:
    return {
        resource.type: {name: value.plain() for name, value in resource.attributes.items()}
        for resource in functions(account)
    }


def test_a_bare_function_has_only_what_aws_says_of_it(account_of: Callable[..., Account]) -> None:
    assert attributes(account_of(list_functions={"Functions": [FUNCTION]})) == {
        "aws_lambda_function": {"arn": ARN, "function_name": "trade", "runtime": "python3.11", "timeout": 30}
    }


def test_blocks_are_made_of_what_aws_keeps_flat(account_of: Callable[..., Account]) -> None:
    function = {
        **FUNCTION,
        "DeadLetterConfig": {"TargetArn": "arn:q"},
        "Environment": {"Variables": {"A": "b"}},
        "LoggingConfig": {"LogGroup": "/x"},
    }
    config = {"FunctionArn": f"{ARN}:live", "DestinationConfig": {"OnFailure": {"Destination": "arn:q"}}}
    found = attributes(
        account_of(
            list_functions={"Functions": [function]},
            list_function_event_invoke_configs={"FunctionEventInvokeConfigs": [config]},
        )
    )
    made = found["aws_lambda_function"]
    assert (made["dead_letter_config"], made["logging_config"]) == ([{"target_arn": "arn:q"}], [{"log_group": "/x"}])
    assert made["environment"] == [{"variables": {"A": "b"}}]
    assert found["aws_lambda_function_event_invoke_config"] == {
        "function_name": "trade",
        "qualifier": "live",
        "destination_config": [{"on_failure": [{"destination": "arn:q"}]}],
    }


def test_each_statement_of_a_policy_is_a_permission(account_of: Callable[..., Account]) -> None:
    statement = {
        "Sid": "events",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Condition": {"ArnLike": {"AWS:SourceArn": "arn:rule"}, "StringEquals": {"AWS:SourceAccount": "1"}},
    }
    policy = {"Policy": json.dumps({"Statement": [statement, {"Principal": "*"}]})}
    account = account_of(list_functions={"Functions": [FUNCTION]}, get_policy=policy)
    first, second = (one for one in functions(account) if one.type == "aws_lambda_permission")
    assert first["principal"].plain() == "events.amazonaws.com"
    assert (first["source_arn"].plain(), first["source_account"].plain()) == ("arn:rule", "1")
    assert second["principal"].plain() == "*"
    assert second["source_arn"].is_null


def test_a_policy_that_aws_refuses_to_show_is_unread(account_of: Callable[..., Account]) -> None:
    answers = {"get_policy": "AccessDenied", "list_function_event_invoke_configs": {}}
    account = account_of(list_functions={"Functions": [FUNCTION]}, **answers)
    list(functions(account))
    assert [one.why for one in account.unread] == ["AWS refused lambda get_policy: AccessDenied"]


def test_a_mapping_is_enabled_unless_aws_says_otherwise(account_of: Callable[..., Account]) -> None:
    states = ("Enabled", "Creating", "Disabled", "Disabling")
    mappings = [{"UUID": state, "FunctionArn": f"{ARN}-dev:live", "State": state} for state in states]
    account = account_of(
        "dev",
        list_event_source_mappings={
            "EventSourceMappings": [
                *mappings,
                {"UUID": "other", "FunctionArn": "arn:aws:lambda:us-east-1:1:function:x"},
            ]
        },
    )
    assert [(one.name, one["enabled"].plain()) for one in functions(account)] == [
        ("Enabled", True),
        ("Creating", True),
        ("Disabled", False),
        ("Disabling", False),
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [({"ReservedConcurrentExecutions": 0}, 0), ({"ReservedConcurrentExecutions": 5}, 5), ({}, None)],
)
def test_a_function_has_the_concurrency_that_is_kept_for_it(
    answer: dict[str, int], expected: int | None, account_of: Callable[..., Account]
) -> None:
    account = account_of(list_functions={"Functions": [FUNCTION]}, get_function_concurrency=answer)
    (function,) = functions(account)
    assert function["reserved_concurrent_executions"].plain() == expected


def test_a_concurrency_that_aws_does_not_tell_is_unknown(account_of: Callable[..., Account]) -> None:
    account = account_of(list_functions={"Functions": [FUNCTION]}, get_function_concurrency="AccessDenied")
    (function,) = functions(account)
    assert not function["reserved_concurrent_executions"].known


def test_a_mapping_has_its_filters(account_of: Callable[..., Account]) -> None:
    filters = {"Filters": [{"Pattern": "{}"}, {"Pattern": '{"body": [1]}'}]}
    mapping = {"UUID": "u", "FunctionArn": ARN, "EventSourceArn": "arn:aws:sqs:r:1:q", "FilterCriteria": filters}
    account = account_of(list_event_source_mappings={"EventSourceMappings": [mapping]})
    (made,) = functions(account)
    patterns = [one.entry("pattern").plain() for one in made.at("filter_criteria.filter").elements()]
    assert patterns == ["{}", '{"body": [1]}']
