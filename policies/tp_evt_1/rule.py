"""Every rule can match, is switched on, and leads somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.event_rules import (
    faults_of_names,
    faults_of_pattern,
    faults_of_schedule,
    faults_of_targets,
    faults_of_timing,
)
from tapeproof.gate.aws.filters import FILTERED, faults_of_filters
from tapeproof.gate.aws.switches import SWITCHES, switched_off
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.aws.fault import Fault
    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters

_RULE = "aws_cloudwatch_event_rule"


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about rules, and about whatever else moves events and is switched off."""
    yield from _rules(stack, parameters)
    yield from _others(stack, parameters)


@each(_RULE)
def _rules(rule: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    parts = (
        faults_of_targets(rule, stack),
        faults_of_names(rule, stack),
        faults_of_timing(rule),
        faults_of_pattern(rule, stack, parameters["maximum_characters"]),
    )
    yield from judge_all((*(_told(rule, faults) for faults in parts), _switch(rule)), iter)


@each(*(type_ for type_ in SWITCHES if type_ != _RULE))
def _others(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    parts = [_switch(resource)]
    if resource.type == "aws_scheduler_schedule":
        parts.append(_told(resource, faults_of_schedule(resource)))
    if resource.type in FILTERED:
        parts.append(_told(resource, faults_of_filters(resource, stack)))
    yield from judge_all(parts, iter)


def _told(resource: Resource, faults: Iterable[Fault]) -> Iterator[Finding]:
    return (fault.build_finding(resource) for fault in faults)


def _switch(resource: Resource) -> Iterator[Finding]:
    off = switched_off(resource)
    if off is not None:
        message = "it is switched off, so no event goes through it"
        yield resource.fails(off, message, fix="switch it on, or remove it", expected="switched on")
