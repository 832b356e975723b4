"""Every rule can match, is switched on, and leads somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.buses import is_custom_bus, listens_to_aws_alone, on_same_bus, targets_of
from tapeproof.gate.aws.event_pattern import pattern_faults, schedule_fault
from tapeproof.gate.aws.judging import any_of
from tapeproof.gate.aws.switches import SWITCHES, switched_off
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack, Value
    from tapeproof.gate.engine.rule import Parameters

_EXPECTED = "a valid event pattern and at least one target"
_RULE = "aws_cloudwatch_event_rule"


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about rules, and about whatever else moves events and is switched off."""
    yield from _rules(stack, parameters)
    yield from _others(stack, parameters)


@each(_RULE)
def _rules(rule: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each fault in a rule's event pattern, schedule, bus or targets."""
    yield from judge_all((_targets, _timing, _switch, _pattern), lambda part: part(rule, stack, parameters))


@each(*(type_ for type_ in SWITCHES if type_ != _RULE))
def _others(resource: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    yield from _switch(resource, stack, parameters)


def _switch(resource: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    off = switched_off(resource)
    if off is not None:
        message = "it is switched off, so no event goes through it"
        yield resource.fails(off, message, fix="switch it on, or remove it", expected="switched on")


def _targets(rule: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    targets = list(targets_of(stack, rule))
    if not targets:
        message = "the rule has no target, so what it matches goes nowhere"
        fix = "add an aws_cloudwatch_event_target"
        yield rule.fails(rule, message, fix=fix, expected=_EXPECTED, observed="no target")
    elif not any_of(targets, lambda target: on_same_bus(stack, rule, target)):
        bus = targets[0]["event_bus_name"]
        message = f"{targets[0].address} is on another event bus than the rule, so the rule has no target"
        fix = "event_bus_name = <that of the rule>"
        yield rule.fails(bus, message, fix=fix, expected="rule and target on one bus", observed="different buses")


def _timing(rule: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    pattern, schedule = rule["event_pattern"], rule["schedule_expression"]
    if pattern.is_unset and schedule.is_unset:
        message = "the rule has neither an event pattern nor a schedule"
        yield rule.fails(rule, message, fix="set event_pattern", expected=_EXPECTED, observed="neither")
    if schedule.is_unset:
        return
    wrong = schedule_fault(schedule.text())
    if wrong:
        yield rule.fails(schedule, wrong, fix='"rate(5 minutes)"', expected="a valid schedule")
    if is_custom_bus(rule):
        message = "schedules run on the default event bus only, and this rule is on another"
        yield rule.fails(schedule, message, fix="remove event_bus_name", expected="a schedule on the default bus")


def _pattern(rule: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    pattern, most = rule["event_pattern"], parameters["maximum_characters"]
    if pattern.is_unset:
        return
    if pattern.known and len(pattern.text()) > most:
        message = f"the pattern has {len(pattern.text())} characters; AWS takes {most} unless the quota was raised"
        yield rule.fails(pattern, message, fix="shorten it, or split the rule", expected=f"at most {most} characters")
    document = _document(stack, pattern)
    if isinstance(document, Undecided):
        yield rule.fails(document.value, f"the pattern {document.why}", fix="use jsonencode()", expected=_EXPECTED)
        return
    for fault in pattern_faults(document):
        yield rule.fails(fault.span, fault.message, fix="see the event pattern grammar", expected=_EXPECTED)
    if listens_to_aws_alone(stack, rule, document):
        message = "events of AWS services arrive on the default event bus only, so this rule never matches"
        fix = "put the rule on the default bus, or forward the events from there to this one"
        yield rule.fails(document.entry("source"), message, fix=fix, expected=_EXPECTED)


def _document(stack: Stack, pattern: Value) -> Value | Undecided:
    """Return a pattern as values, or what is wrong with its JSON."""
    try:
        return stack.document(pattern)
    except Undecided as undecided:
        if not undecided.why.startswith("holds"):
            raise
        return undecided
