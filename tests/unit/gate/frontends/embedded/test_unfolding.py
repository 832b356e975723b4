"""Resources in CloudFormation's terms are judged like any other, or said not to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.model import Stack

POLICIES = {policy.id: policy for policy in catalog()}
YAML = """
resource "aws_cloudformation_stack" "s" {
  template_body = <<-EOT
    AWSTemplateFormatVersion: 2010-09-09
    Resources:
      Job:
        Type: AWS::Lambda::Function
        Properties:
          FunctionName: !Sub "lambda-${AWS::Region}"
          Runtime: python3.8
          Timeout: 900
          MemorySize: 512
      Logs:
        Type: AWS::Logs::LogGroup
        Properties: {LogGroupName: logs, RetentionInDays: ${var.days}}
  EOT
}
variable "days" {
  default = 7
}
"""
JSON = 'resource "{}" "x" {{\n {} = jsonencode({})\n {}\n}}'
ROLE = (
    '{ Resources = { R = { Type = "AWS::IAM::Role", Properties = { Policies = [{ PolicyDocument = { Statement = ['
    '{ Effect = "Allow", Action = "s3:*", Resource = "*" }] } }] } } } }'
)


def stack(folder: Path, source: str) -> Stack:
    (folder / "main.tf").write_text(source.replace("${AWS::", "$${AWS::"))
    return read(folder)


def failing(stack: Stack, policy: str) -> set[str]:
    findings = POLICIES[policy].judge(stack, POLICIES[policy].settings())
    return {finding.resource for finding in findings if finding.verdict.value == "fail"}


@pytest.mark.parametrize(
    ("source", "policy", "address"),
    [
        (YAML, "TP_LOG_1", "aws_cloudformation_stack.s/Logs"),
        (YAML, "TP_RUN_1", "aws_cloudformation_stack.s/Job"),
        (YAML, "TP_RUN_2", "aws_cloudformation_stack.s/Job"),
        (
            JSON.format("aws_cloudformation_stack", "template_body", ROLE, ""),
            "TP_IAM_1",
            "aws_cloudformation_stack.x/R",
        ),
        (
            JSON.format(
                "aws_cloudcontrolapi_resource",
                "desired_state",
                '{ AuthType = "NONE" }',
                'type_name = "AWS::Lambda::Url"',
            ),
            "TP_IAM_3",
            "aws_cloudcontrolapi_resource.x",
        ),
        ('resource "awscc_dynamodb_table" "t" {\n table_name = "t"\n}', "TP_DDB_1", "awscc_dynamodb_table.t"),
        (
            (
                'resource "awscc_dynamodb_table" "t" {\n point_in_time_recovery_specification = {\n'
                " point_in_time_recovery_enabled = true\n recovery_period_in_days = 3\n}\n}"
            ),
            "TP_DDB_1",
            "awscc_dynamodb_table.t",
        ),
        ('resource "awscc_lambda_url" "u" {\n auth_type = "NONE"\n}', "TP_IAM_3", "awscc_lambda_url.u"),
        (
            (
                'resource "awscc_logs_log_group" "g" {\n retention_in_days = 365\n lifecycle {\n'
                " ignore_changes = [retention_in_days]\n}\n}"
            ),
            "TP_LOG_1",
            "awscc_logs_log_group.g",
        ),
    ],
)
def test_what_is_written_in_cloudformations_terms_is_judged(
    tmp_path: Path, source: str, policy: str, address: str
) -> None:
    assert failing(stack(tmp_path, source), policy) == {address}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ('resource "aws_cloudformation_stack" "s" {\n template_url = "https://x/y"\n}', "behind a URL"),
        ('resource "aws_cloudformation_stack" "s" {\n template_body = "- a\\n- b"\n}', "no CloudFormation template"),
        ('resource "aws_cloudformation_stack" "s" {\n template_body = "a: &x 1\\nb: *x"\n}', "neither JSON nor YAML"),
        (
            'resource "aws_cloudformation_stack_set" "s" {\n template_body = var.t\n}\nvariable "t" {}',
            "var.t has no value",
        ),
        (
            JSON.format(
                "aws_cloudformation_stack", "template_body", '{ Resources = { A = { Type = "AWS::EC2::VPC" } } }', ""
            ),
            "AWS::EC2::VPC",
        ),
        ('resource "aws_cloudcontrolapi_resource" "s" {\n type_name = "AWS::EC2::VPC"\n}', "AWS::EC2::VPC"),
        ('resource "awscc_ec2_vpc" "s" {\n}', "no policy reads this type"),
        ('resource "aws_servicecatalog_provisioned_product" "s" {\n}', "a template that lies elsewhere"),
        ('resource "aws_cloudformation_stack_instances" "s" {\n stack_set_name = "x"\n}', "lies elsewhere"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, source: str, why: str) -> None:
    (unread,) = stack(tmp_path, source).unread
    assert why in unread.why


def test_a_repaired_template_passes(tmp_path: Path) -> None:
    repaired = stack(tmp_path, YAML.replace("= 7", "= 365").replace("python3.8", "python3.11").replace("900", "60"))
    assert [failing(repaired, policy) for policy in ("TP_LOG_1", "TP_RUN_1", "TP_RUN_2")] == [set(), set(), set()]


def test_a_name_that_cloudformation_makes_holds_the_name_of_the_stack(tmp_path: Path) -> None:
    queue = '{ Resources = { Q = { Type = "AWS::SQS::Queue" } } }'
    more = 'name = "stack-feeds-${var.environment_suffix}"\n}\nvariable "environment_suffix" {'
    made = stack(tmp_path, JSON.format("aws_cloudformation_stack", "template_body", queue, more))
    assert failing(made, "TP_NAM_1") == set()
    (found,) = made.resources("aws_sqs_queue")
    assert found["name"].span.line


def test_a_snapshot_of_a_template_is_mended_in_the_template(tmp_path: Path) -> None:
    database = '{ Resources = { D = { Type = "AWS::RDS::DBCluster" } } }'
    made = stack(tmp_path, JSON.format("aws_cloudformation_stack", "template_body", database, ""))
    (finding,) = (one for one in POLICIES["TP_DST_2"].judge(made, {}) if one.verdict.value == "fail")
    assert finding.fix == "DeletionPolicy: Delete"


def test_a_custom_resource_says_who_provides_it(tmp_path: Path) -> None:
    template = '{ Resources = { S = { Type = "Custom::Seed", Properties = { ServiceToken = "f" } } } }'
    source = f'resource "aws_cloudformation_stack" "s" {{\n  template_body = jsonencode({template})\n}}'
    (tmp_path / "main.tf").write_text(source, encoding="utf-8")
    (custom,) = read(tmp_path).resources("cloudformation_custom_resource")
    assert custom["service_token"].text() == "f"
