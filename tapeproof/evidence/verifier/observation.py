"""What criteria see of a document: the values that JSON pointers (RFC 6901) lead to, and what is told of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["ABSENT", "CRITERIA_NAME", "PRESENT", "UNKNOWN_KEY", "look_of", "note_value", "point", "split_pointer"]

CRITERIA_NAME = "controls/criteria.json"
UNKNOWN_KEY = "$unknown"
"""An object with this key stands for a value that the source does not know yet."""


class _Word:
    def __init__(self, word: str) -> None:
        self.word = word

    def __repr__(self) -> str:
        return self.word


ABSENT = _Word("absent")
PRESENT = _Word("present")
"""Noted for a value of which a criterion asks no more than that there is one."""


def point(value: Json, tokens: tuple[str, ...]) -> Json:
    """Return what a JSON pointer leads to, or `ABSENT`; null counts as absent."""
    for token in tokens:
        if isinstance(value, dict):
            value = value.get(token)
        elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return ABSENT
    return ABSENT if value is None else value


def split_pointer(pointer: str) -> tuple[str, ...]:
    """Return the tokens of a JSON pointer.

    Raises:
        Unusable: It is none.
    """
    if pointer and not pointer.startswith("/"):
        raise Unusable("BAD_CRITERION", CRITERIA_NAME, f"{pointer!r} is not a JSON pointer")
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])


def note_value(operator: str, value: Json) -> Json:
    """Return what is told of a value that is there: the value, unless it is asked only whether it is there."""
    asked_whether = operator == "present" or (operator == "not empty" and isinstance(value, (dict, list)) and value)
    return PRESENT if asked_whether else value


def look_of(criteria: list[Json]) -> Callable[[Json], list[Json]]:
    """Return a function whose answer over a document decides what criteria answer and note.

    Args:
        criteria: Criteria that `compile_criterion` took.
    """
    places = [
        ([(token, int(token) if token.isdecimal() else sys.maxsize) for token in split_pointer(pointer)], operator)
        for pointer, operator in sorted({place for one in criteria for place in _places(one)})
    ]

    def look(document: Json) -> list[Json]:
        seen = []
        for steps, operator in places:
            value = document
            try:
                for name, at in steps:
                    value = value[name] if value.__class__ is dict else value[at] if value.__class__ is list else ABSENT
            except (KeyError, IndexError):
                value = ABSENT
            if operator and value is not None and value is not ABSENT:
                value = value if isinstance(value, dict) and UNKNOWN_KEY in value else note_value(operator, value)
            seen.append(value)
        return seen

    return look


def _places(criterion: Json) -> list[tuple[str, str]]:
    if "at" in criterion:
        return [(criterion["at"], criterion["is"] if criterion["is"] in {"present", "not empty"} else "")]
    if "not" in criterion:
        return _places(criterion["not"])
    for word in ("all", "any"):
        if word in criterion:
            return [place for one in criterion[word] for place in _places(one)]
    return [(criterion["every"] if "every" in criterion else criterion["some"], "")]
