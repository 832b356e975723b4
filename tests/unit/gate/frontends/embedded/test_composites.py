"""Types of CloudFormation that are several resources of the provider."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.gate.engine.model import NOWHERE, Ref
from tapeproof.gate.frontends.embedded.composites import Part, Whole, parts_of
from tapeproof.gate.frontends.embedded.properties import is_translated, underscore
from tapeproof.gate.frontends.plain import value_of


def parts(kind: str, properties: dict[str, Any], policy: str = "", *, awscc: bool = False) -> list[Part]:
    spell = underscore if awscc else str
    return list(parts_of(Whole(kind, value_of(properties, NOWHERE), "here", policy, spell)))


@pytest.mark.parametrize(
    ("kind", "properties", "suffixes"),
    [
        ("AWS::SQS::Queue", {}, [""]),
        ("AWS::Events::Rule", {"Targets": [{"Id": "a"}, {"Id": "b"}]}, ["", "/Targets/0", "/Targets/1"]),
        ("AWS::S3::Bucket", {}, [""]),
        ("AWS::ECR::Repository", {}, [""]),
        ("AWS::ECR::Repository", {"RepositoryPolicyText": {}}, ["", "/Policy"]),
        ("AWS::EFS::FileSystem", {"FileSystemPolicy": {}}, ["", "/Policy"]),
        ("AWS::DynamoDB::Table", {"ResourcePolicy": {"PolicyDocument": {}}}, ["", "/Policy"]),
        ("AWS::Backup::BackupVault", {"AccessPolicy": {}}, ["", "/Policy"]),
        ("AWS::S3::Bucket", {"PublicAccessBlockConfiguration": {}}, ["", "/PublicAccessBlockConfiguration"]),
        ("AWS::S3::Bucket", {"NotificationConfiguration": {}}, ["", "/NotificationConfiguration"]),
        ("AWS::DynamoDB::GlobalTable", {"Replicas": [{}, {}]}, ["", "/Replicas/1"]),
        ("AWS::SQS::QueuePolicy", {"Queues": ["a", "b"]}, ["", "/Queues/1"]),
        ("AWS::SQS::QueuePolicy", {}, [""]),
        ("AWS::IAM::ManagedPolicy", {"Roles": ["a"]}, ["", "/Roles/0"]),
        ("AWS::Backup::BackupVault", {"LockConfiguration": {"MinRetentionDays": 1}}, ["", "/LockConfiguration"]),
    ],
)
def test_a_whole_has_its_parts(kind: str, properties: dict[str, Any], suffixes: list[str]) -> None:
    found = parts(kind, properties)
    assert [part.suffix for part in found] == suffixes
    assert all(is_translated(part.kind) for part in found)


def test_a_target_is_of_its_rule_and_bus() -> None:
    _, named = parts("AWS::Events::Rule", {"Name": "r", "EventBusName": "b", "Targets": [{"Arn": "x"}]})
    assert named.properties.plain() == {"Arn": "x", "Rule": "r", "EventBusName": "b"}
    _, unnamed = parts("AWS::Events::Rule", {"Targets": [{}]})
    assert unnamed.properties.entry("Rule") == Ref("here", "name", resource_type="aws_cloudwatch_event_rule")


def test_a_pattern_is_json_as_the_provider_takes_it() -> None:
    (rule,) = parts("AWS::Events::Rule", {"EventPattern": {"source": ["a"]}})
    assert rule.properties.entry("EventPattern").text() == '{"source":["a"]}'
    (written,) = parts("AWS::Events::Rule", {"event_pattern": "{}"}, awscc=True)
    assert written.properties.entry("event_pattern").text() == "{}"


def test_a_region_has_settings_of_its_own() -> None:
    replicas = [{"Region": "a"}, {"Region": "b", "SSESpecification": {"KMSMasterKeyId": "k"}}]
    properties = {"TableName": "t", "SSESpecification": {"SSEEnabled": True}, "Replicas": replicas}
    one, other = parts("AWS::DynamoDB::GlobalTable", properties)
    assert one.properties.plain() == {"Region": "a", "TableName": "t", "SSESpecification": {"SSEEnabled": True}}
    assert other.properties.entry("SSESpecification").plain() == {"SSEEnabled": True, "KMSMasterKeyId": "k"}


@pytest.mark.parametrize(
    ("kind", "properties", "policy", "leaves"),
    [
        ("AWS::RDS::DBInstance", {}, "", True),
        ("AWS::RDS::DBInstance", {}, "Delete", False),
        ("AWS::RDS::DBInstance", {}, "Snapshot", True),
        ("AWS::RDS::DBInstance", {"DBClusterIdentifier": "c"}, "", False),
        ("AWS::RDS::DBCluster", {"DBClusterIdentifier": "c"}, "", True),
        ("AWS::Neptune::DBCluster", {}, "", False),
        ("AWS::Redshift::Cluster", {}, "Snapshot", True),
    ],
)
def test_a_database_leaves_a_snapshot_as_its_deletion_policy_says(
    kind: str, properties: dict[str, Any], policy: str, *, leaves: bool
) -> None:
    (database,) = parts(kind, properties, policy)
    assert database.properties.entry("SkipFinalSnapshot").boolean() is not leaves


def test_a_load_balancer_is_protected_by_an_attribute() -> None:
    attributes = [{"Key": "idle_timeout.timeout_seconds", "Value": "60"}]
    (free,) = parts("AWS::ElasticLoadBalancingV2::LoadBalancer", {"LoadBalancerAttributes": attributes})
    assert "EnableDeletionProtection" not in free.properties.entries()
    attributes.append({"Key": "deletion_protection.enabled", "Value": "true"})
    (kept,) = parts("AWS::ElasticLoadBalancingV2::LoadBalancer", {"LoadBalancerAttributes": attributes})
    assert kept.properties.entry("EnableDeletionProtection").text() == "true"


def test_the_statement_of_a_bus_becomes_a_document() -> None:
    (policy,) = parts("AWS::Events::EventBusPolicy", {"Statement": {"Effect": "Allow"}})
    assert policy.properties.entry("Policy").plain() == {"Statement": {"Effect": "Allow"}}
