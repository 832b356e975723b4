"""Queues: what failed too often goes to another queue; and one resource has one policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.facts import Stop, doubt_outside
from tapeproof.gate.access.delivery.hops import (
    admission,
    ask,
    flow,
    is_arn,
    is_fifo,
    not_an_arn,
    only,
    outside,
    unread,
)
from tapeproof.gate.access.delivery.regions import same_region
from tapeproof.gate.aws.judging import those
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.delivery.facts import Hop
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Resource, Value

__all__ = ["hops_of_queues"]

_QUEUE = "aws_sqs_queue"
_DEFAULT_RETENTION = 345_600
_ONE_POLICY = ("aws_sqs_queue", "aws_sns_topic", "aws_cloudwatch_event_bus", "aws_kms_key")


def hops_of_queues(site: Site) -> Iterator[Hop]:
    """Yield the hops from queues to their dead-letter queues, and policies that overwrite each other."""
    for queue in site.stack.resources(_QUEUE):
        try:
            redrive = _redrive(site, queue)
        except Undecided as undecided:
            yield unread(queue, "dead-letter queue", undecided, "failure")
            continue
        if redrive is not None:
            yield _hop_of_redrive(site, queue, redrive)
    for resource in site.stack.resources(*_ONE_POLICY):
        yield from _find_overwritten_policies(site, resource)


def _redrive(site: Site, queue: Resource) -> Value | None:
    value = queue["redrive_policy"]
    if value.known and value.is_unset:
        apart = next(_apart(site, "aws_sqs_queue_redrive_policy", queue), None)
        if apart is None:
            return None
        value = apart["redrive_policy"]
    return site.stack.document(value).entry("deadLetterTargetArn")


def _apart(site: Site, type_: str, queue: Resource) -> Iterator[Resource]:
    return those(site.stack.resources(type_), lambda one: queue in site.stack.resolve(one["queue_url"], _QUEUE))


def _hop_of_redrive(site: Site, queue: Resource, value: Value) -> Hop:
    if not is_arn(site, value):
        return ask(queue, site.world.text(value), flow(iter([not_an_arn(queue, site, value)])), "failure")
    if outside(site, value, _QUEUE):
        doubt = doubt_outside(value, "leads outside this stack, so whether it is admitted there cannot be read")
        return unread(queue, site.world.text(value), doubt, "failure")
    dead = only(site, value, _QUEUE)
    near = same_region(site, queue, value)
    fitting = flow(_itself(queue, dead, value), near, _same_kind(queue, dead, value), _check_retention(queue, dead))
    return ask(queue, dead.address, [*fitting, *admission(_check_redrive_permission(site, queue, dead))], "failure")


def _itself(queue: Resource, dead: Resource, value: Value) -> Iterator[Stop]:
    if queue is dead:
        yield Stop("itself", queue, value, {"target": dead.address})


def _same_kind(queue: Resource, dead: Resource, value: Value) -> Iterator[Stop]:
    if is_fifo(queue) != is_fifo(dead):
        kind = "FIFO" if is_fifo(queue) else "standard"
        yield Stop("other kind", queue, value, {"queue": queue.address, "kind": kind, "target": dead.address})


def _check_retention(queue: Resource, dead: Resource) -> Iterator[Stop]:
    """Yield a stop where a message is gone from the dead-letter queue before it would be gone from its source.

    In standard queues its age counts from when it was first sent.
    """
    of_queue = queue.get("message_retention_seconds", _DEFAULT_RETENTION).number()
    of_dead = dead.get("message_retention_seconds", _DEFAULT_RETENTION)
    if queue is not dead and of_dead.number() < of_queue:
        details = {"queue": queue.address, "target": dead.address, "kept": str(of_dead.number()), "age": str(of_queue)}
        yield Stop("kept shorter", dead, of_dead, details)


def _check_redrive_permission(site: Site, queue: Resource, dead: Resource) -> Iterator[Stop]:
    value, holder = dead["redrive_allow_policy"], dead
    if value.known and value.is_unset:
        apart = next(_apart(site, "aws_sqs_queue_redrive_allow_policy", dead), None)
        if apart is None:
            return
        value, holder = apart["redrive_allow_policy"], apart
    document = site.stack.document(value)
    permission = document.entry("redrivePermission").text()
    listed = document.entry("sourceQueueArns")
    sources = [] if listed.is_null else [site.world.text(one) for one in listed.elements()]
    if permission == "denyAll" or (permission == "byQueue" and site.world.arn(queue) not in sources):
        yield Stop("redrive refused", holder, value, {"queue": queue.address, "target": dead.address})


def _find_overwritten_policies(site: Site, resource: Resource) -> Iterator[Hop]:
    try:
        owned = site.holdings.find_attached(resource)
    except Undecided:
        return
    for one in owned if len(owned) > 1 else ():
        if one.holder is not resource:
            others = ", ".join(other.holder.address for other in owned if other is not one)
            stop = Stop("overwritten", one.holder, one.holder["policy"], {"target": resource.address, "others": others})
            yield ask(one.holder, resource.address, flow(iter([stop])))
