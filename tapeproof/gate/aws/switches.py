"""Resources that are written but switched off.

Sources: AWS provider documentation of each type, and the API references of EventBridge (PutRule), EventBridge Scheduler
(CreateSchedule), EventBridge Pipes (CreatePipe), Lambda (CreateEventSourceMapping) and IoT (TopicRulePayload).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Resource, Value

__all__ = ["SWITCHES", "switched_off"]

SWITCHES: dict[str, tuple[tuple[str, str], ...]] = {
    "aws_cloudwatch_event_rule": (("state", "DISABLED"), ("is_enabled", "false")),
    "aws_iot_topic_rule": (("enabled", "false"),),
    "aws_lambda_event_source_mapping": (("enabled", "false"),),
    "aws_pipes_pipe": (("desired_state", "STOPPED"),),
    "aws_scheduler_schedule": (("state", "DISABLED"),),
}
"""By resource type: the attribute that is the switch, and what it says when it is off."""


def switched_off(resource: Resource) -> Value | None:
    """Return the value that switches a resource off, or None when it is on.

    Raises:
        Undecided: It cannot be told.
    """
    for attribute, off in SWITCHES.get(resource.type, ()):
        value = resource[attribute]
        if not value.is_unset and value.text() == off:
            return value
    return None
