"""Text that does not belong in source: hard-coded values, and secrets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Found", "hard_coded", "is_secret_name", "secrets_in"]

_REGION = r"(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central)(?:east|west)?-\d"
_HARD_CODED = (
    ("an ARN", re.compile(r"\barn:aws[\w-]*:[\w-]+:[\w-]*:\d*:[^\s\"':*][^\s\"']*")),
    ("an e-mail address", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")),
    ("an endpoint", re.compile(r"\b(?:https?|wss?|amqps?|ftps?|tcp)://[\w$.-]*\w")),
    ("a region", re.compile(rf"(?<![\w-]){_REGION}(?![\w])")),
    ("an account id", re.compile(r"(?<![\w.-])\d{12}(?![\w.-])")),
)
_OWNED_BY_AWS = re.compile(r"arn:aws[\w-]*:iam::aws:")
_SECRETS = (
    ("an AWS access key", re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    ("a private key", re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----")),
    ("a GitHub token", re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b")),
    ("a GitLab token", re.compile(r"\bglpat-[A-Za-z0-9_-]{20,}")),
    ("a Slack token", re.compile(r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}")),
    ("a Slack webhook", re.compile(r"hooks\.slack\.com/services/T\w+/B\w+/\w+")),
    ("a JSON web token", re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}")),
    ("a Google API key", re.compile(r"\bAIza[0-9A-Za-z_-]{35}\b")),
    ("a Stripe key", re.compile(r"\b[rs]k_live_[0-9A-Za-z]{20,}")),
    ("a password in a URL", re.compile(r"://[^/\s:@]+:[^/\s:@$]{3,}@")),
)
_WORDS = "password|passwd|passphrase|secret|token|api_?key|private_?key|access_?key|credentials?|auth_?key"
_SECRET_NAME = re.compile(rf"(?:^|_)(?:{_WORDS})(?:_(?:value|string|text|base64|json|pem))?(?:_wo)?$", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Found(NamedTuple):
    """What was found in a text: its kind, the text itself, and where it begins."""

    kind: str
    text: str
    offset: int


def hard_coded(text: str) -> Iterator[Found]:
    """Yield the account ids, regions, ARNs, endpoints and e-mail addresses in a text, outermost ones only."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in _HARD_CODED:
        for match in pattern.finditer(text):
            inside = any(start <= match.start() < end for start, end in taken)
            if not inside and not _OWNED_BY_AWS.match(match[0]):
                yield Found(kind, match[0], match.start())
            taken.append(match.span())


def secrets_in(text: str) -> Iterator[Found]:
    """Yield what has the form of a credential. The text of a ``Found`` is not to be printed."""
    for kind, pattern in _SECRETS:
        for match in pattern.finditer(text):
            yield Found(kind, match[0], match.start())


def is_secret_name(name: str) -> bool:
    """Return whether a variable or attribute of this name holds a secret itself: ``db_password``, ``apiToken``.

    ``secret_arn``, ``token_ttl`` and the like name something about a secret, and do not.
    """
    return _SECRET_NAME.search(_CAMEL.sub("_", name).replace("-", "_")) is not None
