"""Secrets that are written into source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.written_secrets import written_secrets

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

PASSWORD = "hunter2-" + "hunter2"
KEY = "AKIA" + "Q3EGVEKWZN7XMPLT"
VERSION = """
resource "aws_secretsmanager_secret_version" "v" {
  secret_string = jsonencode({ username = "feed", password = "%s" })
}
"""


@pytest.mark.parametrize(
    ("source", "owner", "told"),
    [
        (
            f'resource "aws_db_instance" "d" {{ password = "{PASSWORD}" }}',
            "aws_db_instance.d",
            "password is written out",
        ),
        (f'locals {{\n  db_password = "{PASSWORD}"\n}}', "local.db_password", "db_password is written out in source"),
        (f'locals {{\n  db = {{ password = "{PASSWORD}" }}\n}}', "local.db", "password is written out in source"),
        (f'variable "token" {{ default = "{PASSWORD}" }}', "var.token", "var.token holds a secret, and its default is"),
        (
            f'variable "all" {{ default = {{ db = {{ password = "{PASSWORD}" }} }} }}',
            "var.all",
            "var.all holds a secret",
        ),
        (
            f'resource "aws_sns_topic" "t" {{ name = "a-{KEY}" }}',
            "aws_sns_topic.t",
            "an AWS access key stands in source",
        ),
        (f'output "token" {{ value = "{PASSWORD}" }}', "output.token", "token is written out in source"),
        (
            f'terraform {{\n  backend "http" {{\n    password = "{PASSWORD}"\n  }}\n}}',
            "terraform",
            "password is written out in source",
        ),
        (
            f'resource "helm_release" "d" {{\n  set {{\n    name  = "db.password"\n    value = "{PASSWORD}"\n  }}\n}}',
            "helm_release.d",
            "db.password is written out in source",
        ),
        (
            'provider "datadog" { app_key = "0123456789abcdef0123456789abcdef01234567" }',
            "provider.datadog",
            "app_key is written out in source",
        ),
        (
            f'locals {{\n  x = "{PASSWORD}"\n}}\nresource "x_y" "n" {{ settings = {{ password = local.x }} }}',
            "x_y.n",
            "password is written out in source",
        ),
        (
            f'locals {{\n  x = "{PASSWORD}"\n}}\nprovider "tfe" {{ token = local.x }}',
            "provider.tfe",
            "token is written out in source",
        ),
        (
            VERSION % PASSWORD,
            "aws_secretsmanager_secret_version.v",
            "password is written out in source",
        ),
    ],
)
def test_a_secret_is_told_with_its_owner_and_never_shown(
    stack_of: Callable[[str], Stack], source: str, owner: str, told: str
) -> None:
    found = list(written_secrets(stack_of(source)))
    assert [(one.owner, one.exposure.placeholder) for one in found] == [(owner, False)]
    assert told in found[0].exposure.message
    assert not [secret for secret in (PASSWORD, KEY) if secret in found[0].exposure.message]


@pytest.mark.parametrize(
    "source",
    [
        'variable "token" {}\nresource "aws_db_instance" "d" { password = var.token }',
        'variable "token" { default = null }',
        'variable "token_count" {\n  type    = number\n  default = 3\n}',
        'resource "aws_db_instance" "d" { password = random_password.p.result }',
        'resource "aws_ssm_parameter" "p" {\n  type  = "String"\n  name  = "/feed/mode"\n  value = "fast"\n}',
        'resource "aws_sns_topic" "t" { name = "market-data" }',
        'resource "helm_release" "d" {\n  set {\n    name  = "db.existingSecret"\n    value = "feeds-db"\n  }\n}',
        'resource "helm_release" "d" {\n  set {\n    name  = "db.password"\n    value = var.token\n  }\n}',
        'locals {\n  object_version = "q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae"\n}',
        'output "token" { value = "/feeds/token" }',
    ],
)
def test_what_comes_from_outside_is_no_secret_in_source(stack_of: Callable[[str], Stack], source: str) -> None:
    assert list(written_secrets(stack_of(source))) == []


def test_a_placeholder_is_told_apart(stack_of: Callable[[str], Stack]) -> None:
    (found,) = written_secrets(stack_of('resource "aws_db_instance" "d" { password = "CHANGE_ME" }'))
    assert found.exposure.placeholder


def test_a_place_is_told_once(stack_of: Callable[[str], Stack]) -> None:
    source = f'resource "aws_db_instance" "d" {{\n  count    = 3\n  password = "{PASSWORD}"\n}}'
    assert len(list(written_secrets(stack_of(source)))) == 1
