"""Criteria: what a policy requires of a resource, as data that anybody can evaluate again over the raw evidence.

A criterion is a JSON object, one of::

    {"at": "/a/b", "is": OPERATOR, "value": …}      a test of one value
    {"every": "/list", "where": C, "meets": C}      each element (a lone value counts as a list of one)
    {"some": "/list", "where": C, "meets": C}       at least one element
    {"all": [C, …]}   {"any": [C, …]}   {"not": C}

``at`` is a JSON pointer (RFC 6901). ``value`` may be ``{"parameter": name}``. The answer is True, False, or None for
"cannot be judged": a value that is absent, of another type, or not known yet is never a pass by itself.
Patterns are globs matched in linear time; a bundle cannot bring a regular expression that hangs its reader.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple, Optional

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["ABSENT", "PRESENT", "UNKNOWN_KEY", "Judged", "compile_criterion", "glob_matches", "look_of", "point"]

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

Answer = Optional[bool]  # noqa: UP045 - evaluated when the file runs, on Python 3.9 too
Notes = list[tuple[str, Json]]
Test = Callable[[Json, Notes], Answer]


class Judged(NamedTuple):
    """The answer of a criterion and the values it rests on, as (pointer, value) pairs."""

    answer: Answer
    observed: Notes


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


def compile_criterion(criterion: Json, parameters: dict[str, Json]) -> Callable[[Json], Judged]:
    """Return a function that judges a document.

    Args:
        criterion: The criterion.
        parameters: What ``{"parameter": name}`` stands for.

    Raises:
        Unusable: The criterion is not well formed.
    """
    test = _compile(criterion, parameters)

    def judge(document: Json) -> Judged:
        notes: Notes = []
        return Judged(test(document, notes), notes)

    return judge


def look_of(criteria: list[Json]) -> Callable[[Json], list[Json]]:
    """Return a function whose answer over a document decides what criteria answer and note.

    Args:
        criteria: Criteria that `compile_criterion` took.
    """
    places = [
        ([(token, int(token) if token.isdecimal() else sys.maxsize) for token in _tokens(pointer)], operator)
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
                value = value if isinstance(value, dict) and UNKNOWN_KEY in value else _note_value(operator, value)
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


def _compile(criterion: Json, parameters: dict[str, Json]) -> Test:
    try:
        if "at" in criterion:
            return _compile_test(criterion, parameters)
        if "not" in criterion:
            return _negate(_compile(criterion["not"], parameters))
        for word in ("all", "any"):
            if word in criterion:
                return _combine([_compile(one, parameters) for one in criterion[word]], every=word == "all")
        for word in ("every", "some"):
            if word in criterion:
                return _compile_each(criterion, parameters, word)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unusable("BAD_CRITERION", CRITERIA_NAME, f"{criterion!r} is not well formed: {error!r}") from error
    raise Unusable("BAD_CRITERION", CRITERIA_NAME, f"{criterion!r} has none of the known words")


def _tokens(pointer: str) -> tuple[str, ...]:
    if pointer and not pointer.startswith("/"):
        raise Unusable("BAD_CRITERION", CRITERIA_NAME, f"{pointer!r} is not a JSON pointer")
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])


def _resolve(value: Json, parameters: dict[str, Json]) -> Json:
    if not isinstance(value, dict) or list(value) != ["parameter"]:
        return value
    if not isinstance(parameters, dict) or value["parameter"] not in parameters:
        raise Unusable("BAD_EVIDENCE", "run.json", f"a criterion needs the parameter {value['parameter']!r}")
    return parameters[value["parameter"]]


def _compile_test(criterion: dict[str, Json], parameters: dict[str, Json]) -> Test:
    pointer, operator = criterion["at"], criterion["is"]
    tokens, wanted = _tokens(pointer), _resolve(criterion.get("value"), parameters)
    compare = OPERATORS[operator]
    if not isinstance(wanted, WANTED.get(operator, object)):
        raise Unusable("BAD_CRITERION", CRITERIA_NAME, f"{operator!r} cannot be asked of {wanted!r}")

    def test(document: Json, notes: Notes) -> Answer:
        value = point(document, tokens)
        if isinstance(value, dict) and UNKNOWN_KEY in value:
            notes.append((pointer, value))
            return None
        notes.append((pointer, None if value is ABSENT else _note_value(operator, value)))
        return compare(value, wanted)

    return test


def _note_value(operator: str, value: Json) -> Json:
    """Return what is told of a value that is there: the value, unless it is asked only whether it is there."""
    asked_whether = operator == "present" or (operator == "not empty" and isinstance(value, (dict, list)) and value)
    return PRESENT if asked_whether else value


def _negate(inner: Test) -> Test:
    def test(document: Json, notes: Notes) -> Answer:
        answer = inner(document, notes)
        return None if answer is None else not answer

    return test


def _combine(parts: list[Test], *, every: bool) -> Test:
    decisive = not every

    def test(document: Json, notes: Notes) -> Answer:
        answer: Answer = every
        for part in parts:
            one = part(document, notes)
            if one is decisive:
                return decisive
            if one is None:
                answer = None
        return answer

    return test


def _compile_each(criterion: dict[str, Json], parameters: dict[str, Json], word: str) -> Test:
    pointer, every = criterion[word], word == "every"
    tokens, meets = _tokens(pointer), _compile(criterion["meets"], parameters)
    where = _compile(criterion["where"], parameters) if "where" in criterion else None

    def test(document: Json, notes: Notes) -> Answer:
        value = point(document, tokens)
        if isinstance(value, dict) and UNKNOWN_KEY in value:
            notes.append((pointer, value))
            return None
        elements = [] if value is ABSENT else value if isinstance(value, list) else [value]
        if not elements:
            notes.append((pointer, []))
        return _each(elements, where, meets, notes, every)

    return test


def _each(elements: list[Json], where: Test | None, meets: Test, notes: Notes, every: bool) -> Answer:
    answer: Answer = every
    for element in elements:
        applies = True if where is None else where(element, [])
        if applies is False:
            continue
        one = meets(element, notes) if applies else None
        if one is (not every):
            return one
        if one is None:
            answer = None
    return answer


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
