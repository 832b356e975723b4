"""Whether a key lets through who calls, and where a refusal is to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.decision import Answer
from tapeproof.gate.access.delivery.facts import Stop
from tapeproof.gate.access.delivery.key_policies import MANAGED_ALIAS, guard_of, is_managed
from tapeproof.gate.access.delivery.roles import refusal_of
from tapeproof.gate.access.evaluation import Policies
from tapeproof.gate.access.holdings import default_key_policy
from tapeproof.gate.access.site import Sender

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.access.delivery.key_policies import Guard
    from tapeproof.gate.access.document import Document
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Resource, Value

__all__ = ["admits_logs_to_key", "admits_to_key"]

_KEY_ACTIONS = {
    "send": ("kms:GenerateDataKey", "kms:Decrypt"),
    "put": ("kms:GenerateDataKey",),
    "receive": ("kms:Decrypt",),
}
"""What a producer and a consumer of an encrypted queue need, and a producer of a stream:
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html,
https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html"""
_KEY_OF = {
    "aws_sqs_queue": ("kms_master_key_id", "sqs", "aws:sqs:arn"),
    "aws_sns_topic": ("kms_master_key_id", "sns", "aws:sns:topicArn"),
    "aws_kinesis_stream": ("kms_key_id", "kinesis", "aws:kinesis:arn"),
    "aws_cloudwatch_event_bus": ("kms_key_identifier", "events", "aws:events:event-bus:arn"),
}
_ENCRYPTS, _SYMMETRIC = "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT"
_LOGS_ACTIONS = ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey")
_LOGS_CONTEXT = "aws:logs:arn"
"""What CloudWatch Logs calls with a group's key, and the name of the group in it: Amazon CloudWatch Logs User Guide,
"Encrypt log data in CloudWatch Logs using AWS Key Management Service"."""


def admits_to_key(site: Site, caller: Sender | Resource, target: Resource, use: str, at: Value) -> Iterator[Stop]:
    """Yield why the key of a queue or a topic refuses who calls.

    Args:
        site: The stack.
        caller: A service, or the role that calls.
        target: The queue or the topic.
        use: `send`, `put` (to a stream) or `receive`.
        at: Where the hop is written.

    Raises:
        Undecided: It cannot be told.
    """
    asked = (caller.caller, caller.owner, target.address, use) if isinstance(caller, Sender) else None
    if asked in site.let_in:
        return
    attribute, service, name = _KEY_OF.get(target.type, ("", "", ""))
    value = target[attribute] if attribute else None
    if value is None or (value.known and value.is_unset) or _is_plain(target):
        return
    if is_managed(site, value):
        if isinstance(caller, Sender):
            details = {"service": caller.service, "target": target.address, "key": f"{MANAGED_ALIAS}{service}"}
            yield Stop("managed key of a queue" if service == "sqs" else "managed key", target, value, details)
        return
    guard = guard_of(site, value)
    unfit = list(_unfit(guard.key, value, target))
    yield from unfit
    context = _context_of(site, target, service, name)
    refused = [action for action in _KEY_ACTIONS[use] if not _uses(site, caller, action, guard, context, at=at)]
    if refused:
        yield _stop_at(site, guard, caller, refused, context, target=target)
    elif asked and not unfit and _is_open_to_every_source(site, guard):
        site.let_in.add(asked)


def _is_open_to_every_source(site: Site, guard: Guard) -> bool:
    """Return whether a key does not ask for whom a service calls, which is all that differs between its calls."""
    policies = Policies(key=guard.document, grants=site.holdings.grants(guard.key))
    names = policies.keys()
    return not policies.grants and "aws:sourcearn" not in names


def _is_plain(target: Resource) -> bool:
    """Return whether a stream names a key and does not use it.

    Raises:
        Undecided: It cannot be told.
    """
    kind = target["encryption_type"]
    return target.type == "aws_kinesis_stream" and (kind.is_null or kind.text() != "KMS")


def _unfit(key: Resource, at: Value, target: Resource) -> Iterator[Stop]:
    """Yield a stop where a key encrypts nothing: one that is off, or made for something else.

    Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html

    Raises:
        Undecided: It cannot be told.
    """
    details = {"key": key.address, "target": target.address}
    if any(not switch.is_null and not switch.boolean() for switch in (key["is_enabled"], key["enabled"])):
        yield Stop("key off", key, at, details)
    usage, spec = key["key_usage"], key["customer_master_key_spec"]
    if any(not value.is_null and value.text() != fit for value, fit in ((usage, _ENCRYPTS), (spec, _SYMMETRIC))):
        yield Stop("other use", key, at, details)


def _context_of(site: Site, target: Resource, service: str, name: str) -> dict[str, str]:
    """Return what a service brings along when it uses the key of a queue, a topic or a bus for somebody."""
    return {
        "kms:viaservice": f"{service}.{site.world.region}.amazonaws.com",
        "kms:encryptioncontextkeys": name,
        f"kms:encryptioncontext:{name.lower()}": site.world.arn(target),
    }


def _stop_at(
    site: Site,
    guard: Guard,
    caller: Sender | Resource,
    refused: list[str],
    context: Mapping[str, str],
    *,
    target: Resource,
) -> Stop:
    """Return the refusal of a key where it is to be mended: in the role, or in the key's policy."""
    if not isinstance(caller, Sender) and _is_left_to(site, caller, refused, guard, context):
        return refusal_of(site, caller, refused, site.world.arn(guard.key))
    who = caller.service if isinstance(caller, Sender) else caller.address
    details = {"who": who, "actions": ", ".join(refused), "key": guard.key.address, "target": target.address}
    return Stop("key", guard.holder, guard.at, details)


