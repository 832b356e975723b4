"""Text that does not belong in source, because it differs between accounts and environments."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.late_pattern import compile_late
from tapeproof.gate.secrets.assignments import find_assigned
from tapeproof.gate.secrets.entropy import random_tokens
from tapeproof.gate.secrets.formats import known_formats
from tapeproof.gate.secrets.wrapped import find_wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Found", "hard_coded"]

_REGION = r"(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central)(?:east|west)?-\d"
_ZONE_ID = r"(?:use|usw|usge|usgw|euw|euc|eun|eus|apne|apse|aps|ape|sae|cac|caw|mes|mec|afs|ilc|mxc|cnn|cnnw)\d-az\d"
_TIME = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
"""Twelve digits inside a name may be a time instead, or the end of a UUID."""
_HARD_CODED = (
    ("an ARN", re.compile(r"\barn:aws[\w-]*:[\w-]+:[\w-]*:\d*:[^\s\"':*][^\s\"']*")),
    ("an e-mail address", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")),
    ("an endpoint", re.compile(r"\b(?:https?|wss?|amqps?|ftps?|tcp)://[\w$.-]*\w")),
    ("an availability zone", re.compile(rf"(?<![\w-])(?:{_REGION}(?:-[a-z]{{3}}-\d)?[a-z]|{_ZONE_ID})(?![\w-])")),
    ("a region", re.compile(rf"(?<![\w-]){_REGION}(?![\w])")),
    ("an account id", re.compile(r"(?<![\w.-])\d{12}(?![\w.-])")),
    (
        "an account id",
        re.compile(rf"(?<![\w.])(?<![\da-fA-F]{{4}}-)(?!{_TIME})\d{{12}}(?![\w.])(?!-[\da-fA-F]{{4}}\b)"),
    ),
)
_OWNED_BY_AWS = re.compile(r"arn:aws[\w-]*:iam::aws:")
_NAMES = compile_late(
    r"https?://(?:(?:www\.)?(?:json-schema|w3|schema|purl|xmlns|oasis-open)\.(?:org|com)|docs\.oasis-open\.org"
    r"|schemas\.(?:xmlsoap|microsoft|openxmlformats|android)\.(?:org|com)"
    r"|acs\.amazonaws\.com/groups|signin\.aws\.amazon\.com/saml|aws\.amazon\.com/SAML|s3\.amazonaws\.com/doc)\b"
)
"""What is written like an address and is a name: of a schema, a namespace, a group, an audience (the specifications of
JSON Schema and XML; Amazon S3 User Guide, "Access control list overview"; IAM User Guide on SAML). Nobody calls it."""


_SECRETS = (known_formats, find_assigned, find_wrapped, random_tokens)


class Found(NamedTuple):
    """What was found in a text: its kind, the text itself, and where it begins."""

    kind: str
    text: str
    offset: int


@lru_cache(maxsize=65_536)
def hard_coded(text: str) -> tuple[Found, ...]:
    """Return the account ids, regions, ARNs, endpoints and e-mail addresses in a text, outermost ones only.

    What lies within a credential is none, and is never told: ``password@host`` in a URL looks like an address of mail.
    """
    found = tuple(_find_outermost(text))
    secret = [secret for search in _SECRETS for secret in search(text)] if found else []
    return tuple(one for one in found if not any(at.offset <= one.offset < at.offset + at.length for at in secret))


def _find_outermost(text: str) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in _HARD_CODED:
        for match in pattern.finditer(text):
            inside = any(start <= match.start() < end for start, end in taken)
            named = _OWNED_BY_AWS.match(match[0]) or _NAMES.match(text, match.start())
            if not inside and not named:
                yield Found(kind, match[0], match.start())
            taken.append(match.span())
