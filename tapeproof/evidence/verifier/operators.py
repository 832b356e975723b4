"""Operators of criteria: how one value is compared with what is wanted of it.

Patterns are globs matched in linear time; a bundle cannot bring a regular expression that hangs its reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from tapeproof.evidence.verifier.observation import ABSENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["OPERATORS", "WANTED", "Answer", "glob_matches"]

Answer = Optional[bool]  # noqa: UP045 - evaluated when the file runs, on Python 3.9 too


def glob_matches(pattern: str, text: str) -> bool:
    """Return whether a text matches a pattern of ``*`` and ``?``, in time linear in their product."""
    at = star = mark = 0
    star = -1
    position = 0
    while position < len(text):
        if at < len(pattern) and pattern[at] == "*":
            star, mark, at = at, position, at + 1
        elif at < len(pattern) and pattern[at] in {"?", text[position]}:
            at, position = at + 1, position + 1
        elif star >= 0:
            mark, at = mark + 1, star + 1
            position = mark
        else:
            return False
    return pattern[at:].strip("*") == ""


def _compare_numbers(check: Callable[[Json, Json], bool]) -> Callable[[Json, Json], Answer]:
    def compare(value: Json, wanted: Json) -> Answer:
        numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in (value, wanted))
        return check(value, wanted) if numbers else None

    return compare


def _text(check: Callable[[str, Json], bool]) -> Callable[[Json, Json], Answer]:
    def compare(value: Json, wanted: Json) -> Answer:
        return check(value, wanted) if isinstance(value, str) else None

    return compare


def _equal(value: Json, wanted: Json) -> Answer:
    return None if value is ABSENT else _same(value, wanted)


def _same(one: Json, other: Json) -> bool:
    """Return whether two JSON values are equal; true and 1 are not, wherever they stand."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _is_among(value: Json, values: list[Json]) -> bool:
    return any(_same(value, one) for one in values)


def _contains(value: Json, wanted: Json) -> Answer:
    if isinstance(value, str):
        return wanted in value if isinstance(wanted, str) else None
    return _is_among(wanted, value) if isinstance(value, list) else None


def _without_but_at_the_end(value: str, wanted: Json) -> bool:
    body = value.removesuffix(wanted["end"])
    return not any(mark in body for mark in wanted["marks"])


OPERATORS: dict[str, Callable[[Json, Json], Answer]] = {
    "equal": _equal,
    "one of": lambda value, wanted: None if value is ABSENT else _is_among(value, wanted),
    "at least": _compare_numbers(lambda value, wanted: value >= wanted),
    "at most": _compare_numbers(lambda value, wanted: value <= wanted),
    "present": lambda value, _: value is not ABSENT,
    "absent": lambda value, _: value is ABSENT,
    "empty": lambda value, _: value is ABSENT or value in ([], {}, ""),
    "not empty": lambda value, _: value is not ABSENT and value not in ([], {}, ""),
    "contains": _contains,
    "like": _text(lambda value, wanted: glob_matches(wanted, value)),
    "without": _text(lambda value, wanted: not any(mark in value for mark in wanted)),
    "without but at the end": _text(_without_but_at_the_end),
}
WANTED: dict[str, type | tuple[type, ...]] = {
    "one of": list,
    "at least": (int, float),
    "at most": (int, float),
    "like": str,
    "without": str,
    "without but at the end": dict,
}
"""What a criterion's value must be, by operator; anything, where nothing stands here."""
