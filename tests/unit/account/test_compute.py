"""Functions of an account, without the values of their environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.account.compute import WITHHELD, functions, mappings_of

if TYPE_CHECKING:
    from collections.abc import Callable

ARN = "arn:aws:lambda:eu-west-1:1:function:work-dev"


def _script(**configuration: object) -> dict[tuple[str, ...], Any]:
    return {
        ("lambda", "list_functions"): [{"FunctionName": "work-dev"}, {"FunctionName": "work-prod"}],
        ("lambda", "get_function_configuration", "work-dev"): {"FunctionArn": ARN, **configuration},
    }


def test_only_functions_of_the_environment_are_read(asker: Callable[..., Any]) -> None:
    (found,) = functions(asker(_script()), "dev")
    assert (found.kind, found.identity, found.value["Region"]) == ("aws_lambda_function", "work-dev", "eu-west-1")


def test_names_of_variables_are_kept_and_values_are_not(asker: Callable[..., Any]) -> None:
    script = _script(Environment={"Variables": {"TOKEN": "hunter2", "A": ""}})
    (found,) = functions(asker(script), "dev")
    assert found.value["Configuration"]["Environment"]["Variables"] == {"A": WITHHELD, "TOKEN": WITHHELD}
    assert "hunter2" not in str(found)


def test_statements_of_the_function_and_of_its_aliases_are_joined(asker: Callable[..., Any]) -> None:
    script = _script() | {
        ("lambda", "list_aliases", "work-dev"): [{"Name": "live"}],
        ("lambda", "get_policy", "work-dev"): {"Policy": '{"Statement": [{"Sid": "a"}]}'},
        ("lambda", "get_policy", "work-dev", "live"): {"Policy": '{"Statement": [{"Sid": "b"}]}'},
    }
    (found,) = functions(asker(script), "dev")
    assert found.value["Policy"] == {"Statement": [{"Sid": "a"}, {"Sid": "b"}]}


def test_a_function_that_nobody_may_invoke_has_no_policy(asker: Callable[..., Any]) -> None:
    script = _script() | {("lambda", "get_policy"): "ResourceNotFoundException"}
    (found,) = functions(asker(script), "dev")
    assert found.value["Policy"] is None


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ({}, "/aws/lambda/work-dev"),
        ({"LoggingConfig": {"LogGroup": "/own"}}, "/own"),
        ({"LoggingConfig": {}}, "/aws/lambda/work-dev"),
    ],
)
def test_the_log_group_is_the_one_it_writes_to_and_none_that_only_begins_so(
    asker: Callable[..., Any], configuration: dict[str, Any], expected: str
) -> None:
    groups = [{"logGroupName": f"{expected}-2"}, {"logGroupName": expected}]
    script = _script(**configuration) | {("logs", "describe_log_groups", expected): groups}
    (found,) = functions(asker(script), "dev")
    assert found.value["LogGroup"] == {"logGroupName": expected}


def test_mappings_of_its_versions_are_its_own_and_those_of_a_longer_name_are_not() -> None:
    arns = [ARN, f"{ARN}:live", f"{ARN}2", ""]
    assert [one["FunctionArn"] for one in mappings_of([{"FunctionArn": arn} for arn in arns], ARN)] == arns[:2]
    assert mappings_of([{}], ARN) == []
