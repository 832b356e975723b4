"""Which stacks hold resources in CloudFormation's terms."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import Resource, Stack
from tapeproof.gate.frontends.embedded.kinds import has_embedded, is_of_awscc


def stack(*types: str) -> Stack:
    resources = (Resource(type=type_, labels=(type_, "x"), address=f"{type_}.x", name="x") for type_ in types)
    return Stack(root=".", front_end="hcl", everything=tuple(resources))


@pytest.mark.parametrize(
    ("types", "embedded"),
    [
        ((), False),
        (("aws_sqs_queue", "aws_cloudformation_type"), False),
        (("aws_sqs_queue", "aws_cloudformation_stack"), True),
        (("aws_cloudformation_stack_set",), True),
        (("aws_cloudcontrolapi_resource",), True),
        (("awscc_sqs_queue",), True),
    ],
)
def test_a_stack_that_holds_none_is_not_translated(types: tuple[str, ...], embedded: bool) -> None:
    assert has_embedded(stack(*types)) is embedded


@pytest.mark.parametrize(("type_", "of_awscc"), [("awscc_sqs_queue", True), ("aws_sqs_queue", False), ("", False)])
def test_a_type_of_the_awscc_provider_begins_with_its_name(type_: str, of_awscc: bool) -> None:
    assert is_of_awscc(type_) is of_awscc
