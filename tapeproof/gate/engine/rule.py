"""How rules are written: plain functions, and a decorator that makes one answer out of each resource.

    from tapeproof.gate.engine.rule import each

    @each("aws_cloudwatch_log_group")
    def judge(group, stack, parameters):
        days = group.get("retention_in_days", 0)
        if 0 < days.number() < parameters["minimum_days"]:
            yield group.fails(days, "logs are kept for less than 30 days", fix="retention_in_days = 30")

A question that cannot be answered raises ``Undecided``, which becomes an UNKNOWN about that resource; a resource on
which nothing was found becomes a PASS, so the results hold the whole population. A value that was judged and that
``ignore_changes`` names is a FAIL: it is written, but it does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any, TypeAlias, TypeVar

from tapeproof.gate.engine.ignored import Watched
from tapeproof.gate.engine.model import Finding, Resource, Stack, Undecided, Verdict

__all__ = ["Judge", "Parameters", "each", "each_data", "judge_all", "over", "whole"]

_Item = TypeVar("_Item")
Parameters: TypeAlias = Mapping[str, Any]
"""The policy's parameters by name, defaults filled in."""
Judge: TypeAlias = Callable[[Stack, Parameters], Iterable[Finding]]
"""What ``rule.py`` exports as ``judge``."""
ResourceJudge: TypeAlias = Callable[[Resource, Stack, Parameters], Iterable[Finding]]


def each(*types: str) -> Callable[[ResourceJudge], Judge]:
    """Make a judge of a function that judges one managed resource; ``aws_iam_*`` works, no type means every one.

    Args:
        types: Resource types.
    """
    return over(lambda stack: stack.resources(*types))


def each_data(*types: str) -> Callable[[ResourceJudge], Judge]:
    """Make a judge of a function that judges one data source."""
    return over(lambda stack: stack.data(*types))


def whole(function: Judge) -> Judge:
    """Make a judge of a function that looks at the stack as a whole; an ``Undecided`` it lets out becomes UNKNOWN."""

    @wraps(function)
    def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
        try:
            yield from function(stack, parameters)
        except Undecided as undecided:
            yield Finding(Verdict.UNKNOWN, undecided.why, span=undecided.value.span)

    return judge


def over(subjects: Callable[[Stack], Iterable[Resource]]) -> Callable[[ResourceJudge], Judge]:
    """Make a judge of a function that judges one resource, over whichever resources ``subjects`` chooses.

    Args:
        subjects: Chooses the population: the resources that get a verdict, PASS included.
    """

    def decorate(function: ResourceJudge) -> Judge:
        @wraps(function)
        def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
            for subject in subjects(stack):
                yield from _answers(function, subject, stack, parameters)

        return judge

    return decorate


def judge_all(items: Iterable[_Item], function: Callable[[_Item], Iterable[Finding]]) -> Iterator[Finding]:
    """Yield what ``function`` finds on each item, so that one that is undecided does not hide the next that fails.

    Args:
        items: Statements, blocks, values.
        function: Judges one of them.

    Raises:
        Undecided: After all findings, the first that came up.
    """
    first: Undecided | None = None
    for item in items:
        try:
            yield from function(item)
        except Undecided as undecided:
            first = first or undecided
    if first is not None:
        raise first


def _answers(function: ResourceJudge, subject: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    count, failed = 0, False
    watched = Watched(subject)
    try:
        for finding in function(watched.subject, stack, parameters):
            count, failed = count + 1, failed or finding.verdict is Verdict.FAIL
            yield finding
    except Undecided as undecided:
        count += 1
        yield subject.unknown(undecided)
    if not failed:
        for finding in watched.findings():
            count += 1
            yield finding
    if not count:
        yield subject.passes()
