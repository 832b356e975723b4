"""Event patterns as sets of events: can an event match both of two patterns?

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html. Only what surely
holds is used: a field of the event's body may be a list of which one element fits each pattern, so two patterns are
told apart by the fields of the envelope, which are single strings, and by fields that one asks for and the other
refuses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.patterns import Glob, exact, marked_wildcard
from tapeproof.gate.access.search import Demand, find_string

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Plain, Value

__all__ = ["Fields", "may_meet", "names_of", "pattern_of"]

Fields = dict[tuple[str, ...], list["Plain"]]
"""For each field of the event the matchers of which one must fit."""
_SINGLE = {("source",), ("detail-type",), ("account",), ("region",), ("id",), ("time",)}


def pattern_of(site: Site, value: Value) -> Fields:
    """Return a pattern's fields; alternatives under `$or` are left out, which only makes the pattern wider.

    Raises:
        Undecided: The pattern, or a part of it, is not known.
    """
    if value.is_unset:
        return {}
    document = site.stack.document(value)
    return dict(_flatten((), document.plain())) if document.known else dict(_flatten_partly_known(site, (), document))


def _flatten(path: tuple[str, ...], plain: Plain) -> Iterator[tuple[tuple[str, ...], list[Plain]]]:
    if isinstance(plain, dict):
        for name, inner in plain.items():
            if name != "$or":
                yield from _flatten((*path, name), inner)
    elif isinstance(plain, list):
        yield path, plain


def _flatten_partly_known(
    site: Site, path: tuple[str, ...], value: Value
) -> Iterator[tuple[tuple[str, ...], list[Plain]]]:
    for name, inner in value.entries().items():
        if name == "$or":
            continue
        if inner.known:
            yield from _flatten((*path, name), inner.plain())
        elif _is_object(inner):
            yield from _flatten_partly_known(site, (*path, name), inner)
        else:
            listed = inner.elements()
            yield (*path, name), [one.plain() if one.known else site.world.text(one) for one in listed]


def _is_object(value: Value) -> bool:
    return getattr(value, "kind", "") in {"object", "map"}


def may_meet(one: Fields, other: Fields) -> bool:
    """Return whether an event may match both patterns."""
    return all(_fit(path, matchers, other.get(path)) for path, matchers in one.items())


def _fit(path: tuple[str, ...], mine: list[Plain], theirs: list[Plain] | None) -> bool:
    if theirs is None:
        return True
    if _refuses(mine) != _refuses(theirs) and not (_may_lack(mine) and _may_lack(theirs)):
        return False
    if path not in _SINGLE:
        return True
    try:
        return any(_overlap(left, right) for left in mine for right in theirs)
    except UndecidedError:
        return True


def _refuses(matchers: list[Plain]) -> bool:
    """Return whether the field must not be there."""
    return all(isinstance(one, dict) and one.get("exists") is False for one in matchers)


def _may_lack(matchers: list[Plain]) -> bool:
    return any(isinstance(one, dict) and one.get("exists") is False for one in matchers)


def _overlap(left: Plain, right: Plain) -> bool:
    return find_string([*_demands(left), *_demands(right)]) is not None


def _demands(matcher: Plain) -> list[Demand]:
    """Return what a string must meet to fit a matcher; nothing where the matcher is not about strings."""
    if isinstance(matcher, str):
        return [Demand((exact(matcher),))]
    if not isinstance(matcher, dict):
        return []
    ((operator, operand), *_) = [*matcher.items(), ("", None)]
    if operator == "anything-but":
        return [Demand(tuple(_globs_of_refused(operand)), wanted=False)]
    glob = _glob(operator, operand)
    return [] if glob is None else [Demand((glob,))]


def _globs_of_refused(operand: Plain) -> Iterator[Glob]:
    listed = operand if isinstance(operand, list) else [operand]
    for one in listed:
        if isinstance(one, str):
            yield exact(one)
        elif isinstance(one, dict):
            for operator, inner in one.items():
                values = inner if isinstance(inner, list) else [inner]
                yield from (glob for glob in (_glob(operator, value) for value in values) if glob is not None)


def _glob(operator: str, operand: Plain) -> Glob | None:
    folded = isinstance(operand, dict) and "equals-ignore-case" in operand
    text = operand.get("equals-ignore-case") if isinstance(operand, dict) else operand
    if not isinstance(text, str):
        return None
    letters = [(letter, False) for letter in text]
    star = [("*", True)]
    if operator == "prefix":
        return marked_wildcard([*letters, *star], text, folded=folded)
    if operator == "suffix":
        return marked_wildcard([*star, *letters], text, folded=folded)
    if operator == "equals-ignore-case":
        return exact(text, folded=True)
    if operator == "wildcard":
        return marked_wildcard(_wildcards(text), text)
    return None


def _wildcards(text: str) -> list[tuple[str, bool]]:
    marked: list[tuple[str, bool]] = []
    escaped = False
    for letter in text:
        if letter == "\\" and not escaped:
            escaped = True
            continue
        marked.append((letter, letter == "*" and not escaped))
        escaped = False
    return marked


def names_of(fields: Mapping[tuple[str, ...], list[Plain]], path: tuple[str, ...]) -> list[str]:
    """Return the exact strings that a field is asked for."""
    return [one for one in fields.get(path, []) if isinstance(one, str)]
