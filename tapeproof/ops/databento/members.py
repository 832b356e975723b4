"""Members of a DBN record, and the parts of an event that are made of them.

Members that have no place in an event are in ``extra.dbn``, as text. One that DBN says has no value is nowhere.
"""

from __future__ import annotations

from typing import Any

__all__ = ["Event", "Members", "decimal_text", "keep_given", "keep_rest", "read_price", "read_side"]

Event = dict[str, Any]
Members = dict[str, "int | str"]
_UNIT = 1_000_000_000  # prices are integers of 1e-9
_DIGITS = 9
_SIDES = {"B": "buy", "A": "sell"}
_NEVER_EXTRA = frozenset({"instrument_id"})


def decimal_text(units: int) -> str:
    """Return a price in units of 1e-9 as exact decimal text."""
    whole, part = divmod(abs(units), _UNIT)
    text = f"{whole}.{part:0{_DIGITS}d}".rstrip("0").rstrip(".")
    return f"-{text}" if units < 0 else text


def keep_rest(members: Members, *taken: str) -> Event:
    """Return the members that have no other place; times are read from the event wherever it has them."""
    left = {name: str(value) for name, value in members.items() if name not in taken and name not in _NEVER_EXTRA}
    return {"extra": {"dbn": left}}


def read_price(members: Members, name: str) -> str | None:
    """Return a price as decimal text; None where it is absent."""
    return decimal_text(int(members[name])) if name in members else None


def keep_given(**members: str | None) -> Event:
    """Return the members that have a value."""
    return {name: value for name, value in members.items() if value is not None}


def read_side(members: Members, name: str = "side") -> Event:
    """Return the side, buy or sell, where it is known."""
    own = _SIDES.get(str(members.get(name)))
    return {"side": own} if own else {}
