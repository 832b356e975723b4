"""Decide a request: ALLOWED, DENIED, ALLOWED IF some open conditions hold, or UNKNOWN for want of a value."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from tapeproof.gate.access.condition import Opaque, Test
from tapeproof.gate.access.evaluation import Part, Policies, Reading, Truth, read_request
from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.values import find_value, is_multivalued
from tapeproof.gate.access.variables import variables_of
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.request import Literal, Request

__all__ = ["Answer", "Decision", "decide"]

_BOUND = 20_000
"""How many combinations of open conditions are looked at before the answer is given up."""
_FRESH = ("mara", "q7-42")
"""Values that no document is likely to name."""


class Answer(Enum):
    """What is decided."""

    ALLOWED = "ALLOWED"
    DENIED = "DENIED"
    ALLOWED_IF = "ALLOWED IF"
    UNKNOWN = "UNKNOWN"


class Decision(NamedTuple):
    """An answer and what it rests on.

    Attributes:
        answer: The answer.
        when: For ALLOWED IF, the conditions that suffice, each with whether it must hold.
        missing: For UNKNOWN, what is not known.
        parts: The statements that speak of the request.
    """

    answer: Answer
    when: tuple[tuple[Literal, bool], ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


def decide(policies: Policies, request: Request) -> Decision:
    """Decide one request.

    Source of the order: see `evaluation`. What the request leaves open is decided over all values it may have.
    """
    reading = read_request(policies, request)
    if not reading.allows:
        return Decision(Answer.DENIED, parts=tuple(reading.denies))
    parts = (*reading.denies, *(part for parts in reading.allows.values() for part in parts))
    if not any(part.conditions for part in parts):
        return Decision(Answer.ALLOWED if reading.outcome({}) else Answer.DENIED, parts=parts)
    try:
        decision = _Search(reading).decide()
    except UndecidedError as error:
        return Decision(Answer.UNKNOWN, missing=(str(error),), parts=parts)
    return decision._replace(parts=parts)


class _Search:
    """The walk over what open conditions may be, key by key."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        conditions = reading.conditions()
        self.opaque = [one for one in conditions if isinstance(one, Opaque)]
        self.tests: dict[str, list[Test]] = {}
        for one in conditions:
            if isinstance(one, Test):
                self.tests.setdefault(one.key, []).append(one)
        self.many = {key: is_multivalued(tests) for key, tests in self.tests.items()}
        self.looked_at = 0

    def decide(self) -> Decision:
        seen: dict[Truth, dict[Literal, bool]] = {}
        for outcome, assignment in self._walk({}, list(self.tests)):
            seen.setdefault(outcome, assignment)
            if len(seen) == len((True, False, None)):
                break
        if True in seen and False in seen:
            return Decision(Answer.ALLOWED_IF, when=self._shorten(seen[True]))
        if None in seen:
            return self._decide_by_cases(seen)
        return Decision(Answer.ALLOWED if True in seen else Answer.DENIED)

    def _walk(self, assignment: dict[Literal, bool], keys: list[str]) -> Iterator[tuple[Truth, dict[Literal, bool]]]:
        self.looked_at += 1
        if self.looked_at > _BOUND:
            raise UndecidedError(f"more than {_BOUND} combinations of conditions decide")
        outcome = self.reading.outcome(assignment)
        if outcome is not None or not keys:
            yield outcome, assignment
            return
        for cell in self._cells(keys[0]):
            yield from self._walk({**assignment, **cell}, keys[1:])

    def _cells(self, key: str) -> Iterator[dict[Literal, bool]]:
        """Yield which tests of the key can hold together, and which cannot but fail then."""
        stack: list[list[tuple[Test, bool]]] = [[]]
        tests = self.tests[key]
        while stack:
            demands = stack.pop()
            self.looked_at += 1
            if self.looked_at > _BOUND:
                raise UndecidedError(f"more than {_BOUND} combinations of conditions decide")
            if find_value(demands, many=self.many[key]) is None:
                continue
            if len(demands) == len(tests):
                yield dict(demands)
                continue
            following = tests[len(demands)]
            stack.extend([[*demands, (following, False)], [*demands, (following, True)]])

    def _decide_by_cases(self, seen: dict[Truth, dict[Literal, bool]]) -> Decision:
        """Look at what hangs together under some values of the keys; else name what is missing."""
        keys = sorted({key for one in self.opaque for key in one.keys})
        answers = {Answer.ALLOWED if truth else Answer.DENIED for truth in seen if truth is not None}
        if keys and all(one.keys for one in self.opaque):
            answers |= {self._assume(value, keys[0]) for value in self._values(keys[0])}
            if Answer.ALLOWED_IF in answers or {Answer.ALLOWED, Answer.DENIED} <= answers:
                return Decision(Answer.ALLOWED_IF, when=tuple((one, True) for one in self.opaque))
        return Decision(Answer.UNKNOWN, missing=tuple(dict.fromkeys(one.reason for one in self.opaque)))

    def _assume(self, value: tuple[str, ...], key: str) -> Answer:
        request = self.reading.request
        known = request._replace(context={**request.context, key: value}, unknown=request.unknown - {key})
        return decide(self.reading.policies, known).answer

    def _values(self, key: str) -> list[tuple[str, ...]]:
        named = [
            value for test in self.tests.get(key, []) for value in test.texts if not variables_of(value, live=True)
        ]
        return [(), *((value,) for value in (*_FRESH, *dict.fromkeys(named)))]

    def _shorten(self, assignment: dict[Literal, bool]) -> tuple[tuple[Literal, bool], ...]:
        """Drop conditions that need not hold for the request to be allowed."""
        kept = dict(assignment)
        for literal in list(assignment):
            less = {one: holds for one, holds in kept.items() if one != literal}
            if self._suffices(less):
                kept = less
        return tuple(kept.items())

    def _suffices(self, assumed: dict[Literal, bool]) -> bool:
        return all(
            outcome is True
            for outcome, assignment in self._walk({}, list(self.tests))
            if all(assignment.get(one, holds) == holds for one, holds in assumed.items())
        )
