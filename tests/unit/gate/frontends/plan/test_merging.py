"""A planned value keeps what is known, and a reference or an unknown where it is known only after apply."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.gate.engine.model import Known, Origin, Ref, Span, Unknown
from tapeproof.gate.frontends.plan.configuration import Configuration
from tapeproof.gate.frontends.plan.merging import Place, Planned

PLACE = Place(Configuration({"root_module": {}}).scope(""), Span("plan.json"))
ARN = {"references": ["aws_sqs_queue.q.arn", "aws_sqs_queue.q"]}
TWO = {"references": ["aws_sqs_queue.q.arn", "aws_sqs_queue.p.arn"]}


def merged(value: Any, unknown: Any = False, expression: Any = None, sensitive: Any = False) -> Any:  # noqa: ANN401 - JSON
    return Planned(value, unknown, expression, sensitive).merge_value(PLACE)


def test_what_is_known_only_after_apply_is_the_reference_that_makes_it() -> None:
    assert merged(None, True, ARN) == Ref(
        "aws_sqs_queue.q", "arn", span=PLACE.span, origins=frozenset({Origin("aws_sqs_queue.q", "arn")})
    )


@pytest.mark.parametrize("expression", [TWO, None, {"references": ["local.x"]}, {"references": ["aws_sqs_queue.q"]}])
def test_what_several_things_make_or_nobody_says_is_unknown(expression: object) -> None:
    value = merged(None, True, expression)
    assert isinstance(value, Unknown)
    assert value.why == "it is known only after apply"


def test_unknown_parts_stand_among_known_ones() -> None:
    value = merged({"a": 1, "list": ["x", None]}, {"b": True, "list": [False, True]}, {"references": ["var.x"]})
    assert value.entry("a").plain() == 1
    assert not value.entry("b").known
    assert [part.known for part in value.entry("list").elements()] == [True, False]


def test_each_block_has_its_own_expressions_when_the_plan_has_as_many() -> None:
    blocks = merged([{"arn": None}, {"arn": None}], [{"arn": True}, {"arn": True}], [{"arn": ARN}, {"arn": TWO}])
    first, second = blocks.elements()
    assert str(first.entry("arn")) == "aws_sqs_queue.q.arn"
    assert isinstance(second.entry("arn"), Unknown)
    (only,) = merged([{"arn": None}], [{"arn": True}], [{"arn": ARN}, {"arn": ARN}]).elements()
    assert isinstance(only.entry("arn"), Unknown)


def test_what_a_provider_fills_into_a_block_counts_as_absent() -> None:
    value = merged({"written": 1, "filled": 2, "nested": []}, False, {"written": {"constant_value": 1}})
    assert sorted(value.value) == ["nested", "written"]


def test_a_known_value_remembers_the_data_source_it_came_from() -> None:
    value = merged("text", False, {"references": ["data.aws_iam_policy_document.d.json"]})
    assert value == Known(
        "text", span=PLACE.span, origins=frozenset({Origin("data.aws_iam_policy_document.d", "json")})
    )
    assert merged("text", False, ARN).origins == frozenset()


def test_secrecy_is_kept_in_parallel() -> None:
    value = merged({"a": "x", "b": "y"}, False, {"references": ["var.x"]}, {"a": True})
    assert [value.entry("a").sensitive, value.entry("b").sensitive] == [True, False]
    assert merged(None, True, ARN, True).sensitive
    assert merged(["x"], False, None, True).sensitive


@pytest.mark.parametrize(
    ("marks", "expression", "filled", "is_there"),
    [
        pytest.param([], {}, (), True, id="a dynamic block of a number that is not known"),
        pytest.param([], {}, ("inner",), False, id="a block that the provider fills in"),
        pytest.param([], {}, ("outer.inner",), True, id="another block of the same name"),
        pytest.param(False, {}, (), False, id="a single value that the provider fills in"),
        pytest.param(None, {}, (), False, id="a value without marks"),
        pytest.param([], {"inner": ARN}, ("inner",), True, id="a list that is written"),
    ],
)
def test_a_block_of_which_a_plan_knows_no_number_is_there_unless_the_provider_fills_it_in(
    marks: object, expression: object, filled: tuple[str, ...], is_there: bool
) -> None:
    whole = Planned({}, {"inner": True}, expression, {"inner": marks}, filled=filled)
    assert ("inner" in whole.merge_value(PLACE).entries()) is is_there


def test_a_dynamic_block_within_a_block_is_not_forgotten_either() -> None:
    whole = Planned({"outer": [{}]}, {"outer": [{"inner": True}]}, {"outer": [{}]}, {"outer": [{"inner": []}]})
    (outer,) = whole.merge_value(PLACE).entry("outer").elements()
    assert isinstance(outer.entry("inner"), Unknown)
    filled = Planned(whole.value, whole.unknown, whole.expression, whole.sensitive, filled=("outer.inner",))
    (outer,) = filled.merge_value(PLACE).entry("outer").elements()
    assert "inner" not in outer.entries()
