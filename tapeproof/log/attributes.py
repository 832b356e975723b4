"""DynamoDB attribute maps in canonical form, so that an item can be hashed when written and again when read.

DynamoDB returns numbers normalised and sets in any order (Amazon DynamoDB developer guide, "Supported data types and
naming rules"); the canonical form undoes both.
"""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64
from decimal import Context, Inexact, InvalidOperation, Overflow, Subnormal
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tapeproof.log.canonical import encode, quoted, utf8
from tapeproof.log.entry import payload_hash
from tapeproof.log.errors import MalformedRecordError, NotCanonicalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "UNHASHED_ATTRIBUTES",
    "WRITER_ATTRIBUTES",
    "are_stamped",
    "are_typed",
    "binary",
    "item_hash",
    "number",
    "record_hashes",
]

WRITER_ATTRIBUTES = frozenset({"a_lane", "a_seq", "a_hash", "a_item", "a_part", "a_pay", "salt"})
"""Attributes that the audit writer adds to a record; they are checked one by one, not through the hash."""
_NUMBERS = Context(prec=38, Emin=-130, Emax=125, traps=[Inexact, InvalidOperation, Overflow, Subnormal])
"""What a number may be (Amazon DynamoDB developer guide, "Supported data types and naming rules": Number)."""
UNHASHED_ATTRIBUTES = WRITER_ATTRIBUTES | {"body", "x"}
"""Attributes that the hash of an item leaves out."""
_REFERENCE = frozenset({"body", "a_lane", "a_seq", "a_hash"})
"""Those of them that any of a record's items may have."""


def item_hash(salt: bytes, items: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the 32 bytes that an entry's ``rec`` writes in hex: a record's keys and attributes without its body.

    Args:
        salt: The record's salt.
        items: The record's items in order, as low-level attribute maps. The attributes the writer adds, ``body``
            (which ``pay`` covers) and the time to live ``x`` do not count.
    """
    return sha256(salt + utf8(f"[{','.join(map(_text, items))}]")).digest()


def record_hashes(items: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Return, in hex, the ``pay`` and the ``rec`` that the entry of a stored record must have.

    Args:
        items: The record's items in order, as DynamoDB or an export has them.

    Raises:
        MalformedRecordError: They have no salt, or an attribute of a form that DynamoDB does not have.
    """
    if not are_typed(items):
        raise MalformedRecordError("the record is malformed: an attribute has one type")
    try:
        salt = binary(items[0]["salt"]["B"])
        body = "".join(item["body"]["S"] for item in items if "body" in item)
        return payload_hash(salt, utf8(body)).hex(), item_hash(salt, items).hex()
    except (NotCanonicalError, LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise MalformedRecordError(f"the record is malformed: {type(error).__name__}: {error}") from error


def are_typed(items: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether every attribute has one type and no other beside it, which another reader would take."""
    return all(isinstance(value, dict) and len(value) == 1 for item in items for value in item.values())


def are_stamped(items: Sequence[Mapping[str, Any]], item: int | None, digest: bytes) -> bool:
    """Return whether what no hash covers of a record's items is what the writer gives them, and nothing beside.

    The first has salt and hash of the body, each further one its number, all of them the reference to the entry.

    Args:
        items: The record's items in order.
        item: The number of its decision in a batch; None in an entry of one decision.
        digest: The entry's hash.

    Raises:
        LookupError, TypeError, ValueError: A reference has not its form.
    """
    cited = {} if item is None else {"a_item": {"N": str(item)}}
    for part, one in enumerate(items):
        own = {"a_part": {"N": str(part)}} if part else {"salt": one["salt"], "a_pay": one["a_pay"]}
        stamp = {name: one[name] for name in one.keys() & UNHASHED_ATTRIBUTES - _REFERENCE}
        if stamp != own | cited or binary(one["a_hash"]["B"]) != digest:
            return False
    return True


def binary(content: bytes | str) -> bytes:
    """Return a binary attribute's content, which an export has in base64.

    Raises:
        ValueError: The text is not the one base64 of any content: decoders pass over what they do not know.
    """
    if not isinstance(content, str):
        return bytes(content)
    data = a2b_base64(content)
    if b2a_base64(data, newline=False).decode() != content:
        raise ValueError(f"{content[:60]!r} is not base64")
    return data


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
    hashed = sorted(name for name in names if name not in UNHASHED_ATTRIBUTES)
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
        ArithmeticError: It has more than 38 digits, or is beyond what DynamoDB holds.
    """
    plain = format(_NUMBERS.create_decimal(text).normalize(_NUMBERS), "f")
    return "0" if plain == "-0" else plain


def _binary(content: bytes | str) -> str:
    return b2a_base64(binary(content), newline=False).decode()


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
