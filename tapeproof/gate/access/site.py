"""Asks the model of permission about the callers of one stack."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tapeproof.gate.access.attachments import IDENTITIES
from tapeproof.gate.access.carried import carried_by, carried_by_service, open_to_caller, open_to_service
from tapeproof.gate.access.decision import Answer, decide
from tapeproof.gate.access.document import merge_documents
from tapeproof.gate.access.evaluation import Policies
from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.holdings import KEYS, Holdings, default_key_policy
from tapeproof.gate.access.principal import SOME_SESSION, Principal
from tapeproof.gate.access.reading import unread_document
from tapeproof.gate.access.remembered import Calls, Remembered
from tapeproof.gate.access.request import Request
from tapeproof.gate.access.world import World
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tapeproof.gate.access.attachments import Owned
    from tapeproof.gate.access.condition import Value
    from tapeproof.gate.access.decision import Decision
    from tapeproof.gate.access.document import Document
    from tapeproof.gate.access.evaluation import Grant
    from tapeproof.gate.engine.model import Resource, Stack
    from tapeproof.gate.engine.model import Value as Written

__all__ = ["Sender", "Site", "site_of"]

_TYPES = {
    "sqs": "aws_sqs_queue",
    "sns": "aws_sns_topic",
    "events": "aws_cloudwatch_event_bus",
    "dynamodb": "aws_dynamodb_table",
    "kinesis": "aws_kinesis_stream",
    "s3": "aws_s3_bucket",
}


class Sender(NamedTuple):
    """Who calls on the way of an event.

    Attributes:
        service: The service's principal.
        source: The ARN the service brings as aws:SourceArn.
        resource: The resource that makes the hop.
        at: Where the hop is written.
        owner: Whether the call carries aws:SourceOwner, as those of CloudWatch do.
        region: The region that the service calls from, where policies may name it by that.
    """

    service: str
    source: str
    resource: Resource
    at: Written
    owner: bool = False
    region: str = ""

    @property
    def caller(self) -> str:
        """The service's principal, with its region where that is told."""
        return self.service.replace(".", f".{self.region}.", 1) if self.region else self.service


_last: list[Site] = []
"""The site of the stack that was asked about last; many policies and actions are asked about one after the other."""


def site_of(stack: Stack) -> Site:
    """Return the site of a stack, whose policies are read once however many questions there are."""
    if not _last or _last[0].stack is not stack:
        _last[:] = [Site(stack)]
    return _last[0]


