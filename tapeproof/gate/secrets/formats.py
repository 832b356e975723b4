"""Credentials that can be told by their form, wherever they stand.

Sources: the documentation of each service on its own tokens; AWS IAM User Guide, "IAM identifiers" (prefixes of keys).
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Clue", "Found", "known_formats"]

_FORMATS: Final = (
    (
        "an AWS access key",
        ("AKIA", "ASIA"),
        r"(?<![A-Za-z0-9])(?:AKIA|ASIA)(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16}(?![A-Za-z0-9])",
    ),
    ("a private key", ("-----BEGIN ",), r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    (
        "a GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b",
    ),
    (
        "a GitLab token",
        ("glpat-", "glrt-", "gldt-", "glcbt-", "glptt-"),
        r"\bgl(?:pat|rt|dt|cbt|ptt)-[A-Za-z0-9_-]{20,}",
    ),
    ("a Slack token", ("xox",), r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("a Slack webhook", ("hooks.slack.com/",), r"hooks\.slack\.com/(?:services|workflows)/T\w+/[AB]\w+/\w+"),
    ("a JSON web token", ("eyJ",), r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    ("a Google API key", ("AIza",), r"\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])"),
    ("a Stripe key", ("k_live_", "k_test_", "whsec_"), r"\b(?:[rs]k_(?:live|test)|whsec)_[0-9A-Za-z]{20,}"),
    ("a SendGrid key", ("SG.",), r"\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}"),
    ("a Twilio key", ("SK",), r"\bSK[0-9a-f]{32}\b"),
    ("an npm token", ("npm_",), r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a PyPI token", ("pypi-AgEIcHlwaS5vcmc",), r"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}"),
    ("a Vault token", ("hvs.", "hvb.", "hvr."), r"\bhv[sbr]\.[A-Za-z0-9_-]{24,}"),
    ("an OpenAI key", ("T3BlbkFJ",), r"\bsk-(?:proj-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}"),
    ("an Azure storage key", ("AccountKey=",), r"AccountKey=[A-Za-z0-9+/=]{80,}"),
    ("a Telegram token", (":AA",), r"\b\d{8,10}:AA[0-9A-Za-z_-]{33}\b"),
    ("a password in a URL", ("://",), r"://[^/\s:@\"'<>]+:(?!\$|%7B|\{\{)[^/\s:@$\"'<>]{3,}@"),
)
"""What has which form; in front of it, texts of which it holds one, which are looked for first and much faster."""
_SHORTEST = len("://a:bcd@")
"""No form above is shorter than that of a password in a URL."""


class Clue(Enum):
    """What gives a credential away."""

    FORMAT = "its form, which only such credentials have"
    NAME = "the name that it is assigned to"
    RANDOMNESS = "that it looks random"


class Found(NamedTuple):
    """Where in a text a credential stands. The text itself is not kept, so that nobody prints it.

    Attributes:
        kind: What it is, with its article, for people.
        offset: Where it begins.
        length: How long it is.
        clue: What gave it away.
    """

    kind: str
    offset: int
    length: int
    clue: Clue = Clue.FORMAT


def known_formats(text: str) -> Iterator[Found]:
    """Yield what has the form of a credential."""
    if len(text) < _SHORTEST:
        return
    for kind, signs, pattern in _FORMATS:
        for sign in signs:  # a generator takes twice as long, and every text is asked
            if sign in text:
                for match in re.finditer(pattern, text):
                    yield Found(kind, match.start(), match.end() - match.start())
                break
