"""Credentials that can be told by their form, wherever they stand.

Sources: the documentation of each service on its own tokens; AWS IAM User Guide, "IAM identifiers" (prefixes of keys).
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Clue", "Found", "known_formats"]

_FORMATS = (
    ("an AWS access key", r"(?<![A-Za-z0-9])(?:AKIA|ASIA)(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16}(?![A-Za-z0-9])"),
    ("a private key", r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    ("a GitHub token", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b"),
    ("a GitLab token", r"\bgl(?:pat|rt|dt|cbt|ptt)-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("a Slack webhook", r"hooks\.slack\.com/(?:services|workflows)/T\w+/[AB]\w+/\w+"),
    ("a JSON web token", r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    ("a Google API key", r"\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])"),
    ("a Stripe key", r"\b(?:[rs]k_(?:live|test)|whsec)_[0-9A-Za-z]{20,}"),
    ("a SendGrid key", r"\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}"),
    ("a Twilio key", r"\bSK[0-9a-f]{32}\b"),
    ("an npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a PyPI token", r"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}"),
    ("a Vault token", r"\bhv[sbr]\.[A-Za-z0-9_-]{24,}"),
    ("an OpenAI key", r"\bsk-(?:proj-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}"),
    ("an Azure storage key", r"AccountKey=[A-Za-z0-9+/=]{80,}"),
    ("a Telegram token", r"\b\d{8,10}:AA[0-9A-Za-z_-]{33}\b"),
    ("a password in a URL", r"://[^/\s:@\"'<>]+:(?!\$|%7B|\{\{)[^/\s:@$\"'<>]{3,}@"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _FORMATS)
_SHORTEST = len("://a:bcd@")
"""No form above is shorter than that of a password in a URL."""
_ANY = re.compile("|".join(pattern for _, pattern in _FORMATS))


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
    if len(text) < _SHORTEST or _ANY.search(text) is None:
        return
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            yield Found(kind, match.start(), match.end() - match.start())
