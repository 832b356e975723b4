"""Criteria: what a policy requires of a resource, as data that anybody can evaluate again over the raw evidence.

A criterion is a JSON object, one of::

    {"at": "/a/b", "is": OPERATOR, "value": …}      a test of one value
    {"every": "/list", "where": C, "meets": C}      each element (a lone value counts as a list of one)
    {"some": "/list", "where": C, "meets": C}       at least one element
    {"all": [C, …]}   {"any": [C, …]}   {"not": C}

``at`` is a JSON pointer (RFC 6901). ``value`` may be ``{"parameter": name}``. The answer is True, False, or None for
"cannot be judged": a value that is absent, of another type, or not known yet is never a pass by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.observation import ABSENT, CRITERIA_NAME, UNKNOWN_KEY, note_value, point, split_pointer
from tapeproof.evidence.verifier.operators import OPERATORS, WANTED, Answer
from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["Judged", "compile_criterion"]

Notes = list[tuple[str, Json]]
Test = Callable[[Json, Notes], Answer]


class Judged(NamedTuple):
    """The answer of a criterion and the values it rests on, as (pointer, value) pairs."""

    answer: Answer
    observed: Notes


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


def _resolve(value: Json, parameters: dict[str, Json]) -> Json:
    if not isinstance(value, dict) or list(value) != ["parameter"]:
        return value
    if not isinstance(parameters, dict) or value["parameter"] not in parameters:
        raise Unusable("BAD_EVIDENCE", "run.json", f"a criterion needs the parameter {value['parameter']!r}")
    return parameters[value["parameter"]]


def _compile_test(criterion: dict[str, Json], parameters: dict[str, Json]) -> Test:
    pointer, operator = criterion["at"], criterion["is"]
    tokens, wanted = split_pointer(pointer), _resolve(criterion.get("value"), parameters)
    compare = OPERATORS[operator]
    if not isinstance(wanted, WANTED.get(operator, object)):
        raise Unusable("BAD_CRITERION", CRITERIA_NAME, f"{operator!r} cannot be asked of {wanted!r}")

    def test(document: Json, notes: Notes) -> Answer:
        value = point(document, tokens)
        if isinstance(value, dict) and UNKNOWN_KEY in value:
            notes.append((pointer, value))
            return None
        notes.append((pointer, None if value is ABSENT else note_value(operator, value)))
        return compare(value, wanted)

    return test


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
    tokens, meets = split_pointer(pointer), _compile(criterion["meets"], parameters)
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
