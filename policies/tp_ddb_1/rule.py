"""Tables can be restored to any second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters

_FIX = "point_in_time_recovery { enabled = true }"


@each("aws_dynamodb_table", "aws_dynamodb_table_replica")
def judge(table: Resource, _stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when point-in-time recovery is off or too short, in the table or in one of its replicas."""

    def of_replica(replica: Block) -> Iterator[Finding]:
        enabled = replica["point_in_time_recovery"]
        if enabled.is_unset or not enabled.boolean():
            message = "point-in-time recovery is off in this replica; a replica does not take it from its table"
            yield table.fails(enabled, message, fix="point_in_time_recovery = true", expected="true", observed="off")

    if table.type == "aws_dynamodb_table_replica":
        yield from of_replica(table)
        return
    replicas = judge_all(table.blocks("replica"), of_replica)
    yield from judge_all((_switch(table), _window(table, parameters["minimum_recovery_days"]), replicas), iter)


def _switch(table: Resource) -> Iterator[Finding]:
    enabled = table.at("point_in_time_recovery.enabled")
    if enabled.is_unset or not enabled.boolean():
        message = "point-in-time recovery is off, so what is overwritten or deleted is lost"
        yield table.fails(enabled, message, fix=_FIX, expected="true", observed="off")


def _window(table: Resource, least: int) -> Iterator[Finding]:
    days = table.at("point_in_time_recovery.recovery_period_in_days")
    if not days.is_unset and days.number() < least:
        unit = "day" if days.number() == 1 else "days"
        message = f"the table can be restored within {days.number()} {unit} only, which is less than {least}"
        fix = f"remove recovery_period_in_days, or set it to {least}"
        yield table.fails(days, message, fix=fix, expected=f"at least {least} days")
