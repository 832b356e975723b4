"""Separation of duties: who alone may do something, declared once and proved for every stack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from tapeproof.gate.access.callers import find_callers
from tapeproof.gate.access.decision import Answer
from tapeproof.gate.access.wording import say_conditions
from tapeproof.gate.engine.model import Finding, Resource, Stack, Undecided, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.access.callers import Caller

__all__ = ["Duty", "judge_duties", "read_duties"]

_MEMBERS = frozenset({"text", "who", "actions", "resources", "only"})
_WHO = ("everyone", "functions")


@dataclass(frozen=True)
class Duty:
    """What only some may do.

    Attributes:
        text: What it says, for people.
        who: Whose access is looked at: everyone's, or that of the roles that functions run as.
        actions: Actions.
        resources: Addresses of resources, with `*`.
        only: Addresses of roles, or names as a policy has them, that may; with `*`.
    """

    text: str
    who: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    only: tuple[str, ...]

    def allows(self, name: str) -> bool:
        """Return whether the duty lets a caller."""
        return _matches(name, self.only)


def read_duties(listed: Iterable[object]) -> list[Duty]:
    """Read duties as `.tapeproof.yaml` declares them.

    Raises:
        ValueError: A record is not as it should be; the message says which and why.
    """
    return [_duty(record, number) for number, record in enumerate(listed, 1)]


def _duty(record: object, number: int) -> Duty:
    where = f"invariant {number}"
    if not isinstance(record, Mapping) or not set(record) <= _MEMBERS:
        raise ValueError(f"{where}: expected text, actions, resources, and perhaps who and only, got {record!r}")
    missing = [name for name in ("text", "actions", "resources") if not record.get(name)]
    if missing:
        raise ValueError(f"{where}: {missing[0]} is missing")
    who = str(record.get("who", "everyone"))
    if who not in _WHO:
        raise ValueError(f"{where}: who expects one of {', '.join(_WHO)}, got {who!r}")
    actions, resources, only = (_texts(record, name, where) for name in ("actions", "resources", "only"))
    wrong = [action for action in actions if ":" not in action or set("*?") & set(action)]
    if wrong:
        raise ValueError(f"{where}: actions expects single ones such as kms:Sign, got {wrong[0]!r}")
    return Duty(str(record["text"]), who, actions, resources, only)


def _texts(record: Mapping[str, object], name: str, where: str) -> tuple[str, ...]:
    value = record.get(name) or []
    listed = value if isinstance(value, list) else [value]
    # YAML makes an object of `kms: Sign`, which guards nothing.
    wrong = [one for one in listed if not isinstance(one, str)]
    if wrong:
        raise ValueError(f"{where}: {name} expects text, or a list of texts, got {wrong[0]!r}")
    return tuple(listed)


def _matches(address: str, patterns: Iterable[str]) -> bool:
    # A bracket of an address is no class of characters.
    return any(fnmatchcase(address, pattern.replace("[", "[[]")) for pattern in patterns)


def judge_duties(stack: Stack, duties: Iterable[Duty]) -> Iterator[Finding]:
    """Yield who may do what only others may, and a pass for each resource that a duty guards.

    A duty about nothing of a stack is told in a warning; where those who may are there and what they guard is not, it
    is not known whether it holds.
    """
    functions = {one.address for one in _roles_of_functions(stack)}
    idle: list[Duty] = []
    for duty in duties:
        guarded = [one for one in stack.resources() if _matches(one.address, duty.resources)]
        for resource in guarded:
            yield from _judge(stack, duty, resource, functions)
        if not guarded and any(_matches(role.address, duty.only) for role in stack.resources("aws_iam_role")):
            yield Finding(Verdict.UNKNOWN, f"{duty.text}: nothing of this stack is {' or '.join(duty.resources)}")
        elif not guarded:
            idle.append(duty)
    if idle:
        told = "; ".join(f"{duty.text} ({' or '.join(duty.resources)})" for duty in idle)
        message = f"{len(idle)} of the declared duties are about nothing of this stack, so nothing was asked: {told}"
        yield Finding(Verdict.PASS, message, fix="correct the addresses in resources, or take them out", warning=True)


def _roles_of_functions(stack: Stack) -> Iterator[Resource]:
    for function in stack.resources("aws_lambda_function"):
        try:
            yield from stack.resolve(function["role"], "aws_iam_role")
        except Undecided:
            continue  # a role that is not known is none of this stack


def _judge(stack: Stack, duty: Duty, resource: Resource, functions: set[str]) -> Iterator[Finding]:
    count = 0
    for action in duty.actions:
        for caller in find_callers(stack, action, resource.address):
            if not duty.allows(caller.name) and (duty.who == "everyone" or caller.name in functions):
                count += 1
                yield _build_finding(stack, duty, resource, action, caller)
    if not count:
        yield resource.passes(message=duty.text)


def _build_finding(stack: Stack, duty: Duty, resource: Resource, action: str, caller: Caller) -> Finding:
    decision = caller.decision
    message = f"{duty.text}: {caller.name} may call {action} on {resource.address}"
    if decision.answer is Answer.UNKNOWN:
        return resource.unknown(Undecided(resource["policy"], f"{message}, if {'; '.join(decision.missing)}"))
    conditions = say_conditions(decision.when, {})
    condition = f" where {' and '.join(conditions)}" if conditions else ""
    names = [part.document for part in decision.parts if part.statement.effect == "Allow"]
    holder = next((found for found in map(stack.at, names) if found is not None), resource)
    at = holder.attributes.get("policy", holder)
    expected = f"only {', '.join(duty.only)}" if duty.only else "nobody"
    return holder.fails(at, message + condition, fix="take the action away", expected=expected, observed=caller.name)
