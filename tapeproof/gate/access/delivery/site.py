"""Asks the model of permission about the callers of one stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.access.decision import Answer, decide
from tapeproof.gate.access.document import Document
from tapeproof.gate.access.evaluation import Policies
from tapeproof.gate.access.holdings import Holdings
from tapeproof.gate.access.principal import Principal
from tapeproof.gate.access.request import Request
from tapeproof.gate.access.world import World
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tapeproof.gate.access.decision import Decision
    from tapeproof.gate.access.holdings import Owned
    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["OPEN_TO_SERVICES", "Sender", "Site", "merge_documents", "site_of"]

OPEN_TO_SERVICES = frozenset({"aws:sourceorgid", "aws:sourceorgpaths", "aws:resourceorgid", "aws:resourceorgpaths"})
"""What a service may or may not bring along; nothing of the stack tells."""
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
    """

    service: str
    source: str
    resource: Resource
    at: Value
    owner: bool = False


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

    def ask_service(self, sender: Sender, action: str, arn: str, owned: Sequence[Owned]) -> Decision:
        """Return whether the policies of what a service calls let it in."""
        document = merge_documents([one.document for one in owned])
        request = Request(
            Principal("service", sender.service), action, arn, self.world.account,
            self.service_context(sender), OPEN_TO_SERVICES,
        )  # fmt: skip
        return decide(Policies(resource=document), request)

    def service_context(self, sender: Sender) -> dict[str, tuple[str, ...]]:
        """Return what the call of a service carries."""
        context: dict[str, tuple[str, ...]] = {
            "aws:sourcearn": (sender.source,),
            "aws:sourceaccount": (self.world.account,),
            "aws:principalisawsservice": ("true",),
            "aws:principalservicename": (sender.service,),
            "aws:securetransport": ("true",),
            "aws:viaawsservice": ("false",),
            "aws:resourceaccount": (self.world.account,),
            "aws:requestedregion": (self.world.region,),
        }
        if sender.owner:
            context["aws:sourceowner"] = (self.world.account,)
        return context

    def ask_role(
        self, role: Resource, action: str, arn: str, document: Document | None, context: Mapping[str, str]
    ) -> Decision:
        """Return whether a role may call something, by its policies and that of what it calls."""
        boundary = self.holdings.boundary(role)
        policies = Policies(
            tuple(one.document for one in self.holdings.identity(role)),
            resource=document,
            boundary=None if boundary is None else boundary.document,
        )
        principal = self.principal_of(role)
        carried = self._role_context(principal.name, context)
        documents = [*policies.identity, *(one for one in (document, policies.boundary) if one is not None)]
        named = {clause.key for one in documents for statement in one.statements for clause in statement.clauses}
        request = Request(principal, action, arn, self.world.account, carried, frozenset(named - carried.keys()))
        return decide(policies, request)

    def principal_of(self, role: Resource) -> Principal:
        """Return who calls with a role of the stack."""
        session = f"arn:aws:sts::{self.world.account}:assumed-role/{self.world.name(role)}/session"
        return Principal("role", self.world.arn(role), self.world.account, session)

    def _role_context(self, name: str, context: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        return {
            "aws:principalarn": (name,),
            "aws:principalaccount": (self.world.account,),
            "aws:principalisawsservice": ("false",),
            "aws:principaltype": ("AssumedRole",),
            "aws:resourceaccount": (self.world.account,),
            "aws:securetransport": ("true",),
            "aws:requestedregion": (self.world.region,),
            **{key: (value,) for key, value in context.items()},
        }

    def by_arn(self, arn: str) -> Resource | None:
        """Return the queue, topic, bus, table, stream or bucket of the stack that has this ARN."""
        type_ = _TYPES.get(arn.split(":")[2]) if arn.startswith("arn:") else None
        if type_ is None:
            return None
        return next((one for one in self.stack.resources(type_) if self.world.arn(one) == arn), None)

    def settle(self, decision: Decision, at: Value) -> None:
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


def merge_documents(documents: Sequence[Document]) -> Document | None:
    """Return several policies as one; None for none."""
    if not documents:
        return None
    if len(documents) == 1:
        return documents[0]
    return Document(tuple(one for document in documents for one in document.statements), documents[0].name)