class Site:
    """One stack, its world and its policies."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.world = World(stack)
        self.holdings = Holdings(self.world)
        self._remembered = Remembered()
        self._calls: dict[tuple[object, ...], Calls] = {}
        self._merged: dict[tuple[int, ...], tuple[list[Document], Document]] = {}
        self._policies: dict[str, Policies] = {}
        self._guarding: dict[str, Document | None] = {}
        self._principals: dict[str, Principal] = {}
        self.let_in: set[tuple[str, bool, str, str]] = set()
        """Which services may use the key of what, whatever they do it for: service, owner, resource, use."""

    def policies_of(self, holder: Resource) -> Policies:
        """Return what is attached to a role or a user, and its boundary; the same whenever they are asked for."""
        if holder.address not in self._policies:
            boundary = self.holdings.boundary(holder)
            self._policies[holder.address] = Policies(
                tuple(one.document for one in self.holdings.identity(holder)),
                boundary=None if boundary is None else boundary.document,
            )
        return self._policies[holder.address]

    def guard_of(self, resource: Resource) -> Document | None:
        """Return the policy of a resource itself: of a role its trust, of a function its permissions."""
        if resource.address not in self._guarding:
            self._guarding[resource.address] = self._find_guard(resource)
        return self._guarding[resource.address]

    def _find_guard(self, resource: Resource) -> Document | None:
        try:
            owned = self._guards(resource)
        except Undecided as undecided:
            return unread_document(undecided.why, resource.address)
        if not owned and resource.type in KEYS:
            return default_key_policy(self.world.account, resource.address)
        return self._merge([one.document for one in owned]) if owned else None

    def _guards(self, resource: Resource) -> list[Owned]:
        if resource.type == "aws_iam_role":
            return [self.holdings.trust(resource)]
        if resource.type in {"aws_lambda_function", "aws_lambda_alias"}:
            return self.holdings.permissions()
        if resource.type == "aws_cloudwatch_log_group":
            return self.holdings.of_logs()
        return self.holdings.find_attached(resource)

    def grants_on(self, key: Resource) -> tuple[Grant, ...]:
        """Return the grants on a key.

        Raises:
            AccessError: Of one of them it cannot be told what it is.
        """
        try:
            return self.holdings.grants(key)
        except Undecided as undecided:
            raise AccessError(f"{key.address}: a grant on it cannot be told: {undecided.why}") from undecided

    def ask(
        self,
        principal: Principal,
        policies: Policies,
        action: str,
        arn: str,
        carried: Mapping[str, Value] | None = None,
    ) -> Decision:
        """Decide one request; a key that a policy names and that is not known may be absent or have any value.

        Args:
            principal: Who asks.
            policies: Every policy that has a say.
            action: The action.
            arn: The ARN.
            carried: What the request carries besides what every request of this principal does, keys in lower case.
        """
        asked = _keys_asked(policies, action)
        known = {**carried_by(principal, self.world.account, action, arn), **(carried or {})} if asked else {}
        unknown = open_to_caller(principal, asked, known)
        return self._decide(policies, Request(principal, action, arn, self.world.account, known, unknown), asked)

    def ask_service(self, sender: Sender, action: str, arn: str, owned: Sequence[Owned]) -> Decision:
        """Return whether the policies of what a service calls let it in."""
        documents = [one.document for one in owned]
        asked = (sender.caller, sender.owner, action, arn, *map(id, documents))
        calls = self._calls.get(asked)
        if calls is None:
            calls = self._calls[asked] = Calls(documents, action)
        told = calls.tell_apart((sender.source,))
        if told not in calls.decided:
            policies = Policies(resource=self._merge(documents) if documents else None)
            calls.decided[told] = self.decide_service(sender, policies, action, arn)
        return calls.decided[told]

    def decide_service(
        self, sender: Sender, policies: Policies, action: str, arn: str, carried: Mapping[str, Value] | None = None
    ) -> Decision:
        """Decide the call of a service, which carries what is known of it and nothing else."""
        principal = Principal("service", sender.caller)
        asked = _keys_asked(policies, action)
        known: dict[str, Value] = {}
        if asked:
            known = carried_by(principal, self.world.account, action, arn)
            known |= carried_by_service(self.world, sender.service, sender.source, owner=sender.owner)
            known |= carried or {}
        unknown = open_to_service(asked, known)
        return self._decide(policies, Request(principal, action, arn, self.world.account, known, unknown), asked)

    def _decide(self, policies: Policies, request: Request, asked: frozenset[str]) -> Decision:
        """Decide a request, once for all that differ in nothing but keys that no policy asks about."""
        if policies.grants:  # what they constrain depends on what else the request carries
            return decide(policies, request)
        context = {key: request.context[key] for key in sorted(asked & request.context.keys())}
        return self._remembered.decide(policies, request._replace(context=context))

    def _merge(self, documents: list[Document]) -> Document:
        """Return several policies as one, the same one whenever they are asked for."""
        key = tuple(map(id, documents))
        if key not in self._merged:
            self._merged[key] = (documents, merge_documents(documents))
        return self._merged[key][1]

    def ask_role(
        self, role: Resource, action: str, arn: str, policies: Policies, context: Mapping[str, str]
    ) -> Decision:
        """Return whether a role may call something, by its policies and those of what it calls."""
        own = self.policies_of(role)
        whole = policies._replace(identity=own.identity, boundary=own.boundary)
        carried = {"aws:requestedregion": (self.world.region,), **{key: (value,) for key, value in context.items()}}
        return self.ask(self.principal_of(role), whole, action, arn, carried)

    def principal_of(self, holder: Resource) -> Principal:
        """Return who calls with a role, or as a user, of the stack."""
        if holder.address not in self._principals:
            self._principals[holder.address] = self._find_principal(holder)
        return self._principals[holder.address]

    def _find_principal(self, holder: Resource) -> Principal:
        account, arn = self.world.account, self.world.arn(holder)
        if holder.type == "aws_iam_user":
            return Principal("user", arn, account)
        session = f"arn:aws:sts::{account}:assumed-role/{self.world.name(holder)}/{SOME_SESSION}"
        return Principal("role", arn, account, session)

    def outsider(self, kind: str, name: str) -> Principal:
        """Return who calls with a role, or as a user or one of a group, that the stack only names."""
        account, name = self.world.account, name.rpartition("/")[2]
        if kind == "aws_iam_role":
            return Principal(
                "role",
                f"arn:aws:iam::{account}:role/{name}",
                account,
                f"arn:aws:sts::{account}:assumed-role/{name}/{SOME_SESSION}",
            )
        someone = name if kind == "aws_iam_user" else f"somebody-of-{name}"
        return Principal("user", f"arn:aws:iam::{account}:user/{someone}", account)

    @cached_property
    def identities(self) -> frozenset[str]:
        """The ARNs of the stack's roles and users."""
        return frozenset(self.world.arn(holder) for holder in self.stack.resources(*IDENTITIES))

    @cached_property
    def _by_address(self) -> dict[str, Resource]:
        return {one.address: one for one in reversed(self.stack.everything)}

    def at(self, address: str) -> Resource | None:
        """Return the resource at an address, the first where there are several, or None."""
        return self._by_address.get(address)

    def by_arn(self, arn: str) -> Resource | None:
        """Return the queue, topic, bus, table, stream or bucket of the stack that has this ARN."""
        type_ = _TYPES.get(arn.split(":")[2]) if arn.startswith("arn:") else None
        if type_ is None:
            return None
        return next((one for one in self.stack.resources(type_) if self.world.arn(one) == arn), None)

    def settle(self, decision: Decision, at: Written) -> None:
        """Raise what is not known; return where the answer is a refusal.

        Raises:
            Undecided: The answer hangs on what cannot be told.
        """
        if decision.answer is Answer.UNKNOWN:
            raise Undecided(at, "; ".join(decision.missing) or "whether it is allowed cannot be told")
        if decision.answer is Answer.ALLOWED_IF:
            keys = ", ".join(dict.fromkeys(getattr(one, "spelled", "") for one, _ in decision.when))
            raise Undecided(at, f"it is allowed under a condition on {keys} only")

    def denier(self, decision: Decision) -> Resource | None:
        """Return who holds the Deny that applies without condition."""
        names = [one.document for one in decision.parts if one.statement.effect == "Deny" and not one.conditions]
        return self.stack.at(names[0]) if names else None


def _keys_asked(policies: Policies, action: str) -> frozenset[str]:
    return policies.keys() if policies.grants else policies.keys_about(action)
