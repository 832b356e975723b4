"""Credentials that are known by their form."""

from __future__ import annotations

import time

import pytest

from tapeproof.gate.secrets.formats import known_formats
from tests.effort import seconds_here


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
