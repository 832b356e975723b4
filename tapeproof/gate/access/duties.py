"""Separation of duties: who alone may do something, declared once and proved for every stack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tapeproof.gate.access.attachments import IDENTITIES
from tapeproof.gate.access.callers import find_callers
from tapeproof.gate.access.decision import Answer
from tapeproof.gate.access.document import Document, Names, Statement, merge_documents
from tapeproof.gate.access.patterns import wildcard
from tapeproof.gate.access.site import site_of
from tapeproof.gate.access.wording import say_conditions
from tapeproof.gate.aws.actions import exists, nearest
from tapeproof.gate.engine.model import Finding, Resource, Stack, Undecided, Verdict
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tapeproof.gate.access.callers import Caller

__all__ = ["Duty", "judge_declared", "judge_duties", "read_duties"]

_MEMBERS = frozenset({"text", "who", "actions", "resources", "only", "may", "optional"})
_WILD = re.compile(r"[*?]")
_ACTION = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9]+")
_ALL = frozenset("*?:.")
"""Marks of a pattern that names nothing."""
_SHOWN = 3
"""How many duties about nothing are named; a strange root has as many as the project declares."""
_WHO = ("everyone", "functions")


class Duty(NamedTuple):
    """What only some may do.

    Attributes:
        text: What it says, for people.
        who: Whose access is looked at: `everyone`, `functions` (the roles they run as), or addresses, with `*`.
        actions: Actions.
        resources: Addresses of resources, with `*`; in an account `TYPE.NAME`.
        only: Addresses of roles, or names as a policy has them, that may; with `*`.
        may: All actions, with `*`, that those of `who` may have.
        optional: Whether what it is about may be missing, as what is made for some environments only.
    """

    text: str
    who: tuple[str, ...]
    actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    optional: bool = False

    def allows(self, name: str) -> bool:
        """Return whether the duty lets a caller."""
        return any(_matches(one, self.only) for one in _names_of_caller(name))

    def looks_at(self, name: str, functions: Collection[str]) -> bool:
        """Return whether a caller's access is looked at."""
        if self.who == ("everyone",):
            return True
        if self.who == ("functions",):
            return name in functions
        return any(_matches(one, self.who) for one in _names_of_caller(name))


def read_duties(listed: Iterable[object]) -> list[Duty]:
    """Read duties as `.tapeproof.yaml` declares them.

    Raises:
        ValueError: A record is not as it should be; the message says which and why.
    """
    return [_duty(record, number) for number, record in enumerate(listed, 1)]


def _duty(record: object, number: int) -> Duty:
    where = f"invariant {number}"
    if not isinstance(record, Mapping) or not set(record) <= _MEMBERS:
        expected = "text, actions, resources, and perhaps who and only, or text, who and may; and perhaps optional"
        raise ValueError(f"{where}: expected {expected}, got {record!r}")
    needed = ("text", "who", "may") if "may" in record else ("text", "actions", "resources")
    missing = [name for name in needed if not record.get(name) or str(record[name]).isspace()]
    if missing:
        raise ValueError(f"{where}: {missing[0]} is missing")
    if "may" in record and set(record) & {"actions", "resources", "only"}:
        raise ValueError(f"{where}: may says all that those of who may have; it takes no actions, resources or only")
    who, actions, resources, only, may = (
        _texts(record, name, where) for name in ("who", "actions", "resources", "only", "may")
    )
    _refuse_idle(where, who, actions, {"only": only, "may": may})
    optional = record.get("optional", False)
    if not isinstance(optional, bool):
        raise ValueError(f"{where}: optional expects true or false, got {optional!r}")  # noqa: TRY004 - as its neighbours
    return Duty(str(record["text"]), who or ("everyone",), actions, resources, only, may, optional)


def _refuse_idle(where: str, who: tuple[str, ...], actions: tuple[str, ...], let: dict[str, tuple[str, ...]]) -> None:
    """Refuse what cannot be looked for, and duties that let everything."""
    odd = [one for one in who if one not in _WHO and "." not in one]
    if odd:
        raise ValueError(f"{where}: who expects {', '.join(_WHO)} or addresses of roles and users, got {odd[0]!r}")
    wrong = [action for action in actions if not _ACTION.fullmatch(action)]
    if wrong:
        raise ValueError(f"{where}: actions expects single ones such as kms:Sign, got {wrong[0]!r}")
    for name, patterns in let.items():
        if any(set(one) <= _ALL for one in patterns):
            fix = "name what is let, or take the duty out"
            raise ValueError(f"{where}: {name} lets everything, so nothing is guarded; {fix}")


def _texts(record: Mapping[str, object], name: str, where: str) -> tuple[str, ...]:
    value = record.get(name) or []
    listed = value if isinstance(value, list) else [value]
    # YAML makes an object of `kms: Sign`, which guards nothing.
    wrong = [one for one in listed if not isinstance(one, str)]
    if wrong:
        raise ValueError(f"{where}: {name} expects text, or a list of texts, got {wrong[0]!r}")
    return tuple(listed)


def _matches(address: str, patterns: tuple[str, ...]) -> bool:
    return any(address in wildcard(pattern) for pattern in patterns)


