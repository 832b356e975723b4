"""JSON read strictly and written one way, so that equal content is equal bytes."""

from __future__ import annotations

import json
import json.encoder
from typing import Any

from tapeproof.evidence.verifier.findings import Unusable

__all__ = ["Json", "canonical", "decode_json", "decode_line", "quoted"]

Json = Any
"""A JSON value. What it holds is checked where it is used."""


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key appears twice in one object")
    return found


def _no_constant(text: str) -> Json:
    raise ValueError(f"{text} is not JSON")


def _finite(text: str) -> float:
    """Return a number with a fraction or an exponent; what is past a double would become infinite (RFC 8259, 6)."""
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise ValueError(f"{text[:BRIEF_NUMBER]} is past the numbers that JSON programs agree on")
    return number


BRIEF_NUMBER = 40
"""Characters of a number that an error quotes."""
SCAN = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite).scan_once  # type: ignore[attr-defined]
STRICT_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)
CANONICAL_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _fast_encoder() -> Json:
    """Return CPython's encoder, made once and not for each value; None on other interpreters."""
    make = getattr(json.encoder, "c_make_encoder", None)
    quote = getattr(json.encoder, "encode_basestring", None)
    if make is None or quote is None:
        return None
    return make(None, CANONICAL_ENCODER.default, quote, None, ":", ",", True, False, False)


FAST_ENCODER = _fast_encoder()
quoted = json.encoder.encode_basestring
"""A text as a JSON string, quotes included; CPython's own, without the encoder around it."""


def decode_json(data: bytes, where: str) -> Json:
    """Decode a JSON document, refusing repeated keys, NaN and nesting deeper than the interpreter allows.

    Raises:
        Unusable: It is not such a document.
    """
    try:
        value = STRICT_DECODER.decode(data.decode("utf-8"))
        return value if b"\\u" not in data else _without_halves(value)
    except (ValueError, RecursionError) as error:
        raise Unusable("BAD_JSON", where, f"cannot be read as JSON: {error}") from error


def decode_line(text: str, name: str, number: int) -> Json:
    """Decode one line of an evidence file.

    Raises:
        Unusable: It is not one JSON value.
    """
    try:
        value, end = SCAN(text, 0)
        if "\\u" in text:
            _without_halves(value)
    except (ValueError, RecursionError, StopIteration) as error:
        raise Unusable("BAD_JSON", f"{name}:{number}", f"cannot be read as JSON: {error}") from error
    if end != len(text):
        raise Unusable("BAD_JSON", f"{name}:{number}", "more than one value on the line")
    return value


def _without_halves(value: Json) -> Json:
    """Return a value that holds no half of a surrogate pair, which an escape can write and UTF-8 cannot.

    Raises:
        ValueError: It does.
    """
    try:
        canonical(value)
    except UnicodeEncodeError as error:
        half = error.object[error.start]
        raise ValueError(f"\\u{ord(half):04x} is half of a character") from error
    return value


def canonical(value: Json) -> bytes:
    """Return the one encoding of a value: sorted keys, no blanks, UTF-8.

    For the values written here (no floats, ASCII keys, integers below 2^53) it equals RFC 8785.
    """
    if FAST_ENCODER is None:
        return CANONICAL_ENCODER.encode(value).encode("utf-8")
    return "".join(FAST_ENCODER(value, 0)).encode("utf-8")
