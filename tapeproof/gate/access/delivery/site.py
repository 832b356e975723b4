"""Asks the model of permission about the callers of one stack, and says where a refusal is to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.access.decision import Answer, decide
from tapeproof.gate.access.delivery.facts import Stop, doubt_outside
from tapeproof.gate.access.document import Document
from tapeproof.gate.access.evaluation import Policies
from tapeproof.gate.access.holdings import Holdings, Owned, default_key_policy, default_topic_policy
from tapeproof.gate.access.principal import Principal
from tapeproof.gate.access.request import Request
from tapeproof.gate.access.world import World
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tapeproof.gate.access.decision import Decision
    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["Sender", "Site", "site_of"]

_MANAGED_ALIAS = "alias/aws/"
_KEY_ACTIONS = {"send": ("kms:GenerateDataKey", "kms:Decrypt"), "receive": ("kms:Decrypt",)}
"""What a producer and a consumer of an encrypted queue need:
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html"""
_KEY_OF = {
    "aws_sqs_queue": ("kms_master_key_id", "sqs", "aws:sqs:arn"),
    "aws_sns_topic": ("kms_master_key_id", "sns", "aws:sns:topicArn"),
    "aws_cloudwatch_event_bus": ("kms_key_identifier", "events", "aws:events:event-bus:arn"),
}
_LOGS_ACTIONS = ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey")
_LOGS_CONTEXT = "aws:logs:arn"
"""What CloudWatch Logs calls with a group's key, and the name of the group in it: Amazon CloudWatch Logs User Guide,
"Encrypt log data in CloudWatch Logs using AWS Key Management Service"."""
_OPEN_TO_SERVICES = frozenset({"aws:sourceorgid", "aws:sourceorgpaths", "aws:resourceorgid", "aws:resourceorgpaths"})
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

    # A service calls by itself.

    def admits_service(self, sender: Sender, action: str, target: Resource) -> Iterator[Stop]:
        """Yield why a resource's policy refuses a service.

        Raises:
            Undecided: It cannot be told.
        """
        owned = self.holdings.find_attached(target)
        if not owned and target.type == "aws_sns_topic":
            owned = [Owned(target, default_topic_policy(self.world.account, target.address))]
        yield from self._service_stop(sender, action, self.world.arn(target), owned, target)

    def admits_to_logs(self, sender: Sender, action: str, arn: str, group: str) -> Iterator[Stop]:
        """Yield why no resource policy of CloudWatch Logs lets a service write to a group.

        Raises:
            Undecided: It cannot be told.
        """
        owned = self.holdings.of_logs()
        decision = self._ask_service(sender, action, arn, owned)
        if decision.answer is not Answer.ALLOWED:
            self._settle(decision, sender.at)
            yield Stop(
                "policy", sender.resource, sender.at, {"service": sender.service, "action": action, "target": group}
            )

    def _service_stop(
        self, sender: Sender, action: str, arn: str, owned: Sequence[Owned], target: Resource
    ) -> Iterator[Stop]:
        decision = self._ask_service(sender, action, arn, owned)
        if decision.answer is Answer.ALLOWED:
            return
        self._settle(decision, sender.at)
        holder = self._denier(decision) or next((one.holder for one in owned if one.holder is not target), None)
        own = target if any(one.holder is target and "policy" in target for one in owned) else None
        place = holder or (own if own is not None and "policy" in own else sender.resource)
        at = place if place is not sender.resource else sender.at
        code = "denied" if self._denier(decision) else "policy"
        yield Stop(code, place, at, {"service": sender.service, "action": action, "target": target.address})

    def _ask_service(self, sender: Sender, action: str, arn: str, owned: Sequence[Owned]) -> Decision:
        document = _merge_documents([one.document for one in owned])
        request = Request(
            Principal("service", sender.service), action, arn, self.world.account,
            self._service_context(sender), _OPEN_TO_SERVICES,
        )  # fmt: skip
        return decide(Policies(resource=document), request)

    def _service_context(self, sender: Sender) -> dict[str, tuple[str, ...]]:
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

    def admits_to_function(self, sender: Sender, arn: str, function: Resource) -> Iterator[Stop]:
        """Yield why a function refuses a service's invocation.

        Raises:
            Undecided: It cannot be told.
        """
        permissions = self.holdings.permissions()
        decision = self._ask_service(sender, "lambda:InvokeFunction", arn, permissions)
        if decision.answer is Answer.ALLOWED:
            return
        self._settle(decision, sender.at)
        nearest = self._nearest(permissions, sender, self.world.arn(function))
        place = nearest or sender.resource
        at = place if nearest is not None else sender.at
        details = {"service": sender.service, "source": sender.source, "target": function.address, "arn": arn}
        yield Stop("permission" if nearest is not None else "no permission", place, at, details)

    def _nearest(self, permissions: Sequence[Owned], sender: Sender, arn: str) -> Resource | None:
        """Return the permission on the function that was meant: one for the same service before one for another."""
        on = [one for one in permissions if self._is_on(one, arn)]
        same = [
            one
            for one in on
            if any((("Service", sender.service)) in (s.principals or ()) for s in one.document.statements)
        ]
        return next((one.holder for one in (*same, *on)), None)

    @staticmethod
    def _is_on(owned: Owned, arn: str) -> bool:
        names = [text for one in owned.document.statements if one.resources for text in one.resources.values]
        return any(text == arn or text.startswith(f"{arn}:") for text in names)

    # A role calls.

    def assumes(self, service: str, role: Resource, source: str, at: Value) -> Iterator[Stop]:
        """Yield why a service may not assume a role.

        Raises:
            Undecided: It cannot be told.
        """
        owned = self.holdings.trust(role)
        sender = Sender(service, source, role, at)
        decision = self._ask_service(sender, "sts:AssumeRole", self.world.arn(role), [owned])
        if decision.answer is not Answer.ALLOWED:
            self._settle(decision, role["assume_role_policy"])
            yield Stop("trust", role, role["assume_role_policy"], {"service": service, "source": source})

    def may(self, role: Resource, actions: Sequence[str], arn: str, at: Value, **context: str) -> Iterator[Stop]:
        """Yield why a role may not call something.

        Raises:
            Undecided: It cannot be told.
        """
        refused = [action for action in actions if not self._may(role, action, arn, at, context)]
        if refused:
            yield self._refusal(role, refused, arn)

    def _may(self, role: Resource, action: str, arn: str, at: Value, context: Mapping[str, str]) -> bool:
        decision = self._ask_role(role, action, arn, self._policy_of(arn), context)
        if decision.answer is Answer.ALLOWED:
            return True
        self._settle(decision, at)
        return False

    def _ask_role(
        self, role: Resource, action: str, arn: str, document: Document | None, context: Mapping[str, str]
    ) -> Decision:
        boundary = self.holdings.boundary(role)
        policies = Policies(
            tuple(one.document for one in self.holdings.identity(role)),
            resource=document,
            boundary=None if boundary is None else boundary.document,
        )
        name = self.world.arn(role)
        session = f"arn:aws:sts::{self.world.account}:assumed-role/{self.world.name(role)}/session"
        carried = {
            "aws:principalarn": (name,),
            "aws:principalaccount": (self.world.account,),
            "aws:principalisawsservice": ("false",),
            "aws:principaltype": ("AssumedRole",),
            "aws:resourceaccount": (self.world.account,),
            "aws:securetransport": ("true",),
            "aws:requestedregion": (self.world.region,),
            **{key: (value,) for key, value in context.items()},
        }
        documents = [*policies.identity, *(one for one in (document, policies.boundary) if one is not None)]
        named = {clause.key for one in documents for statement in one.statements for clause in statement.clauses}
        request = Request(
            Principal("role", name, self.world.account, session), action, arn, self.world.account,
            carried, frozenset(named - carried.keys()),
        )  # fmt: skip
        return decide(policies, request)

    def _policy_of(self, arn: str) -> Document | None:
        resource = self.by_arn(arn)
        return (
            None
            if resource is None
            else _merge_documents([one.document for one in self.holdings.find_attached(resource)])
        )

    def by_arn(self, arn: str) -> Resource | None:
        """Return the queue, topic, bus, table, stream or bucket of the stack that has this ARN."""
        type_ = _TYPES.get(arn.split(":")[2]) if arn.startswith("arn:") else None
        if type_ is None:
            return None
        return next((one for one in self.stack.resources(type_) if self.world.arn(one) == arn), None)

    def _refusal(self, role: Resource, actions: list[str], arn: str) -> Stop:
        details = {"role": role.address, "actions": ", ".join(actions), "arn": arn}
        owned = self.holdings.identity(role)
        boundary = self.holdings.boundary(role)
        if boundary is not None and self._allowed_without_boundary(role, actions, arn):
            return Stop("boundary", boundary.holder, boundary.holder, {**details, "boundary": boundary.holder.address})
        service = actions[0].partition(":")[0]
        inline = [one for one in owned if one.holder.type in {"aws_iam_role_policy", "aws_iam_policy"}]
        about = [one for one in inline if _speaks_of(one.document, service)]
        holder = next((one.holder for one in (*about, *inline)), role)
        return Stop("role", holder, holder.attributes.get("policy", holder), details)

    def _allowed_without_boundary(self, role: Resource, actions: list[str], arn: str) -> bool:
        documents = tuple(one.document for one in self.holdings.identity(role))
        principal = Principal("role", self.world.arn(role), self.world.account, "")
        requests = [Request(principal, action, arn, self.world.account) for action in actions]
        return all(decide(Policies(documents), one).answer is not Answer.DENIED for one in requests)

    # A key stands between.

    def admits_to_key(self, caller: Sender | Resource, target: Resource, use: str, at: Value) -> Iterator[Stop]:
        """Yield why the key of a queue or a topic refuses who calls.

        Args:
            caller: A service, or the role that calls.
            target: The queue or the topic.
            use: `send` or `receive`.
            at: Where the hop is written.

        Raises:
            Undecided: It cannot be told.
        """
        attribute, service, name = _KEY_OF.get(target.type, ("", "", ""))
        value = target[attribute] if attribute else None
        if value is None or (value.known and value.is_unset):
            return
        if self._is_managed(value):
            if isinstance(caller, Sender):
                details = {"service": caller.service, "target": target.address, "key": f"{_MANAGED_ALIAS}{service}"}
                yield Stop("managed key", target, value, details)
            return
        key = self.key_of(value)
        if key is None:
            raise doubt_outside(value, "names a key outside this stack, whose policy cannot be read")
        owned = self.holdings.find_attached(key)
        document = _merge_documents([one.document for one in owned]) or default_key_policy(
            self.world.account, key.address
        )
        via = f"{service}.{self.world.region}.amazonaws.com"
        context = {
            "kms:viaservice": via,
            "kms:encryptioncontextkeys": name,
            f"kms:encryptioncontext:{name.lower()}": self.world.arn(target),
        }
        refused = [
            action for action in _KEY_ACTIONS[use] if not self._uses(caller, (action, key, document), context, at)
        ]
        if not refused:
            return
        holder = next((one.holder for one in owned if one.holder.type == "aws_kms_key_policy"), key)
        who = caller.service if isinstance(caller, Sender) else caller.address
        details = {"who": who, "actions": ", ".join(refused), "key": key.address, "target": target.address}
        if (
            not isinstance(caller, Sender)
            and self._delegates(document)
            and not self._let_by_itself(caller, refused, key, context)
        ):
            yield self._refusal(caller, refused, self.world.arn(key))
            return
        yield Stop("key", holder, holder.attributes.get("policy", holder), details)

    def admits_logs_to_key(self, group: Resource) -> Iterator[Stop]:
        """Yield why the key of a log group refuses CloudWatch Logs, which then stores nothing under it.

        Raises:
            Undecided: It cannot be told.
        """
        value = group["kms_key_id"]
        if value.is_unset or self._is_managed(value):
            return
        key = self.key_of(value)
        if key is None:
            raise doubt_outside(value, "names a key outside this stack, whose policy cannot be read")
        owned = self.holdings.find_attached(key)
        document = _merge_documents([one.document for one in owned]) or default_key_policy(
            self.world.account, key.address
        )
        refused = [self._refused_to_logs(group, key, document, region) for region in self._regions(group, document)]
        if all(refused):
            holder = next((one.holder for one in owned if one.holder.type == "aws_kms_key_policy"), key)
            details = {"group": group.address, "actions": ", ".join(refused[0]), "key": key.address}
            yield Stop("log key", holder, holder.attributes.get("policy", holder), details)

    def _regions(self, group: Resource, document: Document) -> list[str]:
        """Return the regions a group may be in: its own; where no provider names one, those that its key speaks of."""
        own = self.world.region_of(group)
        if self.world.is_region_named:
            return [own]
        named = [name for one in document.statements for kind, name in one.principals or () if kind == "Service"]
        return [own, *(name.split(".")[1] for name in named if name.startswith("logs."))]

    def _refused_to_logs(self, group: Resource, key: Resource, document: Document, region: str) -> list[str]:
        """Return what a key does not let CloudWatch Logs of a region do for a group."""
        arn = self.world.arn(group).replace(f":{self.world.region_of(group)}:", f":{region}:", 1)
        context = {"kms:encryptioncontextkeys": _LOGS_CONTEXT, f"kms:encryptioncontext:{_LOGS_CONTEXT}": arn}
        caller = Sender(f"logs.{region}.amazonaws.com", arn, group, group["kms_key_id"])
        uses = ((action, key, document) for action in _LOGS_ACTIONS)
        return [use[0] for use in uses if not self._uses(caller, use, context, caller.at)]

    def _let_by_itself(self, role: Resource, actions: list[str], key: Resource, context: Mapping[str, str]) -> bool:
        """Return whether a role's own policies let it use a key, so that the key is what refuses."""
        open_key = default_key_policy(self.world.account, key.address)
        arn = self.world.arn(key)
        answers = [self._ask_role(role, action, arn, open_key, context).answer for action in actions]
        return Answer.DENIED not in answers

    def _delegates(self, document: Document) -> bool:
        """Return whether a key leaves it to its account who uses it; then a role's own policy is to be mended."""
        account = {("AWS", self.world.account), ("AWS", f"arn:aws:iam::{self.world.account}:root")}
        return any(account & set(statement.principals or ()) for statement in document.statements)

    def _uses(
        self, caller: Sender | Resource, use: tuple[str, Resource, Document], context: Mapping[str, str], at: Value
    ) -> bool:
        action, key, document = use
        arn = self.world.arn(key)
        carried = {**context, "kms:calleraccount": self.world.account}
        if isinstance(caller, Sender):
            values = {**self._service_context(caller), **{key: (value,) for key, value in context.items()}}
            request = Request(
                Principal("service", caller.service), action, arn, self.world.account,
                values, _OPEN_TO_SERVICES | {"kms:calleraccount"},
            )  # fmt: skip
            decision = decide(Policies(key=document, grants=self.holdings.grants(key)), request)
        else:
            decision = self._ask_role(caller, action, arn, document, carried)
        if decision.answer is Answer.ALLOWED:
            return True
        self._settle(decision, at)
        return False

    def key_of(self, value: Value) -> Resource | None:
        """Return the key of the stack that a value names, by ARN, id or alias.

        Raises:
            Undecided: It cannot be told.
        """
        keys = self.stack.resolve(value, "aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key")
        managed = [key for key in keys if key.mode == "managed"]
        if managed:
            return managed[0]
        for alias in self.stack.resolve(value, "aws_kms_alias"):
            found = None if alias.mode == "data" else self.key_of(alias["target_key_id"])
            if found is not None:
                return found
        text = self.world.text(value)
        for alias in self.stack.resources("aws_kms_alias"):
            if text in {self.world.name(alias), self.world.arn(alias)}:
                return self.key_of(alias["target_key_id"])
        return None

    def _is_managed(self, value: Value) -> bool:
        if _MANAGED_ALIAS in self.world.text(value):
            return True
        for alias in self.stack.data("aws_kms_alias", "aws_kms_key"):
            named = self.world.text(alias["name"]) if "name" in alias else self.world.text(alias["key_id"])
            if value.comes_from(alias.address) and _MANAGED_ALIAS in named:
                return True
        return False

    # What a decision means for the way of an event.

    def _settle(self, decision: Decision, at: Value) -> None:
        """Raise what is not known; return where the answer is a refusal.

        Raises:
            Undecided: The answer hangs on what cannot be told.
        """
        if decision.answer is Answer.UNKNOWN:
            raise Undecided(at, "; ".join(decision.missing) or "whether it is allowed cannot be told")
        if decision.answer is Answer.ALLOWED_IF:
            keys = ", ".join(dict.fromkeys(getattr(one, "spelled", "") for one, _ in decision.when))
            raise Undecided(at, f"it is allowed under a condition on {keys} only")

    def _denier(self, decision: Decision) -> Resource | None:
        """Return who holds the Deny that applies without condition."""
        names = [one.document for one in decision.parts if one.statement.effect == "Deny" and not one.conditions]
        return self.stack.at(names[0]) if names else None


def _merge_documents(documents: Sequence[Document]) -> Document | None:
    if not documents:
        return None
    if len(documents) == 1:
        return documents[0]
    return Document(tuple(one for document in documents for one in document.statements), documents[0].name)


def _speaks_of(document: Document, service: str) -> bool:
    actions = [action for one in document.statements for action in one.actions.values]
    return any(action.partition(":")[0].lower() == service for action in actions)