def admits_logs_to_key(site: Site, group: Resource) -> Iterator[Stop]:
    """Yield why the key of a log group refuses CloudWatch Logs, which then stores nothing under it.

    Raises:
        Undecided: It cannot be told.
    """
    value = group["kms_key_id"]
    if value.is_unset or is_managed(site, value):
        return
    guard = guard_of(site, value)
    for stop in _unfit(guard.key, value, group):
        yield Stop("unfit log key", stop.resource, stop.at, stop.details)
    refused = [_refused_to_logs(site, group, guard, region) for region in _regions(site, group, guard.document)]
    if all(refused):
        details = {"group": group.address, "actions": ", ".join(refused[0]), "key": guard.key.address}
        yield Stop("log key", guard.holder, guard.at, details)


def _regions(site: Site, group: Resource, document: Document) -> list[str]:
    """Return the regions a group may be in: its own; where no provider names one, those that its key speaks of."""
    own = site.world.region_of(group)
    if site.world.is_region_named:
        return [own]
    named = [name for one in document.statements for kind, name in one.principals or () if kind == "Service"]
    return [own, *(name.split(".")[1] for name in named if name.startswith("logs."))]


def _refused_to_logs(site: Site, group: Resource, guard: Guard, region: str) -> list[str]:
    """Return what a key does not let CloudWatch Logs of a region do for a group."""
    arn = site.world.arn(group).replace(f":{site.world.region_of(group)}:", f":{region}:", 1)
    context = {"kms:encryptioncontextkeys": _LOGS_CONTEXT, f"kms:encryptioncontext:{_LOGS_CONTEXT}": arn}
    caller = Sender(f"logs.{region}.amazonaws.com", arn, group, group["kms_key_id"])
    return [action for action in _LOGS_ACTIONS if not _uses(site, caller, action, guard, context, at=caller.at)]


def _is_left_to(site: Site, role: Resource, actions: list[str], guard: Guard, context: Mapping[str, str]) -> bool:
    """Return whether a key leaves it to its account who uses it, and the role's own policies are what refuses."""
    return _delegates(site, guard.document) and not _let_by_itself(site, role, actions, guard.key, context)


def _let_by_itself(site: Site, role: Resource, actions: list[str], key: Resource, context: Mapping[str, str]) -> bool:
    """Return whether a role's own policies let it use a key, so that the key is what refuses."""
    open_key = default_key_policy(site.world.account, key.address)
    arn = site.world.arn(key)
    answers = [site.ask_role(role, action, arn, Policies(key=open_key), context).answer for action in actions]
    return Answer.DENIED not in answers


def _delegates(site: Site, document: Document) -> bool:
    """Return whether a key leaves it to its account who uses it; then a role's own policy is to be mended."""
    account = {("AWS", site.world.account), ("AWS", f"arn:aws:iam::{site.world.account}:root")}
    return any(account & set(statement.principals or ()) for statement in document.statements)


def _uses(
    site: Site, caller: Sender | Resource, action: str, guard: Guard, context: Mapping[str, str], *, at: Value
) -> bool:
    arn = site.world.arn(guard.key)
    policies = Policies(key=guard.document, grants=site.holdings.grants(guard.key))
    if isinstance(caller, Sender):
        carried = {key: (value,) for key, value in context.items()}
        decision = site.decide_service(caller, policies, action, arn, carried)
    else:
        decision = site.ask_role(caller, action, arn, policies, context)
    if decision.answer is Answer.ALLOWED:
        return True
    site.settle(decision, at)
    return False
