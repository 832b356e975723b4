"""Newest quotes put together: a venue that sends changes names one side only, and the other is carried along."""

from __future__ import annotations

import json
from typing import Any

from tapeproof.log.members import read_json

__all__ = ["is_carried"]

_SIDES = frozenset({"bid_price", "bid_size", "ask_price", "ask_size"})
_LONGEST = 1 << 20


def is_carried(newest: dict[str, Any], record: dict[str, Any]) -> bool:
    """Return whether a newest quote is the change of a record, with sides that were there before beside it.

    What the record says must stand in it word for word, and all of it once; a side that the record does not name is
    not proved by it.

    Args:
        newest: The item of the newest quote.
        record: The item of the record that its entry commits to.
    """
    try:
        whole, change = (_read(item["body"]["S"]) for item in (newest, record))
    except (LookupError, TypeError, ValueError, RecursionError):
        return False
    named = {name for name, value in change.items() if value is not None and name != "is_delta"}
    added = {name for name, value in whole.items() if value is not None and name != "is_delta"} - named
    if change.get("is_delta") is not True or not added <= _SIDES or not all(type(whole[name]) is str for name in added):
        return False
    return all(name in whole and _text(whole[name]) == _text(change[name]) for name in named)


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return what tells a value from any other: one, one point nothing and true are equal, and are not the same."""
    return json.dumps(value, sort_keys=True)


def _read(text: str) -> dict[str, Any]:
    if len(text) > _LONGEST:
        raise ValueError("longer than any quote")
    body = read_json(text)  # of a member that is there twice, a reader may take the other
    if not isinstance(body, dict):
        raise TypeError("not an object")
    return body
