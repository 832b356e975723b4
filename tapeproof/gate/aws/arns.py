"""ARNs that are put together from text and references: which parts are fixed, and which hold a wildcard.

Source of the form: AWS General Reference, "Amazon Resource Names (ARNs)".
"""

from __future__ import annotations

import re
from functools import cache

from tapeproof.gate.engine.model import Ref, Undecided, Unresolved, Value
from tapeproof.gate.facts import rows

__all__ = ["HOLE", "leaves_account_open", "matches", "may_match", "resource_type", "shape", "wildcard"]

HOLE = "\x00"
"""Stands for text that only AWS decides, such as an account id: one name, never a wildcard."""

_FIELDS = 6
_OF_AN_ACCOUNT = ("accesspoint", "job/", "storage-lens", "access-grants", "async-request")
"""What S3 has besides buckets; those are an account's."""
_ADDRESS = re.compile(r'(?:^|\.)([a-z][a-z0-9]*_[a-z0-9_]+)\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\[\]"]*)\])?$')
_OPAQUE = re.compile(
    r"(?:^|\.)(?:value|insecure_value|result|results|output|outputs|stdout|body|response_body|rendered|content"
    r"|content_base64|secret_string|json|minified_json|triggers|keepers)(?:\.|$)"
)
"""Attributes whose text a person chose: they may well be ``*``."""


def wildcard(value: Value) -> str:
    """Return the first ``*`` or ``?`` in the text that is known, or an empty string."""
    for piece in value.pieces_of_text():
        if isinstance(piece.content, str):
            found = re.search(r"[*?]", piece.content)
            if found:
                return found[0]
    return ""


def shape(value: Value) -> str:
    """Return a string with ``HOLE`` where a reference stands, or the form of the ARN that the reference will have.

    Raises:
        Undecided: A part of it may be anything.
    """
    return "".join(
        piece.content if isinstance(piece.content, str) else _of_reference(piece.content, value)
        for piece in value.pieces_of_text()
    )


def leaves_account_open(value: Value) -> bool:
    """Return whether an ARN, account id or name stands for things in any account.

    Raises:
        Undecided: A part of it may be anything.
    """
    text = shape(value)
    if not wildcard(value) or _begins_with_an_arn(value):
        return False
    fields = text.split(":", _FIELDS - 1)
    if len(fields) < _FIELDS:
        return True
    return bool(re.search(r"[*?]", _owner(fields)))


def _owner(fields: list[str]) -> str:
    """Return the field that says whose it is. A bucket's name does: it is one bucket in all accounts.

    Where an ARN has no account, as a hosted zone's, only the whole name does.
    """
    if fields[2] == "s3" and not fields[5].startswith(_OF_AN_ACCOUNT):
        return fields[5].partition("/")[0]
    return fields[4] or fields[5]


def _begins_with_an_arn(value: Value) -> bool:
    """Return whether a value goes on after an ARN, ``${api.execution_arn}/*/*``, which fixes the account."""
    first = value.pieces_of_text()[0].content
    return isinstance(first, Ref) and (first.path == "arn" or first.path.endswith("_arn"))


def matches(text: str, pattern: str) -> bool:
    """Return whether a shape has the form of a pattern, or is narrower.

    In the pattern, ``{}`` is any text without a wildcard, and ``*`` any text, one that holds wildcards included.
    """
    return _compile_pattern(pattern).fullmatch(text) is not None


def may_match(value: Value, pattern: str) -> bool:
    """Return whether a value may match a pattern, whatever stands in place of what has no value.

    It is enough to try what the pattern itself has there: from its start, for a value that begins with an unknown.
    """
    form, first = "", ""
    for position, piece in enumerate(value.pieces_of_text()):
        known = isinstance(piece.content, str)
        if not known and position == 0 and not isinstance(piece.content, Ref):
            first = HOLE
        else:
            form += piece.content if isinstance(piece.content, str) else HOLE
    sample = pattern.replace("{}", HOLE)
    starts = [sample[:end] for end in range(1, len(sample) + 1)] if first else [""]
    return any(matches(start + form, pattern) for start in starts)


def resource_type(address: str) -> str:
    """Return the type in a resource's address, or an empty string."""
    found = _ADDRESS.search(address)
    return found[1] if found else ""


def _of_reference(content: Unresolved, whole: Value) -> str:
    if not isinstance(content, Ref):
        raise Undecided(whole, content.why)
    if _OPAQUE.search(content.path) or (not content.path and content.is_data):
        raise Undecided(whole, f"{content} may hold any text")
    known = _shapes().get((content.resource_type or resource_type(content.resource), content.path))
    return HOLE if known is None else known.replace("{}", HOLE)


@cache
def _shapes() -> dict[tuple[str, str], str]:
    return {(row["resource_type"], row["attribute"]): row["arn"] for row in rows("resource_arns")}


@cache
def _compile_pattern(pattern: str) -> re.Pattern[str]:
    parts = (".+".join(map(re.escape, part.split("*"))) for part in pattern.split("{}"))
    return re.compile("[^*?]+".join(parts), re.DOTALL)
