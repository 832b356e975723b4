"""CloudWatch alarms: what they watch, and whether anyone hears them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.aws.judging import any_of, those
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Resource, Stack, Value

__all__ = ["Metric", "alarms_on", "notifies"]


class Metric(NamedTuple):
    """A metric of one resource: ``AWS/Lambda``, ``Errors``, ``FunctionName``."""

    namespace: str
    name: str
    dimension: str


def alarms_on(stack: Stack, metric: Metric, resource: Resource) -> Iterator[Resource]:
    """Yield the alarms that watch a metric of a resource, alone or in an expression.

    Raises:
        Undecided: After them, when another alarm may.
    """
    wanted = (metric.namespace, metric.name)
    alarms = [alarm for alarm, named in _list_alarms(stack) if named is None or wanted in named]
    return those(
        alarms, lambda alarm: any_of(_list_metric_blocks(alarm), lambda watched: _is(stack, watched, metric, resource))
    )


_last: list[tuple[Stack, list[tuple[Resource, set[tuple[str, str]] | None]]]] = []
"""The stack that was asked about last; each function and queue asks for alarms on several metrics."""


def _list_alarms(stack: Stack) -> list[tuple[Resource, set[tuple[str, str]] | None]]:
    """Return the alarms of a stack with the metrics they name; None where that is not wholly known."""
    listed = next((known for asked, known in _last if asked is stack), None)
    if listed is None:
        listed = [(alarm, _list_metrics(alarm)) for alarm in stack.resources("aws_cloudwatch_metric_alarm")]
        _last[:] = [(stack, listed)]
    return listed


def _list_metrics(alarm: Resource) -> set[tuple[str, str]] | None:
    try:
        blocks = list(_list_metric_blocks(alarm))
        named = [[block[name] for name in ("namespace", "metric_name")] for block in blocks]
        return {(space.text(), name.text()) for space, name in named if not (space.is_unset or name.is_unset)}
    except Undecided:
        return None


def notifies(stack: Stack, alarm: Resource) -> bool:
    """Return whether an alarm tells someone: by an action of its own, or through a composite alarm that has one.

    Raises:
        Undecided: It cannot be told.
    """
    if _acts(alarm):
        return True
    name = alarm["alarm_name"]
    composites = stack.resources("aws_cloudwatch_composite_alarm")
    return any_of(composites, lambda composite: _acts(composite) and _mentions(composite["alarm_rule"], alarm, name))


def _acts(alarm: Resource) -> bool:
    return alarm.get("actions_enabled", True).boolean() and bool(alarm["alarm_actions"].elements())


def _mentions(rule: Value, alarm: Resource, name: Value) -> bool:
    return rule.comes_from(alarm.address) or (name.known and rule.contains(name.text()))


def _list_metric_blocks(alarm: Resource) -> Iterator[Block]:
    """Yield the blocks that name a metric: the alarm itself, or those inside its metric queries."""
    yield alarm
    for query in alarm.blocks("metric_query"):
        yield from query.blocks("metric")


def _is(stack: Stack, watched: Block, metric: Metric, resource: Resource) -> bool:
    for attribute, wanted in (("namespace", metric.namespace), ("metric_name", metric.name)):
        value = watched[attribute]
        if value.is_unset or value.text() != wanted:
            return False
    dimension = watched["dimensions"].entry(metric.dimension)
    return not dimension.is_unset and resource in stack.resolve(dimension, resource.type)
