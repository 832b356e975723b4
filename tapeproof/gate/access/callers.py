"""Who can do this to that: every caller of a stack, through which statements, under which conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.attachments import IDENTITIES
from tapeproof.gate.access.decision import Answer
from tapeproof.gate.access.document import Document, Names, Statement
from tapeproof.gate.access.endpoints import find_endpoint_policy
from tapeproof.gate.access.evaluation import Policies
from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.holdings import KEYS
from tapeproof.gate.access.patterns import wildcard
from tapeproof.gate.access.principal import Match, Principal, match_principal
from tapeproof.gate.access.request import may_reach, read_about, static_resource
from tapeproof.gate.access.search import Demand, find_string
from tapeproof.gate.access.site import site_of
from tapeproof.gate.access.spelled import without_unknowns
from tapeproof.gate.access.wording import say_decision, say_statement
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.access.decision import Decision
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Resource, Stack

__all__ = ["Caller", "exit_status", "find_callers", "is_outside", "render_callers"]

_EVERYTHING = Document((Statement("Allow", Names(("*",)), Names(("*",))),), "its own account")
_ORDER = (Answer.ALLOWED, Answer.ALLOWED_IF, Answer.UNKNOWN, Answer.DENIED)
_ACCOUNT = 12


class Caller(NamedTuple):
    """One who may do it.

    Attributes:
        name: The address of a role, or what a policy names: a service, an account, an ARN, `everyone`.
        decision: What was decided, and the statements it rests on.
    """

    name: str
    decision: Decision


class _Asked(NamedTuple):
    """What is asked about: an action, an ARN, and the resource of the stack that guards it."""

    action: str
    arn: str
    guards: Policies
    parts: bool = False
    """Whether things below the ARN are meant: the objects of a bucket, the streams of a log group."""

    @property
    def guard(self) -> Document | None:
        """The policy of the resource itself."""
        return self.guards.key or self.guards.resource

    def may_be_allowed(self, principal: Principal, own: Policies) -> bool:
        """Return whether anything may allow it somebody: where nothing does, it need not be decided."""
        if self.guards.grants:
            return True
        owned = (one for document in own.identity for one in read_about(document, self.action).statements)
        if any(one.effect == "Allow" and (self.parts or may_reach(one, self.arn)) for one in owned):
            return True
        guarding = () if self.guard is None else read_about(self.guard, self.action).statements
        return any(one.effect == "Allow" and match_principal(one, principal) >= Match.ROLE for one in guarding)

    def arns(self, documents: Iterable[Document]) -> list[str]:
        """Return what to ask about: the ARN, or of its parts one from each grant that reaches any."""
        if not self.parts:
            return [self.arn]
        below = Demand((wildcard(f"{self.arn}?*"),))
        patterns = {
            text: static_resource(text, live=statement.live)
            for document in documents
            for statement in document.statements
            if statement.effect == "Allow" and statement.resources is not None and not statement.resources.negated
            for text in statement.resources.values
        }
        found = [find_string([Demand((glob,)), below]) for glob in patterns.values() if glob is not None]
        return [*dict.fromkeys(one for one in found if one is not None), f"{self.arn}any"]


def find_callers(stack: Stack, action: str, wanted: str) -> list[Caller]:
    """Return everybody of a stack who may do something, and those of whom it is not known.

    Args:
        stack: The stack.
        action: An action, such as `dynamodb:PutItem`.
        wanted: An ARN, or the address of a resource.

    Raises:
        AccessError: The action or the resource cannot be read.
    """
    if ":" not in action or set("*? ") & set(action):
        raise AccessError(f"{action}: expected one action, such as dynamodb:PutItem")
    site = site_of(stack)
    asked = _resolve_question(site, action, wanted)
    callers = [
        _of_identity(site, holder, own, asked)
        for holder in stack.resources(*IDENTITIES)
        if asked.may_be_allowed(site.principal_of(holder), own := site.policies_of(holder))
    ]
    callers.extend(_attached_outside(site, asked))
    callers.extend(_outsiders(site, asked))
    return [caller for caller in callers if caller.decision.answer is not Answer.DENIED]


def _resolve_question(site: Site, action: str, wanted: str) -> _Asked:
    resource = site.at(wanted) or _only_instance(site, wanted)
    if resource is None and wanted != "*" and not wanted.startswith("arn:"):
        raise AccessError(f"{wanted}: no resource of this stack has this address; give an address or an ARN")
    if resource is None:
        resource = next((one for one in site.stack.resources() if _is_part(wanted, site.world.arn(one))), None)
        arn = wanted
    else:
        arn = site.world.arn(resource)
    is_key = resource is not None and resource.type in KEYS and action.lower().startswith("kms:")
    guard = None if resource is None else site.guard_of(resource)
    grants = site.grants_on(resource) if is_key and resource is not None else ()
    below = "" if resource is None else _below(resource, action)
    parts = bool(below) and not wanted.startswith("arn:")
    guards = Policies(key=guard, grants=grants) if is_key else Policies(resource=guard)
    return _Asked(action, arn + below if parts else arn, guards, parts)


def is_outside(stack: Stack, wanted: str) -> bool:
    """Return whether an ARN is of nothing in the stack, so that it is not known whom its own policy lets in."""
    world = site_of(stack).world
    return wanted.startswith("arn:") and not any(_is_part(wanted, world.arn(one)) for one in stack.resources())


def _below(resource: Resource, action: str) -> str:
    """Return what stands between a resource's ARN and the things in it that an action is about."""
    if resource.type == "aws_cloudwatch_log_group":
        return ":log-stream:"
    return "/" if resource.type == "aws_s3_bucket" and "object" in action.lower() else ""


