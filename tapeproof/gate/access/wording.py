"""Answers in words. Facts come in, lines go out; nothing reads them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.condition import Opaque, Test
from tapeproof.gate.access.decision import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tapeproof.gate.access.decision import Decision
    from tapeproof.gate.access.document import Statement
    from tapeproof.gate.access.request import Literal

__all__ = ["say_conditions", "say_decision", "say_statement"]

_VERBS = {
    "exact": ("is", "is not"),
    "folded": ("is", "is not"),
    "wildcard": ("matches", "does not match"),
    "arn": ("matches", "does not match"),
    "address": ("is within", "is not within"),
}
_SIZES = {
    "Equals": ("is", "is not"),
    "LessThan": ("is less than", "is not less than"),
    "LessThanEquals": ("is at most", "is not at most"),
    "GreaterThan": ("is greater than", "is not greater than"),
    "GreaterThanEquals": ("is at least", "is not at least"),
}


def say_decision(decision: Decision, spelling: Mapping[str, str]) -> str:
    """Return an answer with what it hangs on: the conditions that decide, or what is not known.

    Args:
        decision: The decision.
        spelling: How the request spells its keys, by their lower case.
    """
    unknown = decision.answer is Answer.UNKNOWN
    reasons = decision.missing if unknown else say_conditions(decision.when, spelling)
    return f"{decision.answer.value} {' and '.join(reasons)}" if reasons else decision.answer.value


def say_statement(policy: str, statement: Statement) -> str:
    """Return by which statement of which policy something is allowed, and where it is written."""
    sid = f" ({statement.sid})" if statement.sid else ""
    place = f" at {statement.place}" if statement.place else ""
    return f"by {policy}{sid}{place}"


def say_conditions(when: Iterable[tuple[Literal, bool]], spelling: Mapping[str, str]) -> list[str]:
    """Return one line for each condition.

    Args:
        when: Conditions, each with whether it must hold.
        spelling: How the request spells its keys, by their lower case.
    """
    return [_say(literal, spelling, holds=holds) for literal, holds in when]


def _say(literal: Literal, spelling: Mapping[str, str], *, holds: bool) -> str:
    if isinstance(literal, Opaque):
        return literal.reason if holds else f"not: {literal.reason}"
    key = spelling.get(literal.key, literal.spelled)
    operator = literal.operator
    if operator.base == "Null":
        absent = ("true" in {text.lower() for text in literal.texts}) == holds
        return f"{key} is absent" if absent else f"{key} is there"
    positive = holds != operator.negated
    wanted = f"{key} {_relation(literal, positive=positive)}"
    quantifier = {"all": "every value of ", "any": "some value of ", "": ""}[operator.quantifier]
    absent = literal.holds(()) == holds
    return f"{quantifier}{wanted}{' or is absent' if absent and (positive or operator.quantifier) else ''}"


def _relation(test: Test, *, positive: bool) -> str:
    kind = test.operator.kind
    if kind in {"number", "date"}:
        verbs = _SIZES[test.operator.base.removeprefix("Numeric").removeprefix("Date")]
        return f"{verbs[not positive]} {' or '.join(test.texts)}"
    parts: list[str] = []
    for text in test.texts:
        plain = kind in {"wildcard", "arn"} and not set("*?") & set(text)
        verb = ("is", "is not") if plain else _VERBS[kind]
        parts.append(f"{verb[not positive]} {text or 'empty'}")
    return (" or " if positive else " and ").join(parts) or (
        "has a value the policy does not have" if positive else "is anything"
    )
