"""Who waits for a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.invocation import invokers_that_do_not_wait, invokers_that_wait
from tapeproof.gate.aws.invoking_documents import READERS
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.facts import rows_of_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


F = "arn:aws:lambda:us-east-1:111122223333:function:f"
WRITTEN = [row for row in rows_of_all("invokers") if (row["resource_type"], row["attribute"]) not in READERS]


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: f"{row['resource_type']}.{row['attribute']}")
def test_each_invoker_is_found_where_it_keeps_its_function(
    stack_of: Callable[[str], Stack], row: dict[str, str]
) -> None:
    *outer, name = row["attribute"].split(".")
    body = "".join(f"{block} {{\n" for block in outer) + f'{name} = "{F}"\n' + "}\n" * len(outer)
    stack = stack_of(f'resource "{row["resource_type"]}" "x" {{\n{body}}}')
    named = (
        [value.plain() for value in invokers_that_wait(stack)],
        [value.plain() for value in invokers_that_do_not_wait(stack)],
    )
    assert F in named[row["waits"] != "yes"]
    assert F not in named[row["waits"] == "yes"]
    assert row["source"]


def test_all_functions_in_a_list_are_invoked(stack_of: Callable[[str], Stack]) -> None:
    actions = 'alarm_actions = ["arn:aws:sns:::t", "x:function:f"]'
    stack = stack_of(f'resource "aws_cloudwatch_metric_alarm" "x" {{\n{actions}\n}}')
    assert {value.plain() for value in invokers_that_do_not_wait(stack)} == {"x:function:f"}


def test_actions_without_a_value_are_no_functions(stack_of: Callable[[str], Stack]) -> None:
    alarm = 'resource "aws_cloudwatch_metric_alarm" "x" {\nalarm_actions = [var.topic]\nok_actions = var.topics\n}'
    stack = stack_of(f'variable "topic" {{}}\nvariable "topics" {{}}\n{alarm}')
    assert not [value for value in invokers_that_do_not_wait(stack) if not value.known]


def test_a_data_source_that_invokes_a_function_waits(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of('data "aws_lambda_invocation" "x" {\nfunction_name = "f"\ninput = "{}"\n}')
    assert [value.plain() for value in invokers_that_wait(stack)] == ["f"]


@pytest.mark.parametrize(
    ("points", "waits"), [(["PRE_START_DEPLOYMENT"], True), (["PRE_X", "ON_X"], False), ([], False)]
)
def test_an_extension_waits_before_what_it_extends(
    stack_of: Callable[[str], Stack], points: list[str], waits: bool
) -> None:
    blocks = "".join(f'action_point {{\npoint = "{point}"\naction {{\nuri = "f"\n}}\n}}\n' for point in points)
    stack = stack_of(f'resource "aws_appconfig_extension" "x" {{\n{blocks}}}')
    assert bool(list(invokers_that_wait(stack))) is waits


@pytest.mark.parametrize(
    ("header", "waits"), [("'Event'", False), ("'RequestResponse'", True), ("method.request.header.Kind", False)]
)
def test_a_request_is_queued_when_its_header_says_so_or_its_caller_may(
    stack_of: Callable[[str], Stack], header: str, waits: bool
) -> None:
    asked = f'uri = "f"\nrequest_parameters = {{"integration.request.header.X-Amz-Invocation-Type" = "{header}"}}'
    stack = stack_of(f'resource "aws_api_gateway_integration" "x" {{\n{asked}\n}}')
    assert bool(list(invokers_that_wait(stack))) is waits


@pytest.mark.parametrize(("path", "told"), [("arn", False), ("qualified_arn", False), ("invoke_arn", True)])
def test_a_uri_that_is_an_arn_alone_lacks_what_stands_around_it(
    stack_of: Callable[[str], Stack], path: str, told: bool
) -> None:
    function = 'resource "aws_lambda_function" "f" {}\n'
    stack = stack_of(f'{function}resource "aws_api_gateway_integration" "x" {{\nuri = aws_lambda_function.f.{path}\n}}')
    if told:
        assert list(invokers_that_wait(stack))
    else:
        with pytest.raises(Undecided, match="what stands around the function's ARN is not known"):
            list(invokers_that_wait(stack))


@pytest.mark.parametrize(("kind", "waits"), [("RequestResponse", True), ("Event", False)])
def test_mail_is_handed_to_a_function_as_the_receipt_rule_says(
    stack_of: Callable[[str], Stack], kind: str, waits: bool
) -> None:
    action = f'lambda_action {{\nfunction_arn = "f"\ninvocation_type = "{kind}"\n}}'
    stack = stack_of(f'resource "aws_ses_receipt_rule" "x" {{\n{action}\n}}')
    assert bool(list(invokers_that_wait(stack))) is waits
    assert bool(list(invokers_that_do_not_wait(stack))) is not waits


@pytest.mark.parametrize(
    ("type_", "told", "waits", "does_not"),
    [
        ("aws_lambda_invoke", "", [F], []),
        ("aws_lambda_invoke", 'invocation_type = "RequestResponse"', [F], []),
        ("aws_lambda_invoke", 'invocation_type = "Event"', [], [F]),
        ("aws_ec2_stop_instance", "", [], []),
    ],
)
def test_an_action_waits_unless_it_says_otherwise(
    stack_of: Callable[[str], Stack], type_: str, told: str, waits: list[str], does_not: list[str]
) -> None:
    stack = stack_of(f'action "{type_}" "x" {{\nconfig {{\nfunction_name = "{F}"\n{told}\n}}\n}}')
    assert [value.plain() for value in invokers_that_wait(stack)] == waits
    assert [value.plain() for value in invokers_that_do_not_wait(stack)] == does_not


def test_an_action_that_may_wait_or_not_is_told(stack_of: Callable[[str], Stack]) -> None:
    told = f'config {{\nfunction_name = "{F}"\ninvocation_type = var.how\n}}'
    stack = stack_of(f'variable "how" {{}}\naction "aws_lambda_invoke" "x" {{\n{told}\n}}')
    with pytest.raises(Undecided):
        list(invokers_that_wait(stack))
