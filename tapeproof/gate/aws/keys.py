"""Whose key encrypts something: a customer-managed one, AWS's own, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["not_customer_managed"]

_AWS_MANAGED = "alias/aws/"
"""Source: AWS KMS Developer Guide, "AWS managed keys": their aliases begin with ``aws/``."""


def not_customer_managed(stack: Stack, value: Value) -> str:
    """Return why a key is not a customer-managed one, as the end of a sentence; empty when it is.

    Raises:
        Undecided: It cannot be told.
    """
    if value.is_unset:
        return "names no key"
    if value.contains(_AWS_MANAGED):
        return "uses a key that AWS manages"
    for source in stack.data("aws_kms_alias", "aws_kms_key"):
        name = source["name"] if source.type == "aws_kms_alias" else source["key_id"]
        if _is(value, source) and name.contains(_AWS_MANAGED):
            return "uses a key that AWS manages"
    return ""


def _is(value: Value, source: Resource) -> bool:
    """Return whether a value is the key of a data source: it refers to it, or has its ARN or id."""
    if value.comes_from(source.address):
        return True
    handles = (source[name] for name in ("target_key_arn", "target_key_id", "arn") if name in source)
    return value.known and any(handle.known and handle.plain() == value.plain() for handle in handles)
