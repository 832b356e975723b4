"""EventBridge: rules on buses, what they match, and their targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.ends import by_role, by_service, end_of, role_of, service_of, standard_queue
from tapeproof.gate.access.delivery.facts import Stop, doubt_outside
from tapeproof.gate.access.delivery.fifo import fits_fifo
from tapeproof.gate.access.delivery.hops import (
    admission,
    ask,
    flow,
    guard_hops,
    is_off,
    only,
    optional_block,
    outside,
    to_queue,
    unread,
)
from tapeproof.gate.access.delivery.keys import admits_to_key
from tapeproof.gate.access.delivery.patterns import Fields, may_meet, names_of, pattern_of
from tapeproof.gate.access.delivery.regions import same_region
from tapeproof.gate.access.delivery.roles import may_assume
from tapeproof.gate.access.delivery.tasks import may_run
from tapeproof.gate.access.site import Sender
from tapeproof.gate.aws.whereabouts import in_another_region
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.delivery.facts import Hop
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Resource

__all__ = ["hops_of_rules"]

EVENTS = "events.amazonaws.com"
_RULE = "aws_cloudwatch_event_rule"
_TARGET = "aws_cloudwatch_event_target"
_BUS = "aws_cloudwatch_event_bus"


def hops_of_rules(site: Site) -> Iterator[Hop]:
    """Yield the hops of buses, from buses to rules, and from rules to their targets."""
    for bus in site.stack.resources(_BUS):
        yield from guard_hops(bus, _hops_of_bus(site, bus))
    for rule in site.stack.resources(_RULE):
        name = site.world.bus_name(rule)
        flowing = flow(
            _is_on(rule), _gets_events(site, rule, name), _is_sent(site, rule, name), _has_target(site, rule)
        )
        yield ask(rule, rule.address, flowing, origin=_bus_address(site, name))
    for target in site.stack.resources(_TARGET):
        yield from _hops_of_target(site, target)


def _hops_of_bus(site: Site, bus: Resource) -> Iterator[Hop]:
    """Yield the hop onto a bus that a key encrypts, and to where goes what it could not encrypt or decrypt."""
    source = site.world.arn(bus)
    sender = Sender(EVENTS, source, bus, bus["kms_key_identifier"])
    if not (sender.at.known and sender.at.is_unset):
        yield ask(bus, bus.address, admission(admits_to_key(site, sender, bus, "send", sender.at)), origin="events")
    config = optional_block(bus, "dead_letter_config")
    if config is not None and not (config["arn"].known and config["arn"].is_unset):
        value = config["arn"]
        checks = flow(standard_queue(site, value, bus)) + admission(to_queue(site, sender._replace(at=value), value))
        yield ask(bus, end_of(site, value), checks, "failure")


def _bus_address(site: Site, name: str) -> str:
    return next((bus.address for bus in site.stack.resources(_BUS) if site.world.name(bus) == name), f"bus {name}")


def _is_on(rule: Resource) -> Iterator[Stop]:
    if is_off(rule, "is_enabled", off=False):
        yield Stop("off", rule, rule["is_enabled"], {"what": rule.address})
    elif is_off(rule, "state", off="DISABLED"):
        yield Stop("off", rule, rule["state"], {"what": rule.address})


def _has_target(site: Site, rule: Resource) -> Iterator[Stop]:
    """Yield a stop where a rule of an account has no target; those of a configuration may have theirs elsewhere."""
    if site.stack.front_end != "live":
        return
    named = [target["rule"] for target in site.stack.resources(_TARGET)]
    if any(value.known and site.world.text(value) == site.world.arn(rule) for value in named):
        return
    for value in named:
        if not value.known:
            raise Undecided(value)
    yield Stop("no target", rule, rule, {"what": rule.address})


def _gets_events(site: Site, rule: Resource, bus: str) -> Iterator[Stop]:
    """Yield why a rule sees no events: those of AWS's services come to the default bus only."""
    pattern, schedule = rule["event_pattern"], rule["schedule_expression"]
    if bus != "default" and not schedule.is_unset:
        yield Stop("schedule elsewhere", rule, schedule, {"what": rule.address, "bus": bus})
    if bus == "default" or pattern.is_unset or _forwarders(site, bus):
        return
    sources = pattern_of(site, pattern).get(("source",))
    if sources and all(isinstance(one, str) and one.startswith("aws.") for one in sources):
        yield Stop("aws events", rule, pattern, {"what": rule.address, "bus": bus})


def _is_sent(site: Site, rule: Resource, bus: str) -> Iterator[Stop]:
    """Yield a stop where a rule waits for events of buckets that do not send theirs to EventBridge.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
    """
    pattern = rule["event_pattern"]
    if bus != "default" or pattern.is_unset:
        return
    fields = pattern_of(site, pattern)
    asked = names_of(fields, ("detail", "bucket", "name"))
    if fields.get(("source",)) != ["aws.s3"] or any("CloudTrail" in one for one in names_of(fields, ("detail-type",))):
        return
    for bucket in site.stack.resources("aws_s3_bucket"):
        if site.world.name(bucket) in asked:
            yield from _silent(site, rule, bucket)


def _silent(site: Site, rule: Resource, bucket: Resource) -> Iterator[Stop]:
    name = site.world.name(bucket)
    configured = [
        one
        for one in site.stack.resources("aws_s3_bucket_notification")
        if site.world.text(one["bucket"]) in {name, site.world.arn(bucket)}
    ]
    if not any(not one["eventbridge"].is_null and one["eventbridge"].boolean() for one in configured):
        place = configured[0] if configured else bucket
        yield Stop("silent bucket", place, place, {"bucket": bucket.address, "rule": rule.address})


