"""Rules are plain functions; the decorator makes one answer of each resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.model import Finding, Known, Resource, Stack, Undecided, Unknown, Value, Verdict
from tapeproof.gate.engine.rule import each, each_data, judge_all, whole

if TYPE_CHECKING:
    from collections.abc import Iterator


def function(name: Value, **attributes: Value) -> Resource:
    return Resource(
        type="aws_lambda_function",
        name="trade",
        address="aws_lambda_function.trade",
        attributes={"function_name": name, **attributes},
    )


def test_an_undecided_rule_gives_unknown_and_a_silent_one_gives_pass() -> None:
    @each("aws_lambda_function")
    def judge(resource, stack, parameters):  # noqa: ANN001, ANN202 - as rules are written
        if resource["timeout"].number() > 30:
            yield resource.fails(resource["timeout"], "too long")

    stack = Stack(
        root=".",
        front_end="hcl",
        everything=(
            function(Known("a"), timeout=Known(60)),
            function(Known("b"), timeout=Unknown("it depends")),
            function(Known("c"), timeout=Known(3)),
        ),
    )
    assert [finding.verdict for finding in judge(stack, {})] == [Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS]


def test_a_rule_over_the_whole_stack_gives_unknown_too() -> None:
    @whole
    def judge(stack, parameters):  # noqa: ANN001, ANN202 - as rules are written
        raise Undecided(Unknown("it depends"))

    assert [finding.verdict for finding in judge(Stack(root=".", front_end="hcl"), {})] == [Verdict.UNKNOWN]


def test_one_that_is_undecided_does_not_hide_the_next_that_fails() -> None:
    resource = function(Known("a"))

    def judge(value: Value) -> Iterator[Finding]:
        if value.number() > 1:
            yield resource.fails(value, "too many")

    judged = judge_all([Known(0), Unknown("it depends"), Known(2)], judge)
    assert next(judged).message == "too many"
    with pytest.raises(Undecided, match="it depends"):
        next(judged)


def test_each_judges_resources_and_each_data_judges_data_sources() -> None:
    made = function(Known("a"))
    data = Resource(type="aws_lambda_function", name="d", address="data.aws_lambda_function.d", mode="data")
    stack = Stack(root=".", front_end="hcl", everything=(made, data))
    for decorate, address in ((each, made.address), (each_data, data.address)):
        judge = decorate("aws_lambda_function")(lambda one, *_: [one.fails(one.span, "no")])
        assert [finding.resource for finding in judge(stack, {})] == [address]
