from __future__ import annotations

import pytest

from tapeproof.evidence.redaction.names import SECRET_NAME, SENSITIVE_ATTRIBUTES, is_secret_name

SECRET = [
    "password", "DB_PASSWORD", "dbPassword", "PGPASSWORD", "db_pass", "rootPw", "API_KEY", "apiKey", "x-api-key",
    "AWS_SECRET_ACCESS_KEY", "client_secret", "ClientSecret", "GITHUB_TOKEN", "private_key", "connectionString",
    "SLACK_WEBHOOK_URL", "SENTRY_DSN", "Authorization", "session_cookie", "masterUserPassword", "LICENSE_KEY",
    "encryption-key", "auth_header", "tokens", "passphrase",
]  # fmt: skip
HARMLESS = [
    "", "_", "42", "name", "secret_arn", "SecretName", "password_policy", "passwordLength", "token_ttl", "NextToken",
    "next_page_token", "continuationToken", "idempotency_token", "kms_key_id", "access_key_id", "api_key_id",
    "secret_rotation_days", "bypass", "compass", "passenger", "key", "monkey", "partition_key", "keyboard",
    "secretsmanager_endpoint", "private_key_path", "tokenizer", "minimum_password_length", "author",
]  # fmt: skip


@pytest.mark.parametrize("name", SECRET)
def test_a_name_that_says_secret_is_one_however_it_is_spelled(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", HARMLESS)
def test_a_name_that_tells_about_a_secret_or_only_holds_its_letters_is_none(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    ("name", "secret"),
    [("SecretString", True), ("NextToken", False), ("SecretsManagerArn", False), ("TokenValidityUnits", False)],
)
def test_members_of_answers_of_aws_are_told_apart_by_their_letters(name: str, *, secret: bool) -> None:
    assert bool(SECRET_NAME.search(name)) is secret


def test_attributes_that_hide_a_secret_under_another_name_are_listed_by_type() -> None:
    assert ("aws_ssm_parameter", "value") in SENSITIVE_ATTRIBUTES
    assert not [one for one in SENSITIVE_ATTRIBUTES if one[1] == "name"]
