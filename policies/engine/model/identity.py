"""Which resource a name, ARN or URL belongs to, when no reference says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.engine.model.value import Known, Undecided, Unknown, Value

if TYPE_CHECKING:
    from policies.engine.model.block import Resource

__all__ = ["NAMES", "names_resource"]

NAMES = {
    "aws_lambda_function": "function_name",
    "aws_s3_bucket": "bucket",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_cloudwatch_composite_alarm": "alarm_name",
    "aws_cloudwatch_dashboard": "dashboard_name",
    "aws_kms_alias": "name",
}
"""The attribute that names a resource, where it is not ``name`` (documentation of the AWS provider)."""

_HANDLES = ("arn", "id", "url", "qualified_arn", "invoke_arn", "key_id")


def names_resource(value: Value, resource: Resource) -> bool:
    """Return whether a value is a resource's name, ARN, id or URL.

    Args:
        value: A string value.
        resource: The candidate.

    Raises:
        Undecided: It may be.
    """
    if isinstance(value, Unknown):
        raise Undecided(value)
    own = resource[NAMES.get(resource.type, "name")]
    named = isinstance(own, Unknown) or not own.is_null
    for handle in _HANDLES:
        known = resource.attributes.get(handle)
        if isinstance(known, Known) and isinstance(known.value, str) and _same(value, known.value):
            return True
    if not named:
        return False
    if isinstance(value, Known) and isinstance(value.value, str) and isinstance(own, Known):
        return own.text() in {value.value, _tail(value.value)}
    return own.same_as(value)


def _same(value: Value, text: str) -> bool:
    return isinstance(value, Known) and value.value == text


def _tail(text: str) -> str:
    """Return the name at the end of an ARN or a queue URL: ``arn:…:function:NAME``, ``arn:…:table/NAME``."""
    fields = 6  # arn:partition:service:region:account:resource (AWS: "Amazon Resource Names (ARNs)")
    parts = text.split(":", fields - 1)
    if parts[0] == "arn" and len(parts) == fields:
        kind, _, rest = parts[-1].partition(":") if ":" in parts[-1] else parts[-1].partition("/")
        return rest.split(":")[0].split("/")[0] if rest else kind
    return text.rpartition("/")[2] if text.startswith("https://") else text
