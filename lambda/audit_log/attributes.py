"""DynamoDB attribute maps in canonical form, so that an item can be hashed when written and again when read.

DynamoDB returns numbers normalised and sets in any order (Amazon DynamoDB developer guide, "Supported data types and
naming rules"); the canonical form undoes both.
"""

from __future__ import annotations

import base64
from decimal import Context, Inexact, InvalidOperation, Overflow
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from audit_log.canonical import encode, quoted, utf8

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["WRITER_ATTRIBUTES", "item_hash", "number"]

WRITER_ATTRIBUTES = frozenset({"a_lane", "a_seq", "a_hash", "a_item", "a_part", "a_pay", "salt"})
"""Attributes that the audit writer adds to a record; they are checked one by one, not through the hash."""
_EXACT = Context(prec=38, Emin=-130, Emax=125, traps=[Inexact, InvalidOperation, Overflow])
"""Numbers as DynamoDB keeps them: 38 digits, to 9.99…E+125."""
_UNHASHED = WRITER_ATTRIBUTES | {"body", "x"}


def item_hash(salt: bytes, items: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the 32 bytes that an entry's ``rec`` writes in hex: a record's keys and attributes without its body.

    Args:
        salt: The record's salt.
        items: The record's items in order, as low-level attribute maps. The attributes the writer adds, ``body``
            (which ``pay`` covers) and the time to live ``x`` do not count.
    """
    return sha256(salt + utf8(f"[{','.join(map(_text, items))}]")).digest()


def _text(item: Mapping[str, Any]) -> str:
    """Return an item as canonical text; nearly all attributes are strings."""
    layout, names = _layout(tuple(item))
    try:
        return layout % tuple([quoted(item[name]["S"]) for name in names])
    except KeyError:  # an attribute of another kind
        return layout % tuple([encode(_plain(item[name])).decode() for name in names])


@lru_cache(maxsize=32)
def _layout(names: tuple[str, ...]) -> tuple[str, list[str]]:
    """Return the text around an item's values, and which they are; a log has few kinds of items."""
    hashed = sorted(name for name in names if name not in _UNHASHED)
    members = [f"{quoted(name).replace('%', '%%')}:%s" for name in hashed]
    return f"{{{','.join(members)}}}", hashed


def _plain(value: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    ((kind, content),) = value.items()
    if kind == "S":
        return content
    return {kind: _READERS[kind](content)}


def number(text: str) -> str:
    """Return a DynamoDB number as plain decimal digits without needless zeros.

    Raises:
        ArithmeticError: It is no number, or has more digits or a larger exponent than DynamoDB stores.
    """
    plain = format(_EXACT.create_decimal(text).normalize(_EXACT), "f")
    return "0" if plain == "-0" else plain


def _binary(content: bytes) -> str:
    return base64.b64encode(bytes(content)).decode()


_READERS: dict[str, Any] = {
    "B": _binary,
    "BOOL": bool,
    "BS": lambda content: sorted(_binary(one) for one in content),
    "L": lambda content: [_plain(one) for one in content],
    "M": lambda content: {name: _plain(one) for name, one in content.items()},
    "N": number,
    "NS": lambda content: sorted(number(one) for one in content),
    "NULL": bool,
    "SS": sorted,
}
