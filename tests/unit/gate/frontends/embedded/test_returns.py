"""What Ref and Fn::GetAtt give of a template's resources is the attribute of the resource that is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.engine.model import Known, Ref, Span, Text
from tapeproof.gate.facts import rows
from tapeproof.gate.frontends.embedded.intrinsics import terms_of, with_parameters
from tapeproof.gate.frontends.embedded.properties import is_translated, property_of
from tapeproof.gate.frontends.embedded.returns import name_made_for
from tapeproof.gate.frontends.plain import value_of

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Value

NOWHERE = Span("template.yaml", 1, 1)
TEMPLATE = {
    "Parameters": {"Prefix": {"Type": "String", "Default": "a"}},
    "Resources": {
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "${Prefix}-dead"}}},
        "Topic": {"Type": "AWS::SNS::Topic"},
        "Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "g"}},
        "Here": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "${AWS::Region}"}}},
        "Strange": {"Type": "AWS::EC2::VPC"},
    },
}


def put(written: Any) -> Value:  # noqa: ANN401 - JSON is Any
    return with_parameters(
        value_of(written, NOWHERE), terms_of(value_of(TEMPLATE, NOWHERE), Known({}, kind="map"), "s")
    )


@pytest.mark.parametrize(
    ("written", "address", "path"),
    [
        ({"Ref": "Queue"}, "s/Queue", "url"),
        ({"Ref": "Topic"}, "s/Topic", "arn"),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, "s/Queue", "arn"),
        ({"Fn::GetAtt": "Queue.Arn"}, "s/Queue", "arn"),
        ({"Fn::GetAtt": ["Topic", "TopicName"]}, "s/Topic", "name"),
    ],
)
def test_a_reference_is_to_the_attribute_that_the_guide_names(written: Any, address: str, path: str) -> None:  # noqa: ANN401 - JSON is Any
    value = put(written)
    assert isinstance(value, Ref)
    assert (value.resource, value.path) == (address, path)
    assert value.resource_type.startswith("aws_")


@pytest.mark.parametrize(
    "written",
    [{"Fn::GetAtt": ["Queue", "QueueName"]}, {"Fn::Sub": "${Queue.QueueName}"}, {"Fn::Join": ["-", ["a", "dead"]]}],
)
def test_a_name_that_is_written_is_known(written: Any) -> None:  # noqa: ANN401 - JSON is Any
    assert put(written).plain() == "a-dead"


def test_a_part_of_a_text_keeps_what_it_refers_to() -> None:
    value = put({"Fn::Sub": "${Topic.TopicArn}/x"})
    assert isinstance(value, Text)
    assert [getattr(piece.content, "path", piece.content) for piece in value.pieces] == ["arn", "/x"]


def test_the_arn_of_a_log_group_ends_in_a_star() -> None:
    assert put({"Fn::GetAtt": ["Group", "Arn"]}).contains(":*")


def test_one_pseudo_parameter_is_the_same_wherever_it_stands() -> None:
    assert put({"Fn::Sub": "x-${AWS::Region}"}).same_as(put({"Fn::Sub": "x-${Here.QueueName}"}))


@pytest.mark.parametrize(
    "written",
    [{"Ref": "Strange"}, {"Ref": "Nobody"}, {"Fn::GetAtt": ["Queue", "Nothing"]}, {"Fn::GetAtt": ["Queue"]}],
)
def test_what_no_table_knows_stays_as_it_is_written(written: Any) -> None:  # noqa: ANN401 - JSON is Any
    assert put(written).plain() == written


def test_every_type_that_returns_something_is_one_that_is_read() -> None:
    types = {row["cloudformation_type"] for row in rows("cloudformation_returns")}
    assert {type_ for type_ in types if not is_translated(type_)} == set()


def test_a_name_that_cloudformation_makes_is_the_resources_own() -> None:
    assert property_of("AWS::Lambda::Function", "function_name") == "FunctionName"
    assert property_of("AWS::Lambda::Function", "nothing") == ""
    path, ref = name_made_for("s/Feed", "aws_lambda_function")
    assert (path, ref.resource, ref.path) == ("function_name", "s/Feed", "function_name")
