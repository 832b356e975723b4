"""Functions that AppSync invokes, as its resolvers say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.appsync_calls import of_data_source
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

SOURCE = """
resource "aws_appsync_datasource" "work" {
  name = "work"
  lambda_config {
    function_arn = "f"
  }
}
"""


def waits(stack: Stack) -> bool:
    (source,) = stack.resources("aws_appsync_datasource")
    (found,) = of_data_source(stack, source)
    return found.waits


@pytest.mark.parametrize(
    ("told", "is_asked"),
    [
        ("""code = "({operation: 'Invoke', invocationType: 'Event'})" """, False),
        ("""code = "({operation: 'Invoke', invocationType: 'RequestResponse'})" """, True),
        ("""code = "({operation: 'Invoke'})" """, True),
        ("""request_template = jsonencode({ invocationType = "Event" })""", False),
        ("""request_mapping_template = jsonencode({ invocationType = "Event" })""", False),
        ("""request_template = jsonencode({ payload = "Event" })""", True),
    ],
)
@pytest.mark.parametrize("type_", ["aws_appsync_resolver", "aws_appsync_function"])
def test_a_source_is_not_waited_for_where_a_resolver_says_so(
    stack_of: Callable[[str], Stack], type_: str, told: str, *, is_asked: bool
) -> None:
    resolver = f'resource "{type_}" "r" {{\ndata_source = aws_appsync_datasource.work.name\n{told}\n}}'
    assert waits(stack_of(SOURCE + resolver)) is is_asked


def test_what_a_resolver_of_another_source_says_does_not_count(stack_of: Callable[[str], Stack]) -> None:
    resolver = 'resource "aws_appsync_resolver" "r" {\ndata_source = "other"\ncode = "({invocationType: \'Event\'})"\n}'
    assert waits(stack_of(SOURCE + resolver))


@pytest.mark.parametrize(("kind", "is_asked"), [("EVENT", False), ("REQUEST_RESPONSE", True)])
@pytest.mark.parametrize("handler", ["on_publish", "on_subscribe"])
def test_a_channel_says_how_it_invokes_by_itself(
    stack_of: Callable[[str], Stack], handler: str, kind: str, *, is_asked: bool
) -> None:
    lambda_config = f'lambda_config {{\ninvoke_type = "{kind}"\n}}'
    integration = f"integration {{\ndata_source_name = aws_appsync_datasource.work.name\n{lambda_config}\n}}"
    body = f"handler_configs {{\n{handler} {{\n{integration}\n}}\n}}"
    assert waits(stack_of(SOURCE + f'resource "aws_appsync_channel_namespace" "n" {{\n{body}\n}}')) is is_asked


def test_code_that_nobody_gives_cannot_be_told(stack_of: Callable[[str], Stack]) -> None:
    resolver = 'resource "aws_appsync_resolver" "r" {\ndata_source = "work"\ncode = var.code\n}'
    with pytest.raises(Undecided):
        waits(stack_of(f'variable "code" {{}}\n{SOURCE}{resolver}'))
