r"""Canonical JSON: RFC 8785 restricted to ASCII keys, integers below 2^53 and no floats.

Inside that profile the standard library's encoder already writes what RFC 8785 (section 3.2) demands: no white space,
members sorted (ASCII keys sort alike by code point and by UTF-16 code unit), the short escapes, lower-case ``\u00xx``
for other control characters, and everything else as UTF-8.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from audit_log.errors import NotCanonicalError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAX_INTEGER", "canonical", "check", "quoted"]

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


_encode = _encode_function()
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
    return utf8(_encode(value))


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


def check(value: Any, where: str = "$") -> None:  # noqa: ANN401 - any JSON value
    """Raise ``NotCanonicalError``, naming the place as a path, unless the value is inside the profile."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return
    if kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise NotCanonicalError(f"{where}: the integer {value} is beyond 2^53 - 1", "Write it as a string.")
    elif kind is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise NotCanonicalError(f"{where}: the key {key!r} is not ASCII text", "Use ASCII keys.")
            check(item, f"{where}.{key}")
    elif kind is list:
        for index, item in enumerate(value):
            check(item, f"{where}[{index}]")
    else:
        raise NotCanonicalError(f"{where}: {kind.__name__} has no canonical form", "Write decimals as strings.")
