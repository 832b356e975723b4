"""What keeps an EventBridge rule from moving events, beside faults in the grammar of its pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.buses import is_custom_bus, listens_to_aws_alone, on_same_bus, targets_of
from tapeproof.gate.aws.event_pattern import pattern_faults
from tapeproof.gate.aws.fault import Fault
from tapeproof.gate.aws.judging import any_of
from tapeproof.gate.aws.schedules import is_over, schedule_fault
from tapeproof.gate.engine.model import NotJsonError, Ref, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["faults_of_names", "faults_of_pattern", "faults_of_schedule", "faults_of_targets", "faults_of_timing"]

_EXPECTED = "a valid event pattern and at least one target"


def faults_of_targets(rule: Resource, stack: Stack) -> Iterator[Fault]:
    """Yield a fault when a rule has no target, or only some on other buses.

    Raises:
        Undecided: It cannot be told.
    """
    targets = list(targets_of(stack, rule))
    if not targets:
        message = "the rule has no target, so what it matches goes nowhere"
        yield Fault(rule.span, message, "add an aws_cloudwatch_event_target", _EXPECTED, "no target")
    elif not any_of(targets, lambda target: on_same_bus(stack, rule, target)):
        message = f"{targets[0].address} is on another event bus than the rule, so the rule has no target"
        fix = "event_bus_name = <that of the rule>"
        yield Fault(targets[0]["event_bus_name"].span, message, fix, "rule and target on one bus", "different buses")


def faults_of_names(rule: Resource, stack: Stack) -> Iterator[Fault]:
    """Yield a fault for each target that names a rule by something else than its name.

    Source: report hashicorp/terraform-provider-aws#49887; the id of a rule on a custom bus begins with the bus.

    Raises:
        Undecided: It cannot be told.
    """
    wrong = {"arn": "its ARN"}
    if is_custom_bus(rule):
        wrong["id"] = "its id, which begins with the bus,"
    for target in targets_of(stack, rule):
        named = target["rule"]
        what = wrong.get(named.path) if isinstance(named, Ref) and not named.is_data else None
        if what is not None:
            message = f"{target.address} takes the name of the rule, and {what} stands there"
            yield Fault(named, message, f"rule = {rule.address}.name", "the name of the rule")


def faults_of_timing(rule: Resource) -> Iterator[Fault]:
    """Yield a fault when nothing sets a rule off, or a schedule that never does.

    Raises:
        Undecided: It cannot be told.
    """
    pattern, schedule = rule["event_pattern"], rule["schedule_expression"]
    if pattern.is_unset and schedule.is_unset:
        message = "the rule has neither an event pattern nor a schedule"
        yield Fault(rule.span, message, "set event_pattern", _EXPECTED, "neither")
    if schedule.is_unset:
        return
    wrong = schedule_fault(schedule.text())
    if wrong:
        fix = '"cron(0 12 * * ? *)"' if schedule.text().startswith("cron(") else '"rate(5 minutes)"'
        yield Fault(schedule, wrong, fix, "a valid schedule")
    if is_custom_bus(rule):
        message = "schedules run on the default event bus only, and this rule is on another"
        yield Fault(schedule, message, "remove event_bus_name", "a schedule on the default bus")


def faults_of_schedule(schedule: Resource) -> Iterator[Fault]:
    """Yield what keeps a schedule of EventBridge Scheduler from ever coming.

    Raises:
        Undecided: It cannot be told.
    """
    end = schedule["end_date"]
    if end.known and not end.is_unset and is_over(end.text()):
        yield Fault(end, "its end is over, so it never comes", "remove end_date", "an end that is to come")
    expression = schedule["schedule_expression"]
    wrong = "" if expression.is_unset else schedule_fault(expression.text(), once=True)
    if wrong:
        yield Fault(expression, wrong, '"rate(5 minutes)"', "a valid schedule")


def faults_of_pattern(rule: Resource, stack: Stack, most: int) -> Iterator[Fault]:
    """Yield what is wrong with a rule's event pattern.

    Args:
        rule: The rule.
        stack: Its stack.
        most: How many characters AWS takes.

    Raises:
        Undecided: It cannot be told.
    """
    pattern = rule["event_pattern"]
    if pattern.is_unset:
        return
    if pattern.known and len(pattern.text()) > most:
        message = f"the pattern has {len(pattern.text())} characters; AWS takes {most} unless the quota was raised"
        yield Fault(pattern, message, "shorten it, or split the rule", f"at most {most} characters")
    document = _read_document(stack, pattern)
    if isinstance(document, Undecided):
        yield Fault(document.value, f"the pattern {document.why}", "use jsonencode()", _EXPECTED)
        return
    for fault in pattern_faults(document):
        yield Fault(fault.span, fault.message, "see the event pattern grammar", _EXPECTED)
    if listens_to_aws_alone(stack, rule, document):
        message = "events of AWS services arrive on the default event bus only, so this rule never matches"
        fix = "put the rule on the default bus, or forward the events from there to this one"
        yield Fault(document.entry("source"), message, fix, _EXPECTED)


def _read_document(stack: Stack, pattern: Value) -> Value | Undecided:
    """Return a pattern as values, or what is wrong with its JSON."""
    try:
        return stack.document(pattern)
    except NotJsonError as undecided:
        if not pattern.known:
            raise  # what is not known yet may make JSON of it
        return undecided
