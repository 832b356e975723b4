"""What stands in the members of a ``tapeproof/1`` detail, read by the kind of the member."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

from tapeproof.market.errors import Rejection, describe_value
from tapeproof.market.fields import decimal, integer, levels, member, scaled_ns, side, text
from tapeproof.market.numbering import Numbering, Role
from tapeproof.market.wire import MAX_MESSAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tapeproof.market.schema import Member

__all__ = [
    "read_flag",
    "read_ns",
    "read_numbering",
    "read_pairs",
    "read_value",
    "read_whole_number",
    "read_word",
]

_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MAX_PAIRS = 64
_TEXT_LIMIT = 128
_ROLES = frozenset(get_args(Role))


def read_value(detail: Mapping[str, Any], one: Member) -> Any:  # noqa: ANN401 - by the kind of the member
    """Return what stands in a member that is there, read by its kind.

    Raises:
        Rejection: It is not there, or nothing of its kind.
    """
    if one.allowed:
        return read_word(detail, one)
    value = member(detail, one.name)
    return _READERS[one.kind](value, one.name)


def read_word(detail: Mapping[str, Any], one: Member) -> str:
    """Return a member that is one of its allowed words.

    Raises:
        Rejection: It is something else.
    """
    value = member(detail, one.name)
    if not isinstance(value, str) or value not in one.allowed:
        raise Rejection("bad-text", f"{one.name} must be {' or '.join(one.allowed)}, got {describe_value(value)}")
    return value


def _price(value: object, name: str) -> str:
    return decimal(_as_text(value, name), name, signed=True)


def _size(value: object, name: str) -> str:
    return decimal(_as_text(value, name), name)


def _as_text(value: object, name: str) -> object:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise Rejection("bad-decimal", f"{name} is a JSON number and must be decimal text: its digits may be lost")
    return value


def _text(value: object, name: str) -> str:
    return text({name: value}, name, limit=_TEXT_LIMIT)


def _long(value: object, name: str) -> str:
    if not isinstance(value, str) or len(value) > MAX_MESSAGE_BYTES:
        raise Rejection("bad-text", f"{name} must be text, got {describe_value(value)}")
    _check_unicode(value, name)
    return value


def _check_unicode(value: str, name: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Rejection("not-unicode", f"{name} has a lone surrogate at character {error.start}") from None


def read_whole_number(value: object, name: str) -> int:
    """Return a whole number of up to 64 bits, given as a JSON integer or as text.

    Raises:
        Rejection: It is something else.
    """
    # Integers are exact in JSON readers; the bound keeps the conversion cheap.
    exact = type(value) is int and value.bit_length() <= 64  # noqa: PLR2004 - 64-bit
    return integer(str(value) if exact else value, name)


def read_ns(value: object, name: str) -> int:
    """Return a time in nanoseconds since 1970 UTC, given as a JSON integer or as text.

    Raises:
        Rejection: It is something else.
    """
    exact = type(value) is int and value.bit_length() <= 64  # noqa: PLR2004 - 64-bit
    return scaled_ns(str(value) if exact else value, name, scale=1)


def read_flag(value: object, name: str) -> bool:
    """Return a member that is true or false.

    Raises:
        Rejection: It is something else.
    """
    if not isinstance(value, bool):
        raise Rejection("bad-flag", f"{name} must be true or false, got {describe_value(value)}")
    return value


def _words(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MAX_PAIRS:
        raise Rejection("bad-text", f"{name} must be a list of at most {_MAX_PAIRS} texts")
    return tuple(_text(one, name) for one in value)


def read_pairs(detail: Mapping[str, Any], name: str, *, named: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the (name, text) pairs of an object, none where it is not there; sorted by name when ``named``.

    Raises:
        Rejection: It is something else, or a name in it cannot be one.
    """
    given = detail.get(name, {})
    if not isinstance(given, dict) or len(given) > _MAX_PAIRS:
        raise Rejection(f"bad-{name}", f"{name} must be an object of at most {_MAX_PAIRS} members")
    for one in given:
        if not isinstance(one, str) or not _ATTRIBUTE.fullmatch(one):
            raise Rejection(f"bad-{name}", f"a name in {name} must be 1 to 40 of a-z 0-9 _, got {describe_value(one)}")
    pairs = ((one, text(given, one, limit=_TEXT_LIMIT)) for one in given)
    return tuple(sorted(pairs)) if named else tuple(pairs)


def _object_of_texts(value: object, name: str) -> tuple[tuple[str, str], ...]:
    return read_pairs({name: value}, name)


def _counts(value: object, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    bids, asks = (member(value, one) for one in ("bids", "asks"))
    if not isinstance(bids, list) or not isinstance(asks, list):
        raise Rejection("bad-shape", f"{name} must hold lists of bids and asks")
    read = tuple(tuple(str(integer(one, name)) for one in rows) for rows in (bids, asks))
    return read[0], read[1]


def read_numbering(value: object) -> Numbering:
    """Return a place in a count, as a body tells it.

    Raises:
        Rejection: It is something else.
    """
    role = member(value, "role")
    if role not in _ROLES:
        raise Rejection("bad-text", f"the role of a numbering must be one of {', '.join(sorted(_ROLES))}")
    numbers = {name: None if name not in value else integer(value[name], name) for name in ("first", "previous")}  # type: ignore[operator,index]
    last = integer(member(value, "last"), "last")
    shared = isinstance(value, dict) and value.get("shared") == "true"
    return Numbering(text(value, "stream", limit=_TEXT_LIMIT), last, **numbers, role=role, shared=shared)


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "price": _price,
    "size": _size,
    "text": _text,
    "long": _long,
    "side": side,
    "ns": read_ns,
    "whole": read_whole_number,
    "flag": read_flag,
    "words": _words,
    "levels": levels,
    "pairs": _object_of_texts,
    "counts": _counts,
}
