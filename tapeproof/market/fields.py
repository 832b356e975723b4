"""Reads one field of a message from a stranger: bounded, exact, and with a reason when it does not fit."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

from tapeproof.market.errors import Rejection, describe_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tapeproof.market.wire import Json

__all__ = [
    "MAX_LEVELS",
    "MAX_NS",
    "Best",
    "Level",
    "Prices",
    "all_of",
    "attributes",
    "bar_prices",
    "best_prices",
    "changes",
    "decimal",
    "each",
    "integer",
    "iso_ns",
    "levels",
    "member",
    "optional_decimal",
    "rest",
    "scaled_ns",
    "seconds_ns",
    "side",
    "text",
]

Level = tuple[str, str]
T = TypeVar("T")

MAX_LEVELS = 25_000
MAX_NS = 10**19 - 1  # 19 digits, the width of a sort key: reaches the year 2286
_MAX_INTEGER_DIGITS = 20  # an unsigned 64-bit number, the width of a sequence in a sort key
_MAX_DECIMAL = 64
_MAX_EXPONENT = 30

_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,30})?")
_SCIENTIFIC = re.compile(r"(-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,30})?)[eE]([+-]?[0-9]{1,3})")
_INTEGER = re.compile(r"[0-9]{1,20}")
_FRACTION = re.compile(r"([0-9]{1,20})\.([0-9]{1,9})")
_SECONDS = re.compile(r"([0-9]{1,10})(?:\.([0-9]{1,9}))?")
_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:[Zz]|([+-])([0-9]{2}):?([0-9]{2}))"
)
_LEAP_SECOND, _LAST_MINUTE = 60, ":59"
_SIDES = dict.fromkeys(("buy", "b", "bid"), "buy") | dict.fromkeys(("sell", "s", "ask", "a", "offer"), "sell")


def member(message: Json, name: str) -> Json:
    """Return a member that must be there.

    Raises:
        Rejection: The message is no object or has no such member.
    """
    if not isinstance(message, dict):
        raise Rejection("bad-shape", f"expected an object with {name}, got {describe_value(message)}")
    try:
        return message[name]
    except KeyError:
        raise Rejection("missing-field", f"{name} is missing") from None


def text(message: Json, name: str, *, limit: int = 64) -> str:
    """Return a member that must be printable text of 1 to ``limit`` characters."""
    value = member(message, name)
    if not isinstance(value, str) or not 0 < len(value) <= limit or not value.isprintable():
        raise Rejection("bad-text", f"{name} must be 1 to {limit} printable characters, got {describe_value(value)}")
    return value


def decimal(value: object, name: str, *, signed: bool = False) -> str:
    """Return a decimal number as plain digits, exactly as written; scientific notation is written out.

    Args:
        value: Text (JSON numbers arrive as text too).
        name: The field, for the reason.
        signed: Whether a minus sign is allowed: prices of spreads and futures can be negative, sizes cannot.

    Raises:
        Rejection: Not a decimal number, or out of the range that records hold.
    """
    if isinstance(value, str):
        if not _DECIMAL.fullmatch(value):
            value = _written_out(value, name)
        if signed or value[0] != "-":
            return value
        if not value.strip("-0."):  # nothing, as some programs write it
            return value[1:]
    raise Rejection(
        "bad-decimal", f"{name} must be {'a' if signed else 'an unsigned'} decimal, got {describe_value(value)}"
    )


def _written_out(value: str, name: str) -> str:
    match = _SCIENTIFIC.fullmatch(value)
    if match and abs(int(match[2])) <= _MAX_EXPONENT:
        plain = f"{Decimal(value):f}"
        if len(plain) <= _MAX_DECIMAL and _DECIMAL.fullmatch(plain):
            return plain
    raise Rejection("bad-decimal", f"{name} must be a decimal of at most 30.30 digits, got {describe_value(value)}")


def optional_decimal(message: dict[str, Any], name: str, *, signed: bool = False) -> str | None:
    """Return a decimal member, or None where it is absent, null or empty."""
    value = message.get(name)
    return None if value in (None, "") else decimal(value, name, signed=signed)


def integer(value: object, name: str) -> int:
    """Return an unsigned integer of at most 20 digits that fits 64 bits."""
    if isinstance(value, str) and _INTEGER.fullmatch(value) and (number := int(value)) < 1 << 64:
        return number
    raise Rejection("bad-integer", f"{name} must be an unsigned 64-bit integer, got {describe_value(value)}")


def iso_ns(value: object, name: str) -> int:
    """Return an RFC 3339 time as nanoseconds since 1970 UTC, to the last digit (RFC 3339 section 5.6).

    A leap second is the first second of the next minute, as POSIX counts it. A time without Z or an offset is refused:
    nobody can tell when it was.
    """
    match = _ISO.fullmatch(value) if isinstance(value, str) else None
    seconds = _epoch_seconds(match) if match else None
    if match is None or seconds is None:
        raise Rejection("bad-time", f"{name} must be an RFC 3339 time with Z or an offset, got {describe_value(value)}")
    return _bounded_ns(seconds * 1_000_000_000 + int((match[4] or "").ljust(9, "0")), name)


def _epoch_seconds(match: re.Match[str]) -> int | None:
    second = int(match[3])
    # Leap seconds stand at the end of a minute 59 only (RFC 3339 section 5.7).
    leap = int(second == _LEAP_SECOND and match[2].endswith(_LAST_MINUTE))
    offset = timedelta(hours=int(match[6] or 0), minutes=int(match[7] or 0))
    try:
        local = datetime.fromisoformat(f"{match[1]}T{match[2]}:{second - leap:02d}").replace(tzinfo=UTC)
        return int((local + offset if match[5] == "-" else local - offset).timestamp()) + leap
    except (ValueError, OverflowError):
        return None


def seconds_ns(value: object, name: str) -> int:
    """Return epoch seconds with a decimal fraction as nanoseconds."""
    match = _SECONDS.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise Rejection("bad-time", f"{name} must be epoch seconds, got {describe_value(value)}")
    return _bounded_ns(int(match[1]) * 1_000_000_000 + int((match[2] or "").ljust(9, "0")), name)


def scaled_ns(value: object, name: str, *, scale: int) -> int:
    """Return a time as nanoseconds; ``scale`` is the number of nanoseconds in one unit.

    A fraction of a unit is taken where it comes to whole nanoseconds, as of a venue that begins to send more digits.
    """
    match = _FRACTION.fullmatch(value) if isinstance(value, str) and scale > 1 else None
    if match is None:
        return _bounded_ns(integer(value, name) * scale, name)
    part, rest = divmod(int(match[2]) * scale, 10 ** len(match[2]))
    if rest:
        raise Rejection("bad-time", f"{name} has a fraction of a nanosecond, got {describe_value(value)}")
    return _bounded_ns(integer(match[1], name) * scale + part, name)


def _bounded_ns(value: int, name: str) -> int:
    if 0 <= value <= MAX_NS:
        return value
    raise Rejection("bad-time", f"{name} lies outside 1970 to 2286")


def side(value: object, name: str = "side") -> str:
    """Return ``buy`` or ``sell``."""
    # Feeds write words or letters, small or capital.
    known = _SIDES.get(value.lower()) if isinstance(value, str) else None
    if known is None:
        raise Rejection("bad-side", f"{name} must be buy or sell, got {describe_value(value)}")
    return known


def levels(rows: object, name: str) -> tuple[Level, ...]:
    """Return the (price, size) pairs of one side of a book; what follows them in a row is not looked at."""
    price, size = f"{name} price", f"{name} size"
    return tuple([(decimal(row[0], price, signed=True), decimal(row[1], size)) for row in _rows(rows, name, 2)])


def changes(rows: object, name: str) -> tuple[tuple[Level, ...], tuple[Level, ...]]:
    """Return (bids, asks) of ``[side, price, size]`` rows, each in the order given."""
    bids: list[Level] = []
    asks: list[Level] = []
    for row in _rows(rows, name, 3):
        level = decimal(row[1], f"{name} price", signed=True), decimal(row[2], f"{name} size")
        (bids if side(row[0], f"{name} side") == "buy" else asks).append(level)
    return tuple(bids), tuple(asks)


def _rows(rows: object, name: str, width: int) -> list[list[Any]]:
    if not isinstance(rows, list) or len(rows) > MAX_LEVELS:
        raise Rejection("bad-levels", f"{name} must be a list of at most {MAX_LEVELS} levels")
    for row in rows:
        if not isinstance(row, list) or len(row) < width:
            raise Rejection("bad-levels", f"{name} must hold rows of {width} or more values, got {describe_value(row)}")
    return rows


def attributes(message: dict[str, Any], names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the venue's own extra members as sorted (our name, text) pairs; absent and empty ones are left out.

    Args:
        message: The object that holds them.
        names: Our attribute name by the venue's member name.
    """
    found = []
    for theirs, ours in names.items():
        value = message.get(theirs)
        if value is None or value == "":
            continue
        found.append((ours, text(message, theirs, limit=128)))
    return tuple(sorted(found))