def _names_of_caller(name: str) -> tuple[str, ...]:
    """Return an address, and for an ARN the type and name that stand for it in an account."""
    kind, _, own = name.rpartition(":")[2].partition("/")
    return (name, f"aws_iam_{kind}.{own.rpartition('/')[2]}") if name.startswith("arn:aws") and own else (name,)


class _Listed:
    """The resources of a stack by their addresses; in an account, where these are ARNs, by types and names too."""

    def __init__(self, stack: Stack) -> None:
        self.resources = list(stack.resources())
        self.names = [(one.address, at) for at, one in enumerate(self.resources)]
        if stack.front_end == "live":
            self.names += [(f"{one.type}.{one.name}", at) for at, one in enumerate(self.resources)]
        self.places: dict[str, list[int]] = {}
        for name, at in self.names:
            self.places.setdefault(name, []).append(at)

    def find(self, patterns: tuple[str, ...]) -> list[Resource]:
        """Return what some patterns name, in the order of the stack."""
        found: set[int] = set()
        for pattern in patterns:
            glob = wildcard(pattern)
            longest = max(_WILD.split(pattern), key=len)  # which all that it matches have, and few others
            if longest == pattern:
                found.update(self.places.get(pattern, ()))
            else:
                found.update([at for name, at in self.names if longest in name and name in glob])
        return [self.resources[at] for at in sorted(found)]


def judge_declared(stack: Stack, listed: Iterable[object]) -> Iterator[Finding]:
    """Yield what ``judge_duties`` does of duties as a project declares them; UNKNOWN where one is malformed."""
    try:
        duties = read_duties(listed)
    except ValueError as error:
        yield Finding(Verdict.UNKNOWN, str(error))
        return
    yield from judge_duties(stack, duties)


def judge_duties(stack: Stack, duties: Iterable[Duty]) -> Iterator[Finding]:
    """Yield who may do what only others may, and a pass for each resource that a duty guards.

    A duty about nothing of a stack is told in a warning; where those who may are there and what they guard is not, it
    is not known whether it holds.
    """
    functions = {one.address for one in _roles_of_functions(stack)}
    listed = _Listed(stack)
    idle: list[Duty] = []
    for duty in duties:
        guarded = listed.find(duty.resources or duty.who)
        for resource in guarded:
            yield from _judge_most(stack, duty, resource) if duty.may else _judge(stack, duty, resource, functions)
        if guarded:
            yield from _find_idle_parts(duty, listed)
        if guarded or duty.optional:
            continue
        if duty.only and listed.find(duty.only):
            yield Finding(Verdict.UNKNOWN, f"{duty.text}: nothing of this stack is {' or '.join(duty.resources)}")
        else:
            idle.append(duty)
    if idle:
        told = "; ".join(f"{duty.text} ({' or '.join(duty.resources or duty.who)})" for duty in idle[:_SHOWN])
        told += f"; and {len(idle) - _SHOWN} more" if len(idle) > _SHOWN else ""
        message = f"{len(idle)} of the declared duties are about nothing of this stack, so nothing was asked: {told}"
        yield Finding(Verdict.PASS, message, fix="correct the addresses in resources, or take them out", warning=True)


def _find_idle_parts(duty: Duty, listed: _Listed) -> Iterator[Finding]:
    """Yield what of a duty asks nothing though what it guards is there: no action of AWS, or nobody to look at."""
    for action in duty.actions:
        if not exists(action):
            near = nearest(action)
            fix = f"write {near}" if near else "name an action of the Service Authorization Reference"
            yield Finding(
                Verdict.UNKNOWN, f"{duty.text}: AWS has no action {action}, so nobody is asked about it", fix=fix
            )
    named = [one for one in duty.who if one not in _WHO]
    outside = any(one.startswith("arn:") or one.endswith(".amazonaws.com") for one in named)
    if named and not (duty.optional or outside or listed.find(duty.who)):
        yield Finding(Verdict.UNKNOWN, f"{duty.text}: nobody of this stack is {' or '.join(named)}")


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
            if not duty.allows(caller.name) and duty.looks_at(caller.name, functions):
                count += 1
                yield _build_finding(stack, duty, resource, action, caller)
    if not count:
        yield resource.passes(message=duty.text)


def _judge_most(stack: Stack, duty: Duty, holder: Resource) -> Iterator[Finding]:
    """Yield what a role or a user is allowed beyond all that it may have."""
    if holder.type not in IDENTITIES:
        return
    from tapeproof.gate.access.difference import find_new_access  # noqa: PLC0415 - few duties say all that one may have

    owned = site_of(stack).holdings.identity(holder)
    most = Document((Statement("Allow", Names(duty.may), Names(("*",))),))
    difference = find_new_access(most, merge_documents([one.document for one in owned]))
    found = difference.witness
    message = f"{duty.text}: {holder.address} may have {', '.join(duty.may)} only"
    if difference.new_access is None:
        yield holder.unknown(Undecided(holder["name"], f"{message}, and {difference.reason}"))
    elif found is None:
        yield holder.passes(message=duty.text)
    else:
        place = next((one.holder for one in owned if found.statement in one.document.statements), holder)
        told = f"{message}, and is allowed {found.action} on {found.resource}"
        yield place.fails(place.attributes.get("policy", place), told, fix="take it away", observed=found.action)


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
