"""What sends by itself: schedules, topics, buckets, alarms and log groups."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.ends import (
    asked_of_role,
    by_role,
    by_service,
    end_of,
    standard_queue,
    to_function,
)
from tapeproof.gate.access.delivery.facts import Stop
from tapeproof.gate.access.delivery.fifo import fits_fifo
from tapeproof.gate.access.delivery.hops import (
    admission,
    ask,
    flow,
    guard_hops,
    is_fifo,
    is_off,
    only,
    optional_block,
    outside,
    to_queue,
    to_topic,
)
from tapeproof.gate.access.delivery.regions import same_region, topic_service
from tapeproof.gate.access.delivery.roles import may_assume, may_call
from tapeproof.gate.access.delivery.tasks import may_run
from tapeproof.gate.access.patterns import wildcard
from tapeproof.gate.access.request import names_action
from tapeproof.gate.access.search import overlaps
from tapeproof.gate.access.site import Sender

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.delivery.facts import Hop
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Block, Resource, Value

__all__ = ["hops_of_senders"]

_QUEUE, _TOPIC = "aws_sqs_queue", "aws_sns_topic"
_UNIVERSAL = "arn:aws:scheduler:::aws-sdk:"
_ALARMS = ("aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm")
_NOTIFIED = (("lambda_function", "lambda_function_arn"), ("queue", "queue_arn"), ("topic", "topic_arn"))
_ACTIONS = ("alarm_actions", "ok_actions", "insufficient_data_actions")


def hops_of_senders(site: Site) -> Iterator[Hop]:
    """Yield the hops of everything that sends by itself."""
    for schedule in site.stack.resources("aws_scheduler_schedule"):
        yield from guard_hops(schedule, _hops_of_schedule(site, schedule))
    for subscription in site.stack.resources("aws_sns_topic_subscription"):
        yield from guard_hops(subscription, _hops_of_subscription(site, subscription))
    for notification in site.stack.resources("aws_s3_bucket_notification"):
        yield from guard_hops(notification, _hops_of_notification(site, notification))
    for alarm in site.stack.resources(*_ALARMS):
        yield from guard_hops(alarm, _hops_of_alarm(site, alarm))
    for subscribed in site.stack.resources("aws_cloudwatch_log_subscription_filter"):
        yield from guard_hops(subscribed, _hops_of_filter(site, subscribed))


def _hops_of_schedule(site: Site, schedule: Resource) -> Iterator[Hop]:
    target = optional_block(schedule, "target")
    if target is None:
        return
    role_value = target["role_arn"]
    group = "default" if schedule["group_name"].is_unset else site.world.text(schedule["group_name"])
    source = f"arn:aws:scheduler:{site.world.region_of(schedule)}:{site.world.account}:schedule-group/{group}"
    sender = Sender("scheduler.amazonaws.com", source, schedule, target["arn"])
    flowing = flow(_schedule_on(schedule), fits_fifo(site, schedule, target["arn"], target, "sqs_parameters"))
    brought = admission(asked_of_role(site, role_value, lambda role: _brought(site, sender, role, target)))
    yield ask(schedule, end_of(site, target["arn"]), [*flowing, *brought])
    config = optional_block(target, "dead_letter_config")
    if config is not None and not (config["arn"].known and config["arn"].is_unset):
        value = config["arn"]
        failing = sender._replace(at=value)
        sending = admission(asked_of_role(site, role_value, lambda role: to_queue(site, failing, value, role)))
        yield ask(schedule, end_of(site, value), [*flow(standard_queue(site, value, schedule)), *sending], "failure")


def _schedule_on(schedule: Resource) -> Iterator[Stop]:
    if is_off(schedule, "state", off="DISABLED"):
        yield Stop("off", schedule, schedule["state"], {"what": schedule.address})


def _brought(site: Site, sender: Sender, role: Resource, target: Block) -> Iterator[Stop]:
    text = site.world.text(target["arn"])
    if not text.startswith(_UNIVERSAL):
        yield from by_role(site, sender, role, target["arn"])
        for block in target.blocks("ecs_parameters"):
            yield from may_run(site, role, block["task_definition_arn"])
        return
    yield from may_assume(site, sender.service, role, sender.source, target["arn"])
    service, _, call = text.removeprefix(_UNIVERSAL).partition(":")
    names = {"sfn": "states", "eventbridge": "events", "cloudwatchlogs": "logs"}
    action = f"{names.get(service, service)}:{call[:1].upper()}{call[1:]}"
    owned = site.holdings.identity(role)
    named = [one for each in owned for one in each.document.statements if names_action(one.actions, action)]
    if not any(one.effect == "Allow" and not one.unread for one in named):
        yield from may_call(site, role, [action], "*", target["arn"])


def _hops_of_subscription(site: Site, subscription: Resource) -> Iterator[Hop]:
    topic_value, value = subscription["topic_arn"], subscription["endpoint"]
    source = site.world.text(topic_value)
    sender = Sender(topic_service(site, topic_value, value), source, subscription, value)
    origin = end_of(site, topic_value)
    protocol = subscription["protocol"].text()
    if protocol == "sqs":
        checks = flow(_same_kind(site, subscription, topic_value, value)) + admission(to_queue(site, sender, value))
        yield ask(subscription, end_of(site, value), checks, origin=origin)
    elif protocol == "lambda":
        checks = flow(_no_fifo_topic(site, subscription, topic_value)) + admission(to_function(site, sender, value))
        yield ask(subscription, end_of(site, value), checks, origin=origin)
    elif protocol == "firehose":
        brought = asked_of_role(
            site, subscription["subscription_role_arn"], lambda role: by_role(site, sender, role, value)
        )
        yield ask(subscription, end_of(site, value), admission(brought), origin=origin)
    redrive = subscription["redrive_policy"]
    if not (redrive.known and redrive.is_unset):
        dead = site.stack.document(redrive).entry("deadLetterTargetArn")
        failing = sender._replace(at=dead)
        checks = flow(_same_kind(site, subscription, topic_value, dead)) + admission(to_queue(site, failing, dead))
        yield ask(subscription, end_of(site, dead), checks, "failure")


def _same_kind(site: Site, subscription: Resource, topic_value: Value, value: Value) -> Iterator[Stop]:
    """Yield a stop where a standard topic has a FIFO queue; the other way round works."""
    if outside(site, topic_value, _TOPIC) or outside(site, value, _QUEUE):
        return
    topic, queue = only(site, topic_value, _TOPIC), only(site, value, _QUEUE)
    if is_fifo(queue) and not is_fifo(topic):
        yield Stop("fifo subscriber", subscription, value, {"topic": topic.address, "target": queue.address})


def _no_fifo_topic(site: Site, subscription: Resource, topic_value: Value) -> Iterator[Stop]:
    if not outside(site, topic_value, _TOPIC) and is_fifo(only(site, topic_value, _TOPIC)):
        yield Stop("fifo topic", subscription, topic_value, {"target": end_of(site, topic_value)})


def _hops_of_notification(site: Site, notification: Resource) -> Iterator[Hop]:
    bucket = end_of(site, notification["bucket"])
    others = [
        one.address
        for one in site.stack.resources("aws_s3_bucket_notification")
        if one is not notification and site.world.text(one["bucket"]) == site.world.text(notification["bucket"])
    ]
    if others:
        details = {"target": bucket, "others": ", ".join(others)}
        stop = Stop("overwritten", notification, notification["bucket"], details)
        yield ask(notification, "its targets", flow(iter([stop])), origin=bucket)
    yield ask(notification, "its targets", flow(_find_overlaps(site, notification, bucket)), origin=bucket)
    name = site.world.text(notification["bucket"])
    source = name if name.startswith("arn:") else f"arn:aws:s3:::{name}"
    for type_, attribute in _NOTIFIED:
        for block in notification.blocks(type_):
            value = block[attribute]
            sender = Sender("s3.amazonaws.com", source, notification, value)
            near = flow(same_region(site, notification, value))
            checks = {
                "lambda_function": admission(to_function(site, sender, value)),
                "queue": flow(standard_queue(site, value, notification)) + admission(to_queue(site, sender, value)),
                "topic": flow(_no_fifo_topic(site, notification, value)) + admission(to_topic(site, sender, value)),
            }[type_]
            yield ask(notification, end_of(site, value), [*near, *checks], origin=bucket)


def _find_overlaps(site: Site, notification: Resource, bucket: str) -> Iterator[Stop]:
    """Yield a stop where two configurations of one bucket would both take an event.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
    """
    blocks = [block for type_, _ in _NOTIFIED for block in notification.blocks(type_)]
    for one, other in itertools.combinations(blocks, 2):
        events = [[wildcard(event.text()) for event in block["events"].elements()] for block in (one, other)]
        prefixes, suffixes = (
            [site.world.text(block[name]) if not block[name].is_unset else "" for block in (one, other)]
            for name in ("filter_prefix", "filter_suffix")
        )
        nested = prefixes[0].startswith(prefixes[1]) or prefixes[1].startswith(prefixes[0])
        nested = nested and (suffixes[0].endswith(suffixes[1]) or suffixes[1].endswith(suffixes[0]))
        if nested and overlaps(*events):
            yield Stop("overlap", notification, other, {"target": bucket})
            return


def _hops_of_alarm(site: Site, alarm: Resource) -> Iterator[Hop]:
    source = site.world.arn(alarm)
    seen: set[str] = set()
    for attribute in _ACTIONS:
        for value in () if alarm[attribute].is_null else alarm[attribute].elements():
            text = site.world.text(value)
            if text in seen:
                continue
            seen.add(text)
            checks = flow(_actions_on(alarm), same_region(site, alarm, value))
            if ":sns:" in text:
                sender = Sender("cloudwatch.amazonaws.com", source, alarm, value, owner=True)
                checks += flow(_no_fifo_topic(site, alarm, value)) + admission(to_topic(site, sender, value))
            elif ":lambda:" in text:
                sender = Sender("lambda.alarms.cloudwatch.amazonaws.com", source, alarm, value)
                checks += admission(to_function(site, sender, value))
            yield ask(alarm, end_of(site, value), checks)


def _actions_on(alarm: Resource) -> Iterator[Stop]:
    if is_off(alarm, "actions_enabled", off=False):
        yield Stop("actions off", alarm, alarm["actions_enabled"], {"alarm": alarm.address})


def _hops_of_filter(site: Site, subscribed: Resource) -> Iterator[Hop]:
    group = subscribed["log_group_name"]
    name = site.world.text(group)
    base = (
        name
        if name.startswith("arn:")
        else f"arn:aws:logs:{site.world.region_of(subscribed)}:{site.world.account}:log-group:{name}"
    )
    value = subscribed["destination_arn"]
    region = site.world.told_region(subscribed)
    sender = Sender("logs.amazonaws.com", f"{base.removesuffix(':*')}:*", subscribed, value, region=region)
    role = subscribed["role_arn"]
    if role.is_unset:
        check = by_service(site, sender, value)
    else:
        check = asked_of_role(site, role, lambda role: by_role(site, sender, role, value))
    checks = [*flow(same_region(site, subscribed, value), _class_of_log(site, subscribed)), *admission(check)]
    yield ask(subscribed, end_of(site, value), checks, origin=end_of(site, group))


def _class_of_log(site: Site, subscribed: Resource) -> Iterator[Stop]:
    """Yield a stop where the log group is of a class that has no subscriptions.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
    """
    for group in site.stack.resolve(subscribed["log_group_name"], "aws_cloudwatch_log_group"):
        class_ = group["log_group_class"]
        if not class_.is_unset and class_.text() == "INFREQUENT_ACCESS":
            yield Stop("no subscriptions", subscribed, class_, {"group": group.address, "class": class_.text()})
