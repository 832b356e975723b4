"""From message text to Python values without losing a digit, and back to one canonical text."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn, TypeAlias

from tapeproof.log.canonical import encode_text
from tapeproof.market.errors import Rejection

__all__ = ["MAX_MESSAGE_BYTES", "Json", "canonical", "compact", "decode"]

# A decoded document: dict, list, str, bool or None, whichever the sender chose.
Json: TypeAlias = Any

# An EventBridge entry holds at most 1 MB (Amazon EventBridge User Guide, "PutEvents event entry size").
MAX_MESSAGE_BYTES = 1_048_576


def _constant(name: str) -> NoReturn:
    raise Rejection("not-json", f"{name} is not JSON (RFC 8259 section 6)")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        # Readers disagree on which of the two counts (RFC 8259 section 4): a record must not depend on the reader.
        raise Rejection("duplicate-name", "an object repeats a member name")
    return members


# Numbers stay text: no binary fraction, and no integer that takes minutes to convert.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=_constant, object_pairs_hook=_object)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def decode(raw: str, *, limit: int = MAX_MESSAGE_BYTES) -> Json:
    """Return the JSON document in ``raw``, every number as the text it was written in.

    Args:
        raw: The text.
        limit: How many bytes of UTF-8 it may have.

    Raises:
        Rejection: The text is too long, not JSON, too deeply nested, repeats a member name, or
            escapes half a character.
    """
    size = len(raw) if raw.isascii() else _utf8_length(raw)
    if size > limit:
        raise Rejection("too-large", f"{size} bytes, at most {limit} are read")
    try:
        document = _DECODER.decode(raw)
    except RecursionError:
        raise Rejection("too-deep", "arrays or objects are nested too deeply") from None
    except ValueError as error:
        position = error.pos if isinstance(error, json.JSONDecodeError) else 0
        what = error.msg if isinstance(error, json.JSONDecodeError) else "malformed"
        raise Rejection("not-json", f"{what} at character {position}") from None
    if escape := _SURROGATE.search(raw):
        _check_writable(document, escape.start())
    return document


def _check_writable(document: Json, position: int) -> None:
    # Two escapes may make one character; half of one alone cannot be written as UTF-8 (RFC 8259 section 8.2).
    try:
        canonical(document).encode()
    except UnicodeEncodeError:
        raise Rejection("not-unicode", f"a lone surrogate at or after character {position}") from None
    except RecursionError:
        raise Rejection("too-deep", "arrays or objects are nested too deeply") from None


def _utf8_length(raw: str) -> int:
    try:
        return len(raw.encode())
    except UnicodeEncodeError as error:
        raise Rejection("not-unicode", f"a lone surrogate at character {error.start}") from None


def canonical(document: object) -> str:
    """Return the one text of a document of strings, arrays and objects with ASCII names (RFC 8785)."""
    return encode_text(document)


def compact(document: object) -> str:
    """Return a part of a decoded message as ASCII JSON text.

    Raises:
        Rejection: It is nested too deeply.
    """
    try:
        return json.dumps(document, separators=(",", ":"))
    except RecursionError:
        raise Rejection("too-deep", "arrays or objects are nested too deeply") from None
