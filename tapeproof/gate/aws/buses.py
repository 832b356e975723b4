"""Event buses: which one a rule and its target are on, and whose events reach it.

Source: Amazon EventBridge User Guide, "Event buses in Amazon EventBridge" and "Events from AWS services": AWS services
put their events on the default bus, and schedules run on it alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.judging import any_of, those
from tapeproof.gate.aws.whereabouts import in_another_region
from tapeproof.gate.engine.model import Known, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["is_custom_bus", "listens_to_aws_alone", "on_same_bus", "targets_of"]

BUS, RULE, TARGET = "aws_cloudwatch_event_bus", "aws_cloudwatch_event_rule", "aws_cloudwatch_event_target"
_DEFAULT, _OF_AWS, _OF_PARTNERS = "default", "aws.", "aws.partner"
_BEGINS = frozenset({"prefix", "wildcard", "equals-ignore-case"})
"""Matchers whose text begins as what they match does (EventBridge User Guide, "Comparison operators")."""


def targets_of(stack: Stack, rule: Resource) -> Iterator[Resource]:
    """Yield the targets that name a rule, on whichever bus.

    Raises:
        Undecided: After them, when another target may.
    """
    near = (target for target in stack.resources(TARGET) if not in_another_region(stack, rule, target))
    return those(near, lambda target: rule in stack.resolve(target["rule"], RULE))


def on_same_bus(stack: Stack, one: Resource, other: Resource) -> bool:
    """Return whether two rules or targets are on the same bus.

    Raises:
        Undecided: It cannot be told.
    """
    first, second = one["event_bus_name"], other["event_bus_name"]
    if _is_default(first) or _is_default(second):
        return _is_default(first) and _is_default(second)
    named = stack.resolve(first, BUS), stack.resolve(second, BUS)
    if all(named):
        return any(bus in named[1] for bus in named[0])
    return first.same_as(second)


def is_custom_bus(rule: Resource) -> bool:
    """Return whether a rule is on another bus than the default one, and on none of a partner's.

    Raises:
        Undecided: It cannot be told.
    """
    bus = rule["event_bus_name"]
    return not _is_default(bus) and not (bus.known and _OF_PARTNERS in bus.text())


def listens_to_aws_alone(stack: Stack, rule: Resource, pattern: Value) -> bool:
    """Return whether a rule on a custom bus matches nothing but AWS services' events, which nobody forwards to it.

    Raises:
        Undecided: It cannot be told.
    """
    sources = _sources(pattern)
    if not sources or not all(_is_of_aws(source) for source in sources) or not is_custom_bus(rule):
        return False
    buses = stack.resolve(rule["event_bus_name"], BUS)
    if not buses:
        return False  # who puts events on a bus outside this stack is not to be seen
    return not any_of(buses, lambda bus: _is_fed(stack, bus))


def _is_default(bus: Value) -> bool:
    if bus.is_unset:
        return True
    return bus.known and bus.text().rpartition("/")[2] == _DEFAULT


def _sources(pattern: Value) -> tuple[Value, ...]:
    if not isinstance(pattern, Known) or isinstance(pattern.value, (str, tuple)):
        return ()
    listed = pattern.entry("source")
    return () if listed.is_null else listed.elements()


def _is_of_aws(source: Value) -> bool:
    """Return whether a pattern's source is of AWS: ``"aws.s3"``, ``{"prefix": "aws."}``, ``{"wildcard": "aws.*"}``."""
    if not isinstance(source, Known):
        raise Undecided(source)
    if isinstance(source.value, str):
        text = source.value.lower()
        return text.startswith(_OF_AWS) and not text.startswith(_OF_PARTNERS)
    if isinstance(source.value, tuple) or not hasattr(source.value, "items"):
        return False
    return any(
        name in _BEGINS and (isinstance(value, Known) and not isinstance(value.value, tuple) and _is_of_aws(value))
        for name, value in source.entries().items()
    )


def _is_fed(stack: Stack, bus: Resource) -> bool:
    """Return whether a rule forwards to a bus, or another account may put events on it."""
    named = (target["arn"] for target in stack.resources(TARGET))
    admitting = stack.resources("aws_cloudwatch_event_bus_policy", "aws_cloudwatch_event_permission")
    policies = (policy["event_bus_name"] for policy in admitting)
    return any_of((*named, *policies), lambda value: not value.is_unset and bus in stack.resolve(value, BUS))
