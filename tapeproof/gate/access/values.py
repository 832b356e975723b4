"""Find what a request could carry under a key so that some conditions hold and others do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.measures import MEASURES, Span, points_around, read_point, write_point
from tapeproof.gate.access.patterns import Glob
from tapeproof.gate.access.search import Demand, find_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tapeproof.gate.access.condition import Test, Value
    from tapeproof.gate.access.operators import Member

__all__ = ["find_value", "is_multivalued"]

Sides = list[tuple[tuple["Member", ...], bool]]
"""Sets, each with whether a value shall be in it."""

_SINGLE = (
    "aws:currenttime", "aws:epochtime", "aws:multifactor", "aws:principalaccount", "aws:principalarn",
    "aws:principalisawsservice", "aws:principalorgid", "aws:principalservicename", "aws:principaltag/",
    "aws:principaltype", "aws:referer", "aws:requestedregion", "aws:requesttag/", "aws:resourceaccount",
    "aws:resourceorgid", "aws:resourcetag/", "aws:securetransport", "aws:source", "aws:tokenissuetime",
    "aws:useragent", "aws:userid", "aws:username", "aws:viaawsservice", "aws:vpcsource",
)  # fmt: skip
"""Global keys (their beginnings) that carry one value:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
_BOOLEAN = frozenset({
    "aws:multifactorauthpresent", "aws:principalisawsservice", "aws:securetransport", "aws:viaawsservice",
    "kms:bypasspolicylockoutsafetycheck", "kms:grantisforawsresource", "kms:reencryptonsamekey",
})  # fmt: skip


def is_multivalued(tests: Iterable[Test]) -> bool:
    """Return whether a key tested so carries a list of values."""
    return any(test.operator.quantifier and not test.key.startswith(_SINGLE) for test in tests)


def find_value(demands: Sequence[tuple[Test, bool]], *, many: bool) -> Value | None:
    """Return what a key could carry so that each test holds or does not hold as demanded; None where nothing does.

    Args:
        demands: Tests of one key, each with whether it shall hold.
        many: Whether the key carries a list of values.

    Raises:
        UndecidedError: The tests are of a mixture that is not decided, or the search outgrew its bound.
    """
    if all(test.holds(()) == wanted for test, wanted in demands):
        return ()
    every: Sides = []
    some: Sides = []
    for test, wanted in demands:
        if test.operator.base == "Null":
            if test.holds(("",)) != wanted:
                return None
            continue
        inside = wanted != test.operator.negated
        quantifier = test.operator.quantifier or ("all" if test.operator.negated else "any")
        universal = (quantifier == "all") == wanted
        (every if universal else some).append((test.members, inside))
    boolean = any(test.operator.base == "Bool" or test.key in _BOOLEAN for test, _ in demands)
    groups = [[*every, one] for one in some] if many and some else [every + some]
    found = [_find_one(group, boolean=boolean) for group in groups]
    kept = [one for one in found if one is not None]
    return tuple(dict.fromkeys(kept)) if len(kept) == len(groups) else None


def _find_one(sides: Sides, *, boolean: bool) -> str | None:
    if boolean:
        return next((text for text in ("true", "false") if _fits(sides, text)), None)
    members = [member for group, _ in sides for member in group]
    spans = [member for member in members if isinstance(member, Span)]
    if not spans:
        demands = [Demand(tuple(one for one in group if isinstance(one, Glob)), inside) for group, inside in sides]
        return find_string(demands)
    globs = [member for member in members if isinstance(member, Glob)]
    found = next((text for text in _candidates(spans, globs) if _fits(sides, text)), None)
    if found is None and any(glob.literal is None for glob in globs):
        raise UndecidedError("a key is compared as text with wildcards and by size at once")
    return found


def _fits(sides: Sides, text: str) -> bool:
    return all(any(text in member for member in group) == inside for group, inside in sides)


def _candidates(spans: list[Span], globs: list[Glob]) -> Iterable[str]:
    for measure in MEASURES:
        measured = [span for span in spans if span.measure == measure]
        if not measured:
            continue
        for glob in globs:
            point = read_point(measure, glob.literal) if glob.literal is not None else None
            if point is not None:
                measured.append(Span(measure, point, point, glob.text))
        yield from (write_point(measure, point) for point in points_around(measured, measure))
    yield from (glob.literal for glob in globs if glob.literal is not None)