class Prices(TypedDict):
    """The prices of a bar."""

    open: str
    high: str
    low: str
    close: str


def bar_prices(message: Json, *, initials: bool = False) -> Prices:
    """Return the four prices of a bar, whose members have these names or their first letters."""
    open_, high, low, close = (
        decimal(member(message, name[0] if initials else name), name, signed=True)
        for name in ("open", "high", "low", "close")
    )
    return Prices(open=open_, high=high, low=low, close=close)


class Best(TypedDict):
    """The members of a quote."""

    bid_price: str | None
    bid_size: str | None
    ask_price: str | None
    ask_size: str | None


def best_prices(message: dict[str, Any], names: tuple[str, str, str, str]) -> Best:
    """Return the members of a quote; ``names`` are the venue's for bid price and size, ask price and size."""
    bid, bid_size, ask, ask_size = names
    return Best(
        bid_price=optional_decimal(message, bid, signed=True),
        bid_size=optional_decimal(message, bid_size),
        ask_price=optional_decimal(message, ask, signed=True),
        ask_size=optional_decimal(message, ask_size),
    )


def rest(message: dict[str, Any], known: frozenset[str] | dict[str, Any]) -> dict[str, Any] | None:
    """Return the members of a message that no other place of the record holds, or None where there are none."""
    if all(map(known.__contains__, message)):
        return None
    return {name: value for name, value in message.items() if name not in known}


def all_of(rows: object, name: str, read: Callable[[Any], Iterable[T | Rejection]]) -> Iterator[T | Rejection]:
    """Yield what ``read`` makes of each entry of a list, one after the other, as :func:`each` does for single ones."""
    for found in each(rows, name, lambda row: list(read(row))):
        if isinstance(found, Rejection):
            yield found
        else:
            yield from found


def each(rows: object, name: str, read: Callable[[Any], T]) -> Iterator[T | Rejection]:
    """Yield what ``read`` makes of each entry of a list; an entry that does not fit is a rejection with its place.

    Raises:
        Rejection: There is no list.
    """
    if not isinstance(rows, list):
        raise Rejection("bad-shape", f"{name} must be a list, got {describe_value(rows)}")
    for place, row in enumerate(rows):
        try:
            yield read(row)
        except Rejection as error:
            error.item = place
            yield error
