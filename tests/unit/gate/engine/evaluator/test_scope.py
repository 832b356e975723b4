"""What names mean in a module instance, each evaluated once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.model import Known, Origin

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.world import World
    from tapeproof.gate.engine.model import Value


def local(world_of: Callable[..., World], expression: str, more: str = "", **inputs: Value) -> Value:
    return world_of(f"locals {{\n  it = {expression}\n}}\n{more}", **inputs).scope.local("it")


VARIABLES = """
variable "free" {}
variable "set" {
  type    = number
  default = "5"
}
variable "kept" {
  default  = "kept"
  nullable = false
}
variable "secret" {
  default   = "x"
  sensitive = true
}
variable "wrong" {
  type    = number
  default = "x"
}
"""


@pytest.mark.parametrize(
    ("name", "given", "answer"),
    [
        ("set", None, 5),
        ("set", Known("7"), 7),
        ("set", Known(None), None),
        ("kept", Known(None), "kept"),
        ("kept", Known("a"), "a"),
    ],
)
def test_a_variable_has_what_it_is_given_then_its_default(
    name: str, given: Value | None, answer: object, world_of: Callable[..., World]
) -> None:
    inputs = {} if given is None else {name: given}
    value = world_of(VARIABLES, **inputs).scope.variable(name)
    assert value.plain() == answer
    assert Origin(f"var.{name}") in value.origins


def test_a_variable_without_a_value_is_unknown_by_its_name(world_of: Callable[..., World]) -> None:
    scope = world_of(VARIABLES).scope
    assert scope.variable("free").why == "var.free has no value"
    assert scope.variable("free").same_as(scope.variable("free"))
    assert scope.variable("secret").sensitive


def test_a_value_that_does_not_fit_its_type_is_refused(world_of: Callable[..., World]) -> None:
    with pytest.raises(Fault, match=r"var.wrong: 'x' is no number"):
        world_of(VARIABLES).scope.variable("wrong")


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("var.nope", "there is no variable 'nope'"),
        ("local.nope", "there is no local value 'nope'"),
        ("path.nope", "there is no path.nope"),
        ("terraform.nope", "there is no terraform.nope"),
        ("aws_x.nope", "there is no resource aws_x.nope"),
        ("data.aws_x.nope", "there is no data source aws_x.nope"),
        ("module.nope", "there is no module 'nope'"),
        ("each.key", "each is not defined here"),
        ("count.index", "count is not defined here"),
        ("var", "'var' must be followed by a name"),
        ("var[0]", "'var' must be followed by a name"),
    ],
)
def test_a_name_that_means_nothing_is_refused(expression: str, why: str, world_of: Callable[..., World]) -> None:
    with pytest.raises(Fault, match=why.replace("[", r"\[")):
        local(world_of, expression)


@pytest.mark.parametrize(
    ("expression", "answer"), [("path.root", "."), ("path.module", "."), ("terraform.workspace", "default")]
)
def test_the_configuration_knows_of_itself(expression: str, answer: str, world_of: Callable[..., World]) -> None:
    assert local(world_of, expression).plain() == answer


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("locals {\n  a = local.b\n  b = local.a\n}\n", "local.a"),
        ("locals {\n  a = [local.a]\n}\n", "local.a"),
        ("locals {\n  a = try(local.a, 1)\n}\n", "local.a"),
    ],
)
def test_a_value_that_needs_itself_is_a_cycle_where_it_is_declared(
    text: str, name: str, world_of: Callable[..., World]
) -> None:
    with pytest.raises(CycleFault, match=f"{name} depends on itself") as raised:
        world_of(text).scope.local("a")
    assert raised.value.span.line == 2


def test_the_number_of_a_resources_instances_may_not_depend_on_it(world_of: Callable[..., World]) -> None:
    world = world_of('resource "aws_x" "r" {\n  count = length(aws_x.r)\n}\n')
    with pytest.raises(CycleFault, match=r"the number of aws_x.r depends on itself"):
        world.scope.instances("managed", "aws_x", "r")


@pytest.mark.parametrize(
    ("argument", "expression", "answer"),
    [
        ("", "aws_x.r.arn", "aws_x.r.arn"),
        ("count = 2", "aws_x.r[1].arn", "aws_x.r[1].arn"),
        ("count = 2", "aws_x.r[var.free].arn", "aws_x.r[?].arn"),
        ('for_each = { k = "v" }', 'aws_x.r["k"].arn', 'aws_x.r["k"].arn'),
        ("count = var.free", "aws_x.r[0].arn", "aws_x.r[0].arn"),
        ("count = var.free", "aws_x.r[var.free].arn", "aws_x.r[?].arn"),
    ],
)
def test_a_reference_means_an_instance(
    argument: str, expression: str, answer: str, world_of: Callable[..., World]
) -> None:
    more = f'variable "free" {{}}\nresource "aws_x" "r" {{\n{argument}\n}}\n'
    assert str(local(world_of, expression, more)) == answer


def test_a_resource_that_is_not_enabled_is_null(world_of: Callable[..., World]) -> None:
    more = 'resource "aws_x" "r" {\n  lifecycle {\n    enabled = false\n  }\n}\n'
    assert local(world_of, "aws_x.r", more).is_null


def test_an_output_is_what_it_says_and_secret_if_it_says_so(world_of: Callable[..., World]) -> None:
    scope = world_of('output "o" {\n  value     = "x"\n  sensitive = true\n}\noutput "empty" {}\n').scope
    assert scope.output("o").plain() == "x"
    assert scope.output("o").sensitive
    for name, why in (("empty", "output 'empty' has no value"), ("nope", "there is no output 'nope'")):
        with pytest.raises(Fault, match=why):
            scope.output(name)


def test_a_fault_is_made_an_unknown_and_a_cycle_is_reported(world_of: Callable[..., World]) -> None:
    world = world_of("locals {\n  bad = 1 / 0\n  loop = local.loop\n}\n")
    assert world.scope.safely(world.scope.local, "bad").why == "it cannot be evaluated: division by zero"
    assert not world.faults
    assert "depends on itself" in world.scope.safely(world.scope.local, "loop").why
    assert [unknown.span.line for unknown in world.faults.values()] == [3]
