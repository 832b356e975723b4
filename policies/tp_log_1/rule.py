"""Logs are kept long enough, for a time that CloudWatch knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.rule import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack, Value
    from tapeproof.gate.engine.rule import Parameters


@each("aws_cloudwatch_log_group")
def judge(group: Resource, _stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when the retention is missing, too short, or no value that CloudWatch accepts; 0 is forever."""
    least, accepted = parameters["minimum_days"], parameters["accepted_days"]
    retention, class_ = group["retention_in_days"], group["log_group_class"]
    wanted = min(days for days in accepted if days >= least)
    fix = f"retention_in_days = {wanted}"
    expected = f"0 (forever), or at least {least} days"
    if not class_.is_unset and class_.text() == "DELIVERY":
        message = "a log group of class DELIVERY keeps logs for two days, whatever its retention says"
        yield group.fails(class_, message, fix='log_group_class = "STANDARD"', expected="another class")
    elif retention.is_unset:
        yield group.fails(
            retention, "does not say how long logs are kept", fix=fix, expected=expected, observed="not set"
        )
    elif retention.number() not in accepted:
        message = f"CloudWatch accepts no retention of {_count_days(retention)}"
        yield group.fails(retention, message, fix=fix, expected=expected)
    elif 0 < retention.number() < least:
        message = f"logs are kept for {_count_days(retention)}, which is less than {least}"
        yield group.fails(retention, message, fix=fix, expected=expected)


def _count_days(retention: Value) -> str:
    return f"{retention.number()} {'day' if retention.number() == 1 else 'days'}"
