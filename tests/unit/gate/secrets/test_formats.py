"""Credentials that are known by their form."""

from __future__ import annotations

import time

import pytest

from tapeproof.gate.secrets.formats import known_formats
from tests.effort import seconds_here

UUID = "01234567-89ab-4cde-8f01-23456789abcd"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("an AWS access key", "AKIA" + "Q3EGVEKWZN7XMPLT"),
        ("an AWS access key", "ASIA" + "Q3EGVEKWZN7XMPLT"),
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
        (
            "a private key of age",
            "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" + "QPZRY9X8GF2TVDW0S3JN54KHCE",
        ),
        ("a GitHub token", "ghs_1234567_" + "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3j"),
        ("a GitLab token", "GR1348941" + "a1B2c3D4e5F6g7H8i9J0"),
        ("a GitLab token", "glagent-" + "a1B2c3D4e5F6g7H8i9J0"),
        ("a Slack token", "xapp-1-" + "A0123456789-0123456789012-" + "0123456789abcdef" * 4),
        ("a Discord webhook", "https://discord.com/api/webhooks/" + "123456789012345678/" + "aB3-" * 17),
        (
            "a Teams webhook",
            f"https://a.webhook.office.com/webhookb2/{UUID}@{UUID}/IncomingWebhook/" + "0123456789abcdef" * 2,
        ),
        ("an integration key", "https://events.pagerduty.com/integration/" + "0123456789abcdef" * 2 + "/enqueue"),
        ("a client secret of Google", "GOCSPX-" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4"),
        ("a Mailgun key", "key-" + "0123456789abcdef" * 2),
        ("a Mailchimp key", "0123456789abcdef" * 2 + "-us12"),
        ("a DigitalOcean token", "dop_v1_" + "0123456789abcdef" * 4),
        ("a Shopify token", "shpat_" + "0123456789abcdef" * 2),
        ("a Docker Hub token", "dckr_pat_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N"),
        ("a token of HCP Terraform", "a1B2c3D4e5F6g7." + "atlasv1." + "a1B2c3D4e5F6g7H8" * 4),
        ("a Pulumi token", "pul-" + "0123456789abcdef0123456789abcdef01234567"),
        ("a Databricks token", "dapi" + "0123456789abcdef" * 2),
        ("a New Relic key", "NRAK-" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0"),
        ("a LaunchDarkly key", "sdk-" + "01234567-89ab-4cde-8f01-23456789abcd"),
        ("an Atlassian token", "ATATT3xFfGF0" + "a1B2c3D4e5" * 12),
        ("an Anthropic key", "sk-ant-api03-" + "a1B2c3D4e5" * 9),
        ("a bearer token", "Authorization: Bearer " + "7f3e9a1c.gr33napple77.q1w2"),
        ("a Hugging Face token", "hf_" + "abcdefghijklmnopqrstuvwxyzABCDEFGH"),
        ("a client secret of Azure", "a1B8Q~" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7"),
        ("a password in a URL", "redis://:Tr0ub4dor@cache.internal:6379/0"),
        ("a GitHub token", "ghr_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"),
        ("a GitHub token", "github_pat_" + "a1B2c3D4e5" * 6),
        ("a GitLab token", "glptt-" + "a1B2c3D4e5F6g7H8i9J0"),
        ("a GitLab token", "glcbt-" + "a1B2c3D4e5F6g7H8i9J0"),
        ("a Stripe key", "whsec_" + "4eC39HqLyjWDarjtT1zdp7dc"),
        ("a Stripe key", "rk_test_" + "4eC39HqLyjWDarjtT1zdp7dc"),
        ("a SendGrid key", "SG." + "a1B2c3D4e5F6g7H8i9J0." + "a1B2c3D4e5F6g7H8i9J0k1"),
        ("a Twilio key", "SK" + "0123456789abcdef" * 2),
        ("a PyPI token", "pypi-AgEIcHlwaS5vcmc" + "a1B2c3D4e5" * 5),
        ("a Vault token", "hvb." + "CAESIJlWh9sU7bV3xTq2pLr8mNk"),
        ("an OpenAI key", "sk-" + "a1B2c3D4e5F6g7H8i9J0" + "T3BlbkFJ" + "a1B2c3D4e5F6g7H8i9J0"),
        ("an Azure storage key", "AccountKey=" + "a1B2c3D4e5" * 9),
        ("a Telegram token", "123456789:AA" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q"),
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
        "AKIAIOSFODNN7EXAMPLE",
        "AKIAI44QH8DHBEXAMPLE",
        "ASIAIOSFODNN7EXAMPLE",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----",
        "https://hooks.slack.com/services",
        *("hf_config", "key-name", "monkey-" + "0123456789abcdef" * 2, "dapi-gateway", "api-service", "sdk-v2"),
        *("Authorization: Bearer $FEED_TOKEN", "Bearer authentication-is-required-here", "http://proxy:8080/a@b"),
        *("shpat_example", "-----BEGIN DH PARAMETERS-----", "pul-request-of-a-branch", "discord.com/api/webhooks/1/x"),
    ],
)
def test_what_only_begins_like_a_credential_is_none(text: str) -> None:
    assert list(known_formats(text)) == []


def test_every_credential_of_a_text_is_found_with_its_place() -> None:
    keys = ["AKIA" + "Q3EGVEKWZN7XMPLT", "ASIA" + "Q3EGVEKWZN7XMPLT"]
    text = " é ".join(keys)
    assert [text[one.offset : one.offset + one.length] for one in known_formats(text)] == keys


@pytest.mark.parametrize("text", ["-----BEGIN " + "A " * 10_000, "xox" * 10_000, "eyJ" + "a" * 20_000, "://" * 10_000])
def test_a_hostile_text_takes_bounded_time(text: str) -> None:
    begun = time.process_time()
    assert list(known_formats(text)) == []
    assert time.process_time() - begun < seconds_here(5)
