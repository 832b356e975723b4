"""Variables, local values and outputs, each evaluated once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.model import Known, Origin

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.world import World
    from tapeproof.gate.engine.model import Value


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
    ("expression", "answer"), [("path.root", "."), ("path.module", "."), ("terraform.workspace", "default")]
)
def test_the_configuration_knows_of_itself(expression: str, answer: str, world_of: Callable[..., World]) -> None:
    assert world_of(f"locals {{\n  it = {expression}\n}}\n").scope.local("it").plain() == answer


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


def test_an_output_is_what_it_says_and_secret_if_it_says_so(world_of: Callable[..., World]) -> None:
    scope = world_of('output "o" {\n  value     = "x"\n  sensitive = true\n}\noutput "empty" {}\n').scope
    assert scope.output("o").plain() == "x"
    assert scope.output("o").sensitive
    for name, why in (("empty", "output 'empty' has no value"), ("nope", "there is no output 'nope'")):
        with pytest.raises(Fault, match=why):
            scope.output(name)
