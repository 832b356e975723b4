"""Forms in which secrets stand in Terraform, variable files and what surrounds them; none may be kept."""

from __future__ import annotations

import pytest

from tapeproof.evidence.redaction import Redaction, Redactor
from tapeproof.evidence.redaction.assignments import redact_assignments
from tapeproof.evidence.redaction.names import is_secret_name

S = "Zq8kT2vLw9xRb4Nf"
PEM = f"-----BEGIN RSA PRIVATE {'KEY'}-----"
FORMS = {
    "provider secret_key": f'provider "aws" {{\n  secret_key = "{S}"\n}}',
    "secret_string": f'resource "aws_secretsmanager_secret_version" "a" {{\n  secret_string = "{S}"\n}}',
    "secret_string heredoc": f'secret_string = <<EOT\n{{"user": "{S}"}}\nEOT\n',
    "secret_string jsonencode": f'secret_string = jsonencode({{\n  user = "admin"\n  other = "{S}"\n}})',
    "DB_PASS of a tfvars": f'DB_PASS = "{S}"',
    "db_pw of a tfvars": f'db_pw = "{S}"',
    "short password": f'password = "{S[:5]}"',
    "master_password": f'  master_password                 = "{S}"',
    "auth_token": f'auth_token = "{S}"',
    "camel case": f'masterUserPassword = "{S}"',
    "quoted name": f'"api_key" = "{S}"',
    "JSON of tfvars": f'{{"db_password": "{S}"}}',
    "map in a map": f'db = {{ user = "u", password = "{S}" }}',
    "environment of a function": f'environment {{ variables = {{ STRIPE_TOKEN = "{S}" }} }}',
    "default of a variable": f'variable "db_password" {{\n  type    = string\n  default = "{S}"\n}}',
    "SSM parameter": f'resource "aws_ssm_parameter" "p" {{\n  type  = "SecureString"\n  value = "{S}"\n}}',
    "interpolated beside": f'password = "{S}-${{var.environment_suffix}}"',
    "export in user data": f"user_data = <<EOF\n#!/bin/sh\nexport DB_PASSWORD={S}\nEOF\n",
    "PGPASSWORD": f"PGPASSWORD={S} psql",
    "YAML": f"database:\n  password: {S}\n",
    "connection string": f'value = "Server=db;User Id=sa;Password={S};"',
    "connection_string": f'connection_string = "Server=db;User=sa;Key={S}"',
    "URL without a user": f"redis://:{S}@cache.example:6379",
    "URL with a user": f"postgres://app:{S}@db.example/app",
    "curl -u": f"curl -u admin:{S} https://example.com",
    "basic authorization": "Authorization: Basic YWRtaW46WnE4a1QydkxX",
    "Slack webhook": f"https://hooks.slack.com/services/T0000/B0000/{S}{S}",
    "storage key": f"DefaultEndpointsProtocol=https;AccountKey={S * 5}==",
    "Stripe": f"sk_live_{S}{S}",
    "npm": f"//registry.example/:_authToken=npm_{S * 2}",
    "private key": f"{PEM}\n{S}\n{PEM.replace('BEGIN', 'END')}",
    "escaped in JSON": f'{{"policy": "{{\\"password\\": \\"{S}\\"}}"}}',
    "single quotes": f"api_secret = '{S}'",
    "commented out": f'# password = "{S}"',
    "arrow": f"'client_secret' => '{S}'",
}
KEPT = [
    "password = var.db_password",
    "password = random_password.db.result",
    'secret_arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:feed"',
    "TOKEN_SECRET_ARN = aws_secretsmanager_secret.feed.arn",
    'password = "${var.db_password}"',
    'password_policy = "strict-policy-1"',
    'kms_master_key_id = "alias/aws/sns"',
    "access_key_id = var.id",
    "minimum_password_length = 14",
    "sensitive = true",
    'description = "holds no secret: it is empty"',
    "NextToken: eyabcdefgh12345",
    'resource "aws_secretsmanager_secret" "feed" {',
    'variable "db_password" {\n  type = string\n}',
]


def _redacted(text: str) -> tuple[str, list[Redaction]]:
    log: list[Redaction] = []
    return Redactor().text(text, "main.tf", log), log


@pytest.mark.parametrize("form", FORMS)
def test_no_common_form_of_a_secret_is_kept_and_each_is_logged(form: str) -> None:
    clean, log = _redacted(FORMS[form])
    parts = [S, S[:5], "YWRtaW46"]
    assert [part for part in parts if part in clean] == []
    assert log
    assert clean.count("\n") == FORMS[form].count("\n")


@pytest.mark.parametrize("form", FORMS)
def test_what_was_redacted_is_not_found_again(form: str) -> None:
    clean, _ = _redacted(FORMS[form])
    assert _redacted(clean) == (clean, [])


@pytest.mark.parametrize("text", KEPT)
def test_what_only_tells_of_a_secret_is_left_as_it_is(text: str) -> None:
    assert _redacted(text) == (text, [])


def test_a_value_inside_json_is_redacted_by_its_name() -> None:
    log: list[Redaction] = []
    value = {"DB_PASS": S, "db_pw": S, "name": "x", "pass": "3", "nested": [{"connectionString": S}]}
    clean = Redactor().json(value, "raw/x", log)
    assert S not in str(clean)
    assert (clean["name"], clean["pass"]) == ("x", "3")


def test_the_place_of_each_value_is_told() -> None:
    places: list[tuple[int, str]] = []
    text = f'a = 1\npassword = "{S}"\n'
    redact_assignments(text, lambda at, kind: places.append((at, kind)))
    assert places == [(text.index(S), "named as a secret")]


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("DB_PASS", True),
        ("db_pw", True),
        ("PGPASSWORD", True),
        ("secretKey", True),
        ("SECRET_KEY", True),
        ("connection_string", True),
        ("pass", False),
        ("bypass", False),
        ("compass_heading", False),
        ("secret_arn", False),
        ("token_validity", False),
        ("NextToken", False),
        ("key", False),
        ("partition_key", False),
        ("", False),
    ],
)
def test_a_name_is_secret_by_its_words(name: str, *, secret: bool) -> None:
    assert is_secret_name(name) is secret