def _only_instance(site: Site, wanted: str) -> Resource | None:
    """Return the one instance of a resource that is named without its key."""
    instances = [one for one in site.stack.resources() if one.base == wanted]
    return instances[0] if len(instances) == 1 else None


def _is_part(wanted: str, arn: str) -> bool:
    return wanted == arn or (wanted.startswith(arn) and wanted[len(arn)] in ":/")


def _of_identity(site: Site, holder: Resource, own: Policies, asked: _Asked) -> Caller:
    endpoint = find_endpoint_policy(site.holdings, holder, asked.action)
    bound = own if endpoint is None else own._replace(endpoint=endpoint)
    return Caller(holder.address, _decide_caller(site, asked, site.principal_of(holder), bound))


def _attached_outside(site: Site, asked: _Asked) -> Iterator[Caller]:
    """Yield the identities outside of the stack to which it attaches policies, as far as these go."""
    for (kind, name), owned in site.holdings.outsiders.items():
        policies = Policies(tuple(one.document for one in owned))
        decision = _decide_caller(site, asked, site.outsider(kind, name), policies)
        yield Caller(f"{kind.removeprefix('aws_iam_')} {without_unknowns(name)}, which is not in this stack", decision)


def _decide_caller(site: Site, asked: _Asked, principal: Principal, own: Policies) -> Decision:
    """Return the widest answer over what is asked about."""
    whole = asked.guards._replace(identity=own.identity, boundary=own.boundary, endpoint=own.endpoint)
    documents = [*whole.identity, *(one for one in (asked.guard, whole.boundary) if one is not None)]
    answers = [site.ask(principal, whole, asked.action, arn) for arn in asked.arns(documents)]
    return min(answers, key=lambda one: _ORDER.index(one.answer))


def _outsiders(site: Site, asked: _Asked) -> Iterator[Caller]:
    """Yield those whom the policy of the resource, or a grant on it, names and who are no identities of the stack."""
    for kind, name in dict.fromkeys((*_list_named(asked.guard), *_list_grantees(asked.guards))):
        principal = _principal(site, kind, name)
        if principal is None or name in site.identities:
            continue
        label = "everyone" if principal.kind == "anonymous" else without_unknowns(name)
        policies = Policies((_EVERYTHING,) if principal.is_identity else ())
        if asked.may_be_allowed(principal, policies):
            yield Caller(label, _decide_caller(site, asked, principal, policies))


def _list_named(guard: Document | None) -> Iterator[tuple[str, str]]:
    for statement in guard.statements if guard is not None else ():
        if statement.effect == "Allow" and not statement.except_principals:
            yield from statement.principals or ()


def _list_grantees(guards: Policies) -> Iterator[tuple[str, str]]:
    for grant in guards.grants:
        yield ("AWS" if grant.grantee.startswith("arn:") else "Service", grant.grantee)


def _principal(site: Site, kind: str, name: str) -> Principal | None:
    """Return who a policy names; None for the account itself, which leaves it to its roles."""
    if kind == "Service":
        return Principal("service", name)
    if kind == "Federated":
        return Principal("federated", name)
    if kind == "CanonicalUser":
        return Principal("canonical", name)
    if name == "*":
        return Principal("anonymous")
    account = name if len(name) == _ACCOUNT and name.isdigit() else (name.split(":") + [""] * 5)[4]
    if name in {account, f"arn:aws:iam::{account}:root"}:
        return None if account == site.world.account else Principal("root", f"arn:aws:iam::{account}:root", account)
    return Principal("user" if ":user/" in name else "role", name, account)


def exit_status(callers: list[Caller]) -> int:
    """Return 0, or 2 where of one caller it is not known."""
    return 2 if any(caller.decision.answer is Answer.UNKNOWN for caller in callers) else 0


def render_callers(callers: list[Caller]) -> list[str]:
    """Return the lines that tell who may, under which conditions, and by which statements."""
    lines: list[str] = []
    for caller in callers:
        lines.append(f"{caller.name}: {say_decision(caller.decision, {})}")
        allowing = [part for part in caller.decision.parts if part.statement.effect == "Allow"]
        lines.extend(f"    {say_statement(part.document, part.statement)}" for part in allowing)
    lines.append(f"{len(callers)} found. Taken for granted: service and resource control policies allow it.")
    return lines
