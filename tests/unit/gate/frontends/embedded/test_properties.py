"""Properties of CloudFormation in the provider's terms."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import NOWHERE
from tapeproof.gate.facts import rows
from tapeproof.gate.frontends.embedded.properties import (
    cloudformation_type_of,
    is_translated,
    names_of,
    translate,
    underscore,
)
from tapeproof.gate.frontends.plain import value_of


def test_nested_properties_become_blocks() -> None:
    properties = {"TableName": "t", "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True}}
    type_, attributes = translate("AWS::DynamoDB::Table", value_of(properties, NOWHERE))
    assert type_ == "aws_dynamodb_table"
    assert {name: value.plain() for name, value in attributes.items()} == {
        "name": "t",
        "point_in_time_recovery": [{"enabled": True}],
    }


def test_lists_keep_their_order() -> None:
    policies = [{"PolicyName": "a", "PolicyDocument": {}}, {"PolicyName": "b", "PolicyDocument": {}}]
    _, attributes = translate("AWS::IAM::Role", value_of({"Policies": policies}, NOWHERE))
    assert [entry.entry("name").plain() for entry in attributes["inline_policy"].elements()] == ["a", "b"]


def test_what_cloudformation_computes_is_not_known() -> None:
    _, attributes = translate("AWS::SQS::Queue", value_of({"QueueName": {"Fn::Sub": "x"}}, NOWHERE))
    assert "Fn::Sub" in attributes["name"].why


@pytest.mark.parametrize(
    ("name", "spelt"),
    [("RetentionInDays", "retention_in_days"), ("KMSMasterKeyId", "kms_master_key_id"), ("SSEEnabled", "sse_enabled")],
)
def test_the_awscc_provider_spells_with_underscores(name: str, spelt: str) -> None:
    assert underscore(name) == spelt


def test_each_type_has_a_name_of_the_awscc_provider() -> None:
    assert cloudformation_type_of("awscc_logs_log_group") == "AWS::Logs::LogGroup"
    assert cloudformation_type_of("awscc_ec2_vpc") == ""
    assert all(is_translated(row["cloudformation_type"]) for row in rows("cloudformation"))


@pytest.mark.parametrize(
    ("underscored", "attribute", "written"),
    [
        (False, "force_delete", "EmptyOnDelete"),
        (True, "force_delete", "empty_on_delete"),
        (False, "name", "RepositoryName"),
        (True, "name", "repository_name"),
    ],
)
def test_attributes_have_the_names_of_where_they_are_written(underscored: bool, attribute: str, written: str) -> None:
    assert names_of("AWS::ECR::Repository", underscored=underscored)[attribute] == written


def test_what_is_called_alike_has_no_other_name() -> None:
    assert "retention_in_days" not in names_of("AWS::Logs::LogGroup", underscored=True)
