"""Alarms as CloudWatch answers about them, and only to topics that let them in.

ministack 1.5.33 leaves most of an alarm out of DescribeAlarms in the XML query protocol, which Terraform's provider
speaks, and publishes to a topic whatever its policy says.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["install", "write_members"]

SERVICE = "cloudwatch.amazonaws.com"
_LISTS = ("AlarmNames", "AlarmTypes")
_TEXTS = ("AlarmNamePrefix", "MaxRecords", "NextToken", "StateValue")


def install() -> None:
    """Put both into the embedded AWS."""
    from ministack.services import cloudwatch

    describe, dispatch = cloudwatch._describe_alarms, cloudwatch._dispatch_alarm_actions

    def answer(params: Mapping[str, Any], given: Mapping[str, Any], is_cbor: bool, is_json: bool = False) -> Any:
        if is_cbor or is_json:
            return describe(params, given, is_cbor, is_json)
        status, _, body = describe({}, _read_query(params), False, True)
        if status != 200:  # noqa: PLR2004 - HTTP's OK
            return describe(params, given, is_cbor, is_json)
        result = write_members(_without_defaults(json.loads(body)))
        return cloudwatch._xml(
            status, "DescribeAlarmsResponse", f"<DescribeAlarmsResult>{result}</DescribeAlarmsResult>"
        )

    def tell(alarm: Mapping[str, Any], *transition: Any) -> None:
        kinds = ("AlarmActions", "OKActions", "InsufficientDataActions")
        let_in = {kind: [topic for topic in alarm.get(kind) or [] if _is_let_in(topic, alarm)] for kind in kinds}
        dispatch({**alarm, **let_in}, *transition)

    cloudwatch._describe_alarms = answer
    cloudwatch._dispatch_alarm_actions = tell


def _read_query(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of a query as the JSON protocol has them."""
    texts = {name: value[0] if isinstance(value, list) else value for name, value in params.items()}
    lists = {
        name: [value for key, value in sorted(texts.items()) if key.startswith(f"{name}.member.")] for name in _LISTS
    }
    return {name: value for name, value in {**lists, **{key: texts.get(key) for key in _TEXTS}}.items() if value}


def _without_defaults(answer: dict[str, Any]) -> dict[str, Any]:
    """Leave out what ministack fills in and CloudWatch does not: a statistic beside an extended one."""
    for alarm in answer.get("MetricAlarms", []):
        if alarm.get("ExtendedStatistic"):
            alarm.pop("Statistic", None)
    return answer


def write_members(value: object, name: str = "") -> str:
    """Return a JSON answer as the members of the query protocol (Smithy, "AWS query protocol").

    Args:
        value: The answer.
        name: Of the member that it is.
    """
    if isinstance(value, dict):
        return "".join(
            f"<{key}>{write_members(inner, key)}</{key}>" for key, inner in value.items() if inner is not None
        )
    if isinstance(value, list):
        return "".join(f"<member>{write_members(inner)}</member>" for inner in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and name.endswith("Timestamp"):
        return datetime.fromtimestamp(value, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return escape(str(value))


def _is_let_in(topic: str, alarm: Mapping[str, Any]) -> bool:
    from ministack.core.responses import get_account_id
    from ministack.services import sns

    arn = str(alarm.get("AlarmArn", ""))
    return bool(":sns:" not in topic or sns.topic_policy_allows(topic, SERVICE, arn, get_account_id()))
