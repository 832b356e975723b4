"""What is called like a secret, what keeps the place for one, and what only tells where one lies."""

from __future__ import annotations

import time

import pytest

from tapeproof.gate.secrets.names import (
    is_digest_name,
    is_placeholder,
    is_secret_name,
    may_be_one_of,
    may_hold_key,
    may_name_secret,
    tells_where,
)
from tests.effort import seconds_here


@pytest.mark.parametrize(
    "name",
    [
        *("password", "db_password", "DB_PASSWORD", "apiToken", "api-key", "PGPASSWORD", "MYSQL_PWD", "client_secret"),
        *("secret_key", "AWS_SECRET_ACCESS_KEY", "master_password_wo", "private_key_pem", "SLACK_SIGNING_SECRET"),
        *("passwords", "encryption_key", "auth.token", "PASSWORD_VALUE"),
        *(
            "psk",
            "wifi_psk",
            "bearer",
            "credential",
            "credentials",
            "passphrase",
            "pwd",
            "auth_key",
            "account_key_base64",
        ),
        *("DBPASSWORD", "DBPASS", "adminpasswd", "keystorepass", "SECRET_KEY_BASE", "RABBITMQ_ERLANG_COOKIE"),
    ],
)
def test_a_name_of_a_secret_is_one(name: str) -> None:
    assert is_secret_name(name)
    assert all(may_name_secret(f"run {text}=x") for text in (name, name.upper(), name.lower(), name.swapcase()))


@pytest.mark.parametrize(
    "text", ["", '{"Statement":[{"Action":["logs:PutLogEvents"],"Effect":"Allow"}]}', "pa_ss=1 to-ken: 2"]
)
def test_a_text_without_a_word_for_secrets_names_none(text: str) -> None:
    assert not may_name_secret(text)


@pytest.mark.parametrize(
    "name",
    [
        *("secret_arn", "token_ttl", "SECRET_NAME", "APP_PRIVATE_KEY_SECRET_NAME", "create_random_password"),
        *(
            "next_token",
            "max_tokens",
            "public_key",
            "kms_key",
            "password_policy",
            "NOPASSWD",
            "bypass",
            "compass",
            "keypass_file",
        ),
        *("auth.existingSecret", "ingress.tlsSecret", "image.pullSecret", "global.imageRegistry.pull_secrets"),
        *("enable_token", "manage_master_user_password", "password_length", "token_url", "secretsmanager"),
    ],
)
def test_a_name_of_something_about_a_secret_is_none(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    "text",
    [
        *("/feed/slack/signing", "feed/db", "dev/api/env-main", "true", "", "3600", "none", "$TOKEN", "${var.token}"),
        "projects/455826092000/secrets/SlackSigningSecret/versions/latest",  # Checkmarx/kics#5892
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:feed-AbCdEf",  # Checkmarx/kics#5897
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # bridgecrewio/checkov#7310
        *("https://vault.internal/v1/feed", "ssm:/feed/db", "{{resolve:secretsmanager:feed}}", "var.db_password"),
        "data.aws_ssm_parameter.db.value",
    ],
)
def test_a_text_that_tells_where_a_secret_lies_is_none(text: str) -> None:
    assert tells_where(text)


@pytest.mark.parametrize(
    "text",
    [
        *("hunter2", "Tr0ub4dor-and-3", "correct horse battery staple", "p@ss/word1", "123456", "password"),
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEK1",
        "postgres://feed:Tr0ub4dor@db/prices",
    ],
)
def test_a_password_tells_nothing_and_keeps_no_place(text: str) -> None:
    assert not tells_where(text)
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        *("CHANGE_ME", "changeme", "change-me-please", "<token>", "your-token-here", "REPLACE_ME", "xxxxxx", "****"),
        *("initial-value-overwritten-later", "dummy-to-be-replaced", "temporary password is rotated by hand"),
        *("REPLACE_WITH_REAL", "to-do: choose one", "changeme123", "fixme", "replace-before-use"),
        *("dummy", "placeholder", "tbd", "to be set by hand", "not-used", "{{ token }}", "ignored", "example-password"),
        *(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
        ),
    ],
)
def test_a_placeholder_is_one(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    ("name", "text", "may"),
    [
        ("app_key", "0123456789abcdef0123456789abcdef01234567", True),
        ("licenseKey", "0123456789ABCDEF0123456789ABCDEF", True),
        ("secret_id", "84896a0c-1347-aa90-a4f6-aca8b7558780", True),
        ("app_key", "frontend", False),
        ("session_key", "market-data", False),
        ("secret_id", "feeds/db", False),
        ("hash_key", "0123456789abcdef0123456789abcdef", False),
        ("tenant_id", "84896a0c-1347-aa90-a4f6-aca8b7558780", False),
    ],
)
def test_a_key_of_an_application_is_told_by_name_and_form_together(name: str, text: str, *, may: bool) -> None:
    assert may_hold_key(name, text) is may


@pytest.mark.parametrize("text", ["your-" * 10_000, "/" + "a" * 20_000, "a" * 20_000 + "!", "<" * 20_000])
def test_a_hostile_text_takes_bounded_time(text: str) -> None:
    begun = time.process_time()
    answers = {is_placeholder(text), tells_where(text), is_secret_name(text)}
    assert answers <= {True, False}
    assert time.process_time() - begun < seconds_here(5)


@pytest.mark.parametrize(
    ("name", "tells"),
    [
        ("SOURCE_SHA256", True),
        ("traceId", True),
        ("GIT_COMMIT", True),
        ("image-digest", True),
        ("google-site-verification", True),
        ("FEED", False),
        ("SHADOW", False),
    ],
)
def test_a_name_tells_that_its_value_is_a_digest_or_an_id(name: str, *, tells: bool) -> None:
    assert is_digest_name(name) is tells


@pytest.mark.parametrize(
    ("names", "text", "may"),
    [
        ("api_tokens", "hunter2x-9f8e", True),
        ("clientSecrets", "hunter2x", True),
        ("secrets", "prod/db/password", False),
        ("secrets", "rds-orders-prod", False),
        ("secrets", "arn:aws:secretsmanager:us-east-1:1:secret:x-AbCdEf", False),
        ("secrets", "2f1c6d54-88aa-4e8b-9d3a-0f6c1e4f7b21", False),
        ("tokens", "access_token", False),
        ("secrets", '{"prefix": "a1b2c3"}', False),
        ("people", "hunter2x-9f8e", False),
    ],
)
def test_one_of_many_is_a_secret_where_it_is_not_words(names: str, text: str, *, may: bool) -> None:
    assert may_be_one_of(names, text) is may
