"""One resource as AWS describes it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

__all__ = ["Observation", "belongs", "is_kept_by_aws", "is_of_aws", "parse_document", "region_of"]

OF_AWS = {"aws_cloudwatch_event_bus": ("default",), "aws_kms_key": ("alias/aws/",)}
"""How the names begin that AWS itself gives to what it makes in every account (EventBridge and KMS guides)."""


class Observation(NamedTuple):
    """One resource.

    Attributes:
        kind: Terraform type.
        identity: What names it in AWS.
        value: What criteria are evaluated over.
    """

    kind: str
    identity: str
    value: dict[str, Any]


def belongs(name: str, suffix: str) -> bool:
    """Return whether a name is of the environment: it ends with ``-suffix``, before a FIFO's own ``.fifo``.

    Args:
        name: Of the resource; of a key, that of its alias.
        suffix: With or without its hyphen; every name ends in an empty one.
    """
    ending = suffix.removeprefix("-")
    return not ending or name.removesuffix(".fifo").endswith(f"-{ending}")


def is_kept_by_aws(found: dict[str, Any]) -> bool:
    """Return whether a role or a rule is an AWS service's own, which its account cannot change.

    Sources: IAM User Guide, "Service-linked roles"; Amazon EventBridge API Reference, "Rule", ManagedBy.
    """
    return bool(found.get("ManagedBy")) or str(found.get("Path", "")).startswith("/aws-service-role/")


def is_of_aws(kind: str, name: str) -> bool:
    """Return whether AWS made a resource by itself: what is in every account is nobody's omission."""
    return name.startswith(OF_AWS.get(kind, ()))


def parse_document(document: str | dict[str, Any] | None) -> Any:  # noqa: ANN401 - any JSON
    """Return a policy or pattern that AWS gives as text; text that is no JSON stays as it is."""
    if not isinstance(document, str):
        return document
    try:
        return json.loads(document)
    except ValueError:
        return document


def region_of(arn: str) -> str:
    """Return the region in an ARN; empty when it has none."""
    parts = arn.split(":")
    return parts[3] if len(parts) > 3 else ""  # noqa: PLR2004 - the fourth part of an ARN
