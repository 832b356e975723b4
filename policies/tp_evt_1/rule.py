"""Every rule can match, and leads somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.event_pattern import pattern_faults, schedule_fault
from tapeproof.gate.aws.judging import any_of
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.engine.rule import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters

_EXPECTED = "a valid event pattern and at least one target"


@each("aws_cloudwatch_event_rule")
def judge(rule: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each fault in a rule's event pattern or schedule, and when it has no target."""
    targets = stack.resources("aws_cloudwatch_event_target")
    if not any_of(targets, lambda target: rule in stack.resolve(target["rule"], rule.type)):
        message = "the rule has no target, so what it matches goes nowhere"
        fix = "add an aws_cloudwatch_event_target"
        yield rule.fails(rule, message, fix=fix, expected=_EXPECTED, observed="no target")
    pattern, schedule = rule["event_pattern"], rule["schedule_expression"]
    if pattern.is_unset and schedule.is_unset:
        message = "the rule has neither an event pattern nor a schedule"
        yield rule.fails(rule, message, fix="set event_pattern", expected=_EXPECTED, observed="neither")
    if not schedule.is_unset and schedule_fault(schedule.text()):
        yield rule.fails(
            schedule, schedule_fault(schedule.text()), fix='"rate(5 minutes)"', expected="a valid schedule"
        )
    if pattern.is_unset:
        return
    most = parameters["maximum_characters"]
    if pattern.known and len(pattern.text()) > most:
        message = f"the pattern has {len(pattern.text())} characters; AWS takes {most} unless the quota was raised"
        yield rule.fails(pattern, message, fix="shorten it, or split the rule", expected=f"at most {most} characters")
    try:
        document = stack.document(pattern)
    except Undecided as undecided:
        if not undecided.why.startswith("holds"):
            raise
        yield rule.fails(undecided.value, f"the pattern {undecided.why}", fix="use jsonencode()", expected=_EXPECTED)
        return
    for fault in pattern_faults(document):
        yield rule.fails(fault.span, fault.message, fix="see the event pattern grammar", expected=_EXPECTED)
