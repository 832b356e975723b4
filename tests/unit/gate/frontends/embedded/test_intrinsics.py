"""What CloudFormation computes is told as far as a template's parameters decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.engine.model import Known, Span, Undecided, Unknown
from tapeproof.gate.frontends.embedded.intrinsics import Terms, parameters_of, terms_of, with_parameters
from tapeproof.gate.frontends.plain import value_of

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Value

NOWHERE = Span("template.yaml", 1, 1)
KNOWN = {"Prefix": Known("s3"), "Days": Known(7)}


def put(data: Any) -> Value:  # noqa: ANN401 - JSON is Any
    return with_parameters(value_of(data, NOWHERE), Terms(KNOWN))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ({"Ref": "Days"}, 7),
        ({"Ref": "AWS::NoValue"}, None),
        ({"Fn::Sub": "${Prefix}:Get"}, "s3:Get"),
        ({"Fn::Sub": ["${Prefix}-${Own}", {"Own": "x"}]}, "s3-x"),
        ({"Fn::Join": [":", ["a", {"Ref": "Prefix"}, "b"]]}, "a:s3:b"),
        ({"Fn::Base64": {"Fn::Sub": "${Prefix}"}}, "czM="),
        ([{"a": {"Ref": "Prefix"}}], [{"a": "s3"}]),
        ({"Fn::Sub": "$!{Literal}"}, "$!{Literal}"),
    ],
)
def test_what_parameters_decide_is_put_in(written: Any, value: Any) -> None:  # noqa: ANN401 - JSON is Any
    assert put(written).plain() == value


@pytest.mark.parametrize(
    "written",
    [{"Fn::Sub": "arn:${AWS::Region}:*"}, {"Fn::Join": ["", ["arn:", {"Fn::GetAtt": ["B", "Arn"]}, "/*"]]}],
)
def test_a_text_with_a_part_that_is_computed_keeps_what_is_written(written: Any) -> None:  # noqa: ANN401 - JSON is Any
    value = put(written)
    assert value.contains("*")
    with pytest.raises(Undecided):
        value.text()


@pytest.mark.parametrize(
    "written", [{"Ref": "Bucket"}, {"Fn::GetAtt": ["B", "Arn"]}, {"Fn::Sub": 3}, {"a": 1, "Ref": "Days"}]
)
def test_what_parameters_do_not_decide_stays_as_it_is_written(written: Any) -> None:  # noqa: ANN401 - JSON is Any
    assert put(written).plain() == written


def test_what_the_stack_gives_comes_before_the_default_and_an_unknown_map_tells_nothing() -> None:
    template = value_of({"Parameters": {"A": {"Default": 1}, "B": {"Default": 2}, "C": {"Type": "String"}}}, NOWHERE)
    found = parameters_of(template, value_of({"A": 5}, NOWHERE))
    assert {name: value.plain() for name, value in found.items()} == {"A": 5, "B": 2}
    assert parameters_of(template, Unknown("it is given later")) == {}


TEMPLATE = {
    "Parameters": {
        "Env": {"Type": "String", "Default": "prod"},
        "Days": {"Type": "CommaDelimitedList", "Default": "7, 30"},
        "Open": {"Type": "String"},
    },
    "Mappings": {"Keep": {"prod": {"Days": 7}}},
    "Conditions": {
        "IsProd": {"Fn::Equals": [{"Ref": "Env"}, "prod"]},
        "IsOpen": {"Fn::Equals": [{"Ref": "Open"}, "yes"]},
        "Neither": {"Fn::Not": [{"Fn::Or": [{"Condition": "IsProd"}, {"Condition": "IsOpen"}]}]},
        "Both": {"Fn::And": [{"Condition": "IsProd"}, {"Condition": "IsOpen"}]},
        "Circular": {"Fn::Not": [{"Condition": "Circular"}]},
    },
}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ({"Fn::If": ["IsProd", 7, 30]}, 7),
        ({"Fn::If": ["Neither", 7, 30]}, 30),
        ({"Fn::If": ["Both", 7, 30]}, {"Fn::If": ["Both", 7, 30]}),
        ({"Fn::If": ["Circular", 7, 30]}, {"Fn::If": ["Circular", 7, 30]}),
        ({"Fn::If": ["Undeclared", 7, 30]}, {"Fn::If": ["Undeclared", 7, 30]}),
        ({"Fn::FindInMap": ["Keep", {"Ref": "Env"}, "Days"]}, 7),
        ({"Fn::FindInMap": ["Keep", {"Ref": "Open"}, "Days"]}, {"Fn::FindInMap": ["Keep", {"Ref": "Open"}, "Days"]}),
        ({"Fn::FindInMap": ["Keep", "dev", "Days"]}, {"Fn::FindInMap": ["Keep", "dev", "Days"]}),
        ({"Fn::Select": [0, {"Ref": "Days"}]}, "7"),
        ({"Fn::Select": ["1", {"Fn::Split": ["-", "a-b"]}]}, "b"),
        ({"Fn::Select": [9, ["a"]]}, {"Fn::Select": [9, ["a"]]}),
        (["a", {"Fn::If": ["IsProd", {"Ref": "AWS::NoValue"}, "b"]}], ["a"]),
    ],
)
def test_conditions_mappings_and_lists_choose_where_parameters_decide(written: Any, value: Any) -> None:  # noqa: ANN401 - JSON is Any
    terms = terms_of(value_of(TEMPLATE, NOWHERE), Known({}, kind="object"))
    assert with_parameters(value_of(written, NOWHERE), terms).plain() == value
