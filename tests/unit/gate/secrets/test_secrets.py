"""What is taken for a secret and what is not, by form, by name and by entropy."""

from __future__ import annotations

import pytest

from tapeproof.gate.secrets.assignments import assigned
from tapeproof.gate.secrets.entropy import looks_random
from tapeproof.gate.secrets.formats import known_formats
from tapeproof.gate.secrets.masking import masked
from tapeproof.gate.secrets.names import is_placeholder, is_secret_name, tells_where


def cut(text: str, found: object) -> list[str]:
    return [text[one.offset : one.offset + one.length] for one in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("an AWS access key", "AKIA" + "IOSFODNN7EXAMPLE"),
        ("an AWS access key", "ASIA" + "IOSFODNN7EXAMPLE"),
        ("a private key", "-----BEGIN RSA PRIVATE KEY-----"),
        ("a private key", "-----BEGIN OPENSSH PRIVATE KEY-----"),
        ("a private key", "-----BEGIN PGP PRIVATE KEY BLOCK-----"),
        ("a GitHub token", "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"),
        ("a GitLab token", "glpat-" + "a1B2c3D4e5F6g7H8i9J0"),
        ("a Slack token", "xoxb-" + "123456789012-abcdefABCDEF"),
        ("a Slack webhook", "https://hooks.slack.com/services/" + "T00000000/B00000000/abcdef012345"),
        ("a Google API key", "AIza" + "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"),
        ("a Stripe key", "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"),
        ("an npm token", "npm_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"),
        ("a Vault token", "hvs." + "CAESIJlWh9sU7bV3xTq2pLr8mNk"),
        ("a password in a URL", "postgres://feed:Tr0ub4dor@db.internal/prices"),
        ("a JSON web token", "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N"),
    ],
)
def test_a_credential_is_known_by_its_form_in_the_middle_of_a_text(kind: str, text: str) -> None:
    (found, *_) = known_formats(f"see {text} there")
    assert found.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "postgres://feed:${var.password}@db/prices",
        "https://example.com/a:b@c",
        "AKIA is the prefix of access keys",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----",
        "https://hooks.slack.com/services",
    ],
)
def test_what_only_begins_like_a_credential_is_none(text: str) -> None:
    assert list(known_formats(text)) == []


@pytest.mark.parametrize(
    "name",
    [
        *("password", "db_password", "DB_PASSWORD", "apiToken", "api-key", "PGPASSWORD", "MYSQL_PWD", "client_secret"),
        *("secret_key", "AWS_SECRET_ACCESS_KEY", "master_password_wo", "private_key_pem", "SLACK_SIGNING_SECRET"),
        *("passwords", "encryption_key", "auth.token", "PASSWORD_VALUE"),
    ],
)
def test_a_name_of_a_secret_is_one(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("secret_arn", "token_ttl", "SECRET_NAME", "APP_PRIVATE_KEY_SECRET_NAME", "create_random_password"),
        *("next_token", "max_tokens", "public_key", "kms_key", "password_policy", "bypass", "compass", "keypass_file"),
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
        *("dummy", "placeholder", "tbd", "to be set by hand", "not-used", "{{ token }}", "ignored", "example-password"),
    ],
)
def test_a_placeholder_is_one(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("export DB_PASSWORD=Tr0ub4dor-and-3", ["Tr0ub4dor-and-3"]),
        ("DB_PASSWORD='a b c d'", ["a b c d"]),
        ('{"username": "bob", "password": "x1y2"}', ["x1y2"]),
        ('{\\"password\\":\\"hunter2\\"}', ["hunter2"]),
        ("mysql --password hunter22 -u x", ["hunter22"]),
        ("mysql --password=hunter22", ["hunter22"]),
        ("db_password: Hunter22", ["Hunter22"]),
        ("A_TOKEN=one1 B_SECRET=two2", ["one1", "two2"]),
    ],
)
def test_a_script_or_a_settings_file_gives_secrets_a_name(text: str, values: list[str]) -> None:
    assert cut(text, assigned(text)) == values


@pytest.mark.parametrize(
    "text",
    [
        *("TOKEN=$(curl x)", "PASSWORD=$1", "password = get_password()", 'password = os.environ["X"]'),
        *("password: string", "secret: my-secret", "--secret-id feed/db", "password=${var.x}", "password = var.x"),
        *('"Action": "secretsmanager:GetSecretValue"', "PASSWORD=CHANGE_ME", "token_ttl=3600", "password: !Ref X"),
        *(
            ":password::",
            "arn:aws:secretsmanager:us-east-1:1:secret:f:password:X:",
            "f:SecretString:api_key::",
        ),
    ],
)
def test_what_refers_to_a_secret_is_none(text: str) -> None:
    assert list(assigned(text)) == []


@pytest.mark.parametrize(
    "token",
    [
        *("q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae", "L3xXk29slK2mPq0vZ8s1TyUbNw4eRc7a", "zM9/kQ2+Lx7Rf4Tn8Vb1Yc6Wd3Hg5Jp0"),
    ],
)
def test_a_generated_key_looks_random(token: str) -> None:
    assert looks_random(token)


@pytest.mark.parametrize(
    "token",
    [
        *("AWSLambdaBasicExecutionRole2", "AmazonSSMManagedInstanceCoreV2Role", "subnet-0abc1234def567890"),
        "d1b0706c4879b31a195d01f3a967e8b35d95cbb7",  # a digest: bridgecrewio/checkov#754
        *("123e4567-e89b-12d3-a456-426614174000", "bucket-market-data-us-east-1-123456789012", "short1A"),
        "AAAAB3NzaC1yc2EAAAADAQABAAABgQDJ7s8kQ2Lx7Rf4Tn8Vb1Yc6Wd3Hg5Jp0",
        "TradesOfTheDay2AndTheNight3",
    ],
)
def test_ids_digests_and_joined_words_do_not_look_random(token: str) -> None:
    assert not looks_random(token)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('  password = "hunter2zz"', '  password = "*********"'),
        ("  password = var.db_password", "  password = var.db_password"),
        ('  url = "postgres://feed:Tr0ub4dor@db"', '  url = "postgres******************db"'),
        ('  name = "queue-trade"', '  name = "queue-trade"'),
    ],
)
def test_a_line_keeps_its_length_when_its_secrets_are_covered(line: str, shown: str) -> None:
    assert masked(line) == shown
    assert len(masked(line)) == len(line)
