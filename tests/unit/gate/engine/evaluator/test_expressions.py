"""Expressions have the values that Terraform gives them; what is not known does not hide what is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator import expressions
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.model import Known, Unknown
from tapeproof.gate.frontends.hcl.parser import parse_expression

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.world import World
    from tapeproof.gate.engine.model import Value


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('[for k, v in { b = 1, a = 2 } : "${k}${v}"]', ["a2", "b1"]),
        ("[for v in [1, 2, 3] : v if v != 2]", [1, 3]),
        ('{ for k, v in ["x"] : v => k }', {"x": 0}),
        ('{ for v in ["a", "a"] : v => 1... }', {"a": [1, 1]}),
        ('{ for v in ["a", "a"] : v => 1 }', Fault),
        ("{ for v in [1] : null => v }", Fault),
        ("[for v in 5 : v]", Fault),
        ('{ a = 1, ("b") = 2, 3 = 4 }', {"a": 1, "b": 2, "3": 4}),
        ("{ (null) = 1 }", Fault),
        ('true ? [1] : ["a"]', ["1"]),
        ("true ? 1 : nope()", 1),
        ("true ? [1] : nope()", [1]),
        ("null ? 1 : 2", Fault),
        ("false && nope()", False),
        ("true || nope()", True),
        ("true && nope()", Fault),
        ("try(nope(), null.a, 3)", 3),
        ("try(nope())", Fault),
        ("try()", Fault),
        ("can(nope())", False),
        ("can(1)", True),
        ("can(1, 2)", Fault),
        ("max([1, 3]...)", 3),
        ("max({}...)", Fault),
        ('core::upper("a")', "A"),
        ("[{ a = 1 }, { a = 2 }][*].a", [1, 2]),
        ("null[*]", []),
        ("5[*]", [5]),
        ("[[1], [2]][*][0]", [1, 2]),
        ("nowhere.x", Fault),
        ('templatestring("a", {})', "a"),
    ],
)
def test_an_expression_has_the_value_that_terraform_gives_it(
    text: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(text) == answer


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[for v in var.free : v]", "var.free has no value"),
        ("[for v in [1] : v if var.free == v]", "it is not known which elements the condition takes"),
        ("{ for v in [1] : var.free => v }", "it is not known which keys the loop makes"),
        ("{ (var.free) = 1 }", "a key of this object is not known"),
        ("var.free ? 1 : 2", "var.free has no value"),
        ("upper(var.free...)", "the arguments of upper() are not known"),
        ('provider::local::direxists("x")', "a function of a provider"),
        ("can(var.free)", "var.free has no value"),
        ('can(["a${var.free}"])', "var.free has no value"),
    ],
)
def test_what_cannot_be_told_is_unknown_and_says_why(text: str, why: str, evaluate: Callable[[str], Value]) -> None:
    value = evaluate(text)
    assert isinstance(value, Unknown)
    assert why in value.why


def test_both_branches_alike_need_no_condition(plain: Callable[[str], object]) -> None:
    assert plain("var.free ? 30 : 30") == 30


def test_a_reference_surely_can_be_evaluated(plain: Callable[[str], object]) -> None:
    assert plain("can(aws_sqs_queue.q.arn)") is True


def test_a_secret_condition_makes_its_result_secret(evaluate: Callable[[str], Value]) -> None:
    assert evaluate('var.secret == "x" ? 1 : 2').sensitive


def test_a_long_chain_of_operators_takes_no_more_of_the_stack_than_a_short_one(plain: Callable[[str], object]) -> None:
    assert plain(" + ".join(["1"] * 3000)) == 3000


def test_a_configuration_that_takes_too_many_steps_is_refused(
    world_of: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expressions, "_MOST_STEPS", 50)
    world = world_of("")
    node = parse_expression("[for v in range(100) : v]", "main.tf")
    with pytest.raises(SourceError, match="takes more than 50 steps"):
        world.evaluator.evaluate(node, world.scope.frame("main.tf"))


def test_a_refused_expression_is_unknown_where_it_stands(world_of: Callable[..., World]) -> None:
    world = world_of("locals {\n  a = 1 / 0\n}\n")
    node = world.scope.configuration.local_values["a"].attribute.expression
    value = world.evaluator.attempt(node, world.scope.frame("main.tf"))
    assert (value.why, str(value.span)) == ("it cannot be evaluated: division by zero", "main.tf:2:7")


def test_every_constant_stands_where_it_is_written(evaluate: Callable[[str], Value]) -> None:
    value = evaluate('["a", 1]')
    assert isinstance(value, Known)
    first, second = value.elements()
    assert second.span.column - first.span.column == len('"a", ')