def _forwarders(site: Site, bus: str) -> list[Resource]:
    """Return the targets that send to a bus."""
    return [
        target
        for target in site.stack.resources(_TARGET)
        if site.world.text(target["arn"]).endswith(f":event-bus/{bus}")
    ]


def _rule_of(site: Site, target: Resource) -> Resource:
    named = [one for one in site.stack.resolve(target["rule"], _RULE) if one.mode == "managed"]
    rules = [one for one in named if not in_another_region(site.stack, one, target)] or named
    if not rules:
        raise doubt_outside(target["rule"], "names a rule outside this stack")
    bus = site.world.bus_name(target)
    return next((rule for rule in rules if site.world.bus_name(rule) == bus), rules[0])


def _hops_of_target(site: Site, target: Resource) -> Iterator[Hop]:
    end = end_of(site, target["arn"])
    try:
        rule = _rule_of(site, target)
    except Undecided as undecided:
        yield from _hops_of_unknown_rule(site, target, undecided)
        return
    sender = Sender(EVENTS, site.world.arn(rule), target, target["arn"])
    near = same_region(site, rule, target["arn"], target)
    taken = fits_fifo(site, target, target["arn"], target, "sqs_target")
    flowing = flow(_same_bus(site, rule, target), near, taken, *_meets(site, rule, target))
    yield ask(target, end, [*admission(_check_admission(site, sender, target)), *flowing], origin=rule.address)
    try:
        config = optional_block(target, "dead_letter_config")
    except Undecided as undecided:
        yield unread(target, "dead-letter queue", undecided, "failure")
        return
    if config is not None and not (config["arn"].known and config["arn"].is_unset):
        value = config["arn"]
        failing = Sender(EVENTS, site.world.arn(rule), target, value)
        near = same_region(site, rule, value, target)
        checks = [*flow(standard_queue(site, value, target), near), *admission(to_queue(site, failing, value))]
        yield ask(target, end_of(site, value), checks, "failure", rule.address)


def _hops_of_unknown_rule(site: Site, target: Resource, undecided: Undecided) -> Iterator[Hop]:
    """Yield the hops of a target of which the rule cannot be read: what hangs on the rule alone is not told."""

    def untold() -> Iterator[Stop]:
        raise undecided
        yield

    origin = site.world.text(target["rule"])
    taken = fits_fifo(site, target, target["arn"], target, "sqs_target")
    yield ask(target, end_of(site, target["arn"]), [*flow(taken, untold()), *admission(untold())], origin=origin)
    config = optional_block(target, "dead_letter_config")
    if config is not None and not (config["arn"].known and config["arn"].is_unset):
        value = config["arn"]
        checks = [*flow(standard_queue(site, value, target)), *admission(untold())]
        yield ask(target, end_of(site, value), checks, "failure", origin)


def _same_bus(site: Site, rule: Resource, target: Resource) -> Iterator[Stop]:
    of_rule, of_target = site.world.bus_name(rule), site.world.bus_name(target)
    if of_rule != of_target:
        yield Stop(
            "other bus", target, target["event_bus_name"], {"rule": rule.address, "bus": of_rule, "named": of_target}
        )


def _check_admission(site: Site, sender: Sender, target: Resource) -> Iterator[Stop]:
    role = target["role_arn"]
    if role.is_unset:
        yield from by_service(site, sender, target["arn"])
        return
    value = target["arn"]
    if service_of(site, value) == "ecs":
        yield from may_assume(site, EVENTS, role_of(site, role), sender.source, value)
        for block in target.blocks("ecs_target"):
            yield from may_run(site, role_of(site, role), block["task_definition_arn"])
        return
    yield from by_role(site, sender, role_of(site, role), value)


def _meets(site: Site, rule: Resource, target: Resource) -> Iterator[Iterator[Stop]]:
    if not outside(site, target["arn"], _BUS):
        yield _taken_on(site, rule, target)


def _taken_on(site: Site, rule: Resource, target: Resource) -> Iterator[Stop]:
    """Yield a stop where no rule of a bus takes what another bus forwards to it."""
    bus = only(site, target["arn"], _BUS)
    name = site.world.name(bus)
    sent = pattern_of(site, rule["event_pattern"])
    near = (one for one in site.stack.resources(_RULE) if not in_another_region(site.stack, one, bus))
    there = [one for one in near if site.world.bus_name(one) == name]
    details = {"rule": rule.address, "bus": bus.address, "rules": ", ".join(one.address for one in there)}
    if there:
        if not any(may_meet(sent, pattern_of(site, one["event_pattern"])) for one in there):
            yield Stop("never meet", rule, rule["event_pattern"], details)
        return
    if _is_archived(site, bus):
        return
    strayed = list(_find_stray_rules(site, rule, sent))
    for one in strayed:
        yield Stop("strayed", one, one["event_bus_name"], {**details, "strayed": one.address})
    if not strayed:
        yield Stop("no rule", target, target["arn"], details)


def _is_archived(site: Site, bus: Resource) -> bool:
    archives = site.stack.resources("aws_cloudwatch_event_archive")
    return any(site.world.text(one["event_source_arn"]) == site.world.arn(bus) for one in archives)


def _find_stray_rules(site: Site, rule: Resource, sent: Fields) -> Iterator[Resource]:
    """Yield the rules of the default bus that were meant for what a rule forwards."""
    for one in site.stack.resources(_RULE):
        pattern = one["event_pattern"]
        if one is not rule and site.world.bus_name(one) == "default" and not pattern.is_unset:
            asked = pattern_of(site, pattern)
            if asked.keys() & sent.keys() and may_meet(sent, asked):
                yield one
