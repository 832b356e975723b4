r"""Canonical JSON: RFC 8785 restricted to ASCII keys, integers below 2^53 and no floats.

Inside that profile the standard library's encoder already writes what RFC 8785 (section 3.2) demands: no white space,
members sorted (ASCII keys sort alike by code point and by UTF-16 code unit), the short escapes, lower-case ``\u00xx``
for other control characters, and everything else as UTF-8.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tapeproof.log.errors import NotCanonicalError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAX_INTEGER", "canonical", "check", "encode_text", "quoted"]

MAX_INTEGER = 2**53 - 1
"""The largest integer that every JSON implementation keeps exactly (RFC 7493 section 2.2, I-JSON)."""

_encoder = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def _encode_function() -> Callable[[Any], str]:
    """Return the encoder's work without the set-up that ``JSONEncoder.encode`` repeats for each value."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:  # an interpreter without the C accelerator
        return _encoder.encode
    run = make(
        None,
        _encoder.default,
        json.encoder.encode_basestring,
        None,
        ":",
        ",",
        True,
        False,
        False,
    )
    return lambda value: "".join(run(value, 0))


encode_text = _encode_function()
"""Returns the canonical text of a value that is known to be inside the profile (not checked again)."""
quoted: Callable[[str], str] = json.encoder.encode_basestring
"""Writes a string as the encoder does, with its quotation marks."""


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Return the canonical bytes of a JSON value.

    Raises:
        NotCanonicalError: The value holds a float, a large integer, a key that is not ASCII or a lone surrogate.
    """
    check(value)
    return encode(value)


def encode(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Return the canonical bytes of a value that is known to be inside the profile (not checked again)."""
    return utf8(encode_text(value))


def utf8(text: str) -> bytes:
    """Return the bytes of canonical text.

    Raises:
        NotCanonicalError: The text holds a lone surrogate.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError(
            f"text holds a lone surrogate at position {error.start}, which has no UTF-8 form",
            "Pass text that was decoded from valid UTF-8.",
        ) from error


def check(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Raise ``NotCanonicalError``, naming the place as a path, unless the value is inside the profile."""
    if not _inside(value):
        _locate(value, "$")


def _inside(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return bool(-MAX_INTEGER <= value <= MAX_INTEGER)
    if kind is dict:
        return all(type(key) is str and key.isascii() for key in value) and all(map(_inside, value.values()))
    return kind is list and all(map(_inside, value))


def _locate(value: Any, where: str) -> None:  # noqa: ANN401 - any JSON value
    """Raise for the first part of a value that is outside the profile."""
    if _inside(value):
        return
    if type(value) is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise NotCanonicalError(f"{where}: the key {key!r} is not ASCII text", "Use ASCII keys.")
            _locate(item, f"{where}.{key}")
    if type(value) is list:
        for index, item in enumerate(value):
            _locate(item, f"{where}[{index}]")
    if type(value) is int:
        raise NotCanonicalError(f"{where}: the integer {value} is beyond 2^53 - 1", "Write it as a string.")
    kind = type(value).__name__
    raise NotCanonicalError(f"{where}: {kind} has no canonical form", "Write decimals as strings.")
