"""Which Terraform address a live resource has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.collectors.plan import check_shape, managed_resources, read_terraform_json

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["IDENTITIES", "AddressBook"]

IDENTITIES: Final = {
    "aws_cloudwatch_event_bus": "name",
    "aws_cloudwatch_event_rule": "name",
    "aws_cloudwatch_log_group": "name",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_dynamodb_table": "name",
    "aws_iam_role": "name",
    "aws_kms_key": "key_id",
    "aws_lambda_function": "function_name",
    "aws_s3_bucket": "bucket",
    "aws_scheduler_schedule": "name",
    "aws_sns_topic": "name",
    "aws_sqs_queue": "name",
}
"""The attribute that names a resource in AWS, by type."""


class AddressBook:
    """Looks up addresses; without a state or a plan every resource is a stranger.

    Args:
        names: Addresses by type and identity; by ``("arn", ARN)`` too.
    """

    def __init__(self, names: dict[tuple[str, str], str] | None = None) -> None:
        self._names = names or {}

    def address_of_arn(self, arn: str) -> str:
        """Return the address of the resource that has an ARN; the ARN itself when Terraform does not know it."""
        return self._names.get(("arn", arn), arn)

    @classmethod
    def read(cls, state: Path | None, plan: Path | None) -> AddressBook:
        """Read the book from ``terraform show -json`` of a state and of a plan; the state wins."""
        names: dict[tuple[str, str], str] = {}
        for path, where in ((plan, "planned_values"), (state, "values")):
            if path is not None:
                document = read_terraform_json(path)
                with check_shape(path):
                    names.update(_names((document.get(where) or {}).get("root_module", {})))
        return cls(names)

    def address(self, kind: str, identity: str) -> str:
        """Return a resource's address; ``live:TYPE:identity`` when Terraform does not know it."""
        return self._names.get((kind, identity), f"live:{kind}:{identity}")


def _names(module: dict[str, Any]) -> dict[tuple[str, str], str]:
    found = {}
    for resource in managed_resources(module):
        identity = (resource.get("values") or {}).get(IDENTITIES.get(resource["type"], ""))
        if identity:
            found[resource["type"], str(identity)] = str(resource["address"])
        arn = (resource.get("values") or {}).get("arn")
        if isinstance(arn, str):
            found["arn", arn] = str(resource["address"])
    return found
