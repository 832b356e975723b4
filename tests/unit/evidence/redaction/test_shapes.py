"""Shapes by those who issue the secrets; examples are made up here, so that no scanner takes one for real."""

from __future__ import annotations

import pytest

from tapeproof.evidence.redaction.shapes import KINDS, SECRET_SHAPES

LETTERS = "Zq8kT2vLw9xRb4NfZq8kT2vLw9xRb4NfZq8kT2vLw9xRb4Nf"
PEM = f"-----BEGIN EC PRIVATE {'KEY'}-----"


@pytest.mark.parametrize(
    ("text", "kind", "taken"),
    [
        (f"{PEM}\nAAAA\n{PEM.replace('BEGIN', 'END')}", "pem", None),
        (f"{PEM}\nAAAA and the end is missing", "pem", None),
        ("AKIA" + "A1B2" * 4, "access", None),
        (f"eyJ{LETTERS[:20]}.{LETTERS[:20]}.{LETTERS[:20]}", "jwt", None),
        (f"ghp_{LETTERS[:36]}", "forge", None),
        (f"github_pat_{LETTERS[:30]}", "forge", None),
        (f"glpat-{LETTERS[:20]}", "forge", None),
        (f"xoxb-{LETTERS[:20]}", "forge", None),
        (f"sk_live_{LETTERS[:24]}", "forge", None),
        (f"hvs.{LETTERS[:24]}", "forge", None),
        (f"AIza{LETTERS[:35]}", "google", None),
        (f"https://hooks.slack.com/services/T0/B0/{LETTERS[:24]}", "hook", f"T0/B0/{LETTERS[:24]}"),
        (f"postgres://app:{LETTERS[:8]}@db.example/x", "url", f"app:{LETTERS[:8]}"),
        (f"curl -u admin:{LETTERS[:8]} x", "userpass", f"admin:{LETTERS[:8]}"),
        (f"Bearer {LETTERS[:24]}", "bearer", LETTERS[:24]),
        (f"aws_secret_access_key = {LETTERS[:40]}", "aws", None),
        (f"AccountKey={LETTERS[:44]}==", "azure", f"{LETTERS[:44]}=="),
        (f"password = '{LETTERS[:8]}'", "assigned", None),
    ],
)
def test_a_secret_is_known_by_its_shape_and_only_the_secret_is_taken(text: str, kind: str, taken: str | None) -> None:
    found = SECRET_SHAPES.search(text)
    assert found is not None
    assert found.lastgroup == kind
    assert found.group() == (taken or text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:feed",
        "password = var.db_password",
        'password = "${var.db_password}"',
        "password = 'short'",
        "https://example.com/path:with@signs",
        "sha256:" + "ab" * 32,
        "AKIASHORT",
        "eyJ.a.b",
        "-----BEGIN PUBLIC KEY-----",
        "risk-assessment-of-the-whole-department",
        "Basic rules",
    ],
)
def test_what_only_resembles_a_secret_is_left(text: str) -> None:
    assert SECRET_SHAPES.search(text) is None


def test_every_shape_has_words_for_what_was_taken() -> None:
    assert set(KINDS) == set(SECRET_SHAPES.groupindex)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["://", "a:", "-u ", "eyJ", "aws secret ", f"{PEM} ", "=" * 50])
def test_a_text_made_to_be_slow_is_searched_in_a_moment(piece: str) -> None:
    assert SECRET_SHAPES.search(piece * 2_000 + "\x00") is None or PEM in piece
