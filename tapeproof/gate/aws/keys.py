"""Whose key encrypts something: a customer-managed one, AWS's own, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Ref

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["not_customer_managed"]

_AWS_MANAGED = "alias/aws/"
"""Source: AWS KMS Developer Guide, "AWS managed keys": their aliases begin with ``aws/``."""

_KEYS = {
    "aws_kms_key": "is_enabled",
    "aws_kms_external_key": "enabled",
    "aws_kms_replica_key": "enabled",
    "aws_kms_replica_external_key": "enabled",
}
"""By the type of a key: the attribute that switches it off."""


def not_customer_managed(stack: Stack, value: Value) -> str:
    """Return why a key is not a customer-managed one, as the end of a sentence; empty when it is.

    Raises:
        Undecided: It cannot be told.
    """
    if value.is_unset:
        return "names no key"
    if value.contains(_AWS_MANAGED):
        return "uses a key that AWS manages"
    if isinstance(value, Ref) and any(_is_off(key) for key in stack.resolve(value, *_KEYS)):
        return "uses a key that is switched off, with which nothing can be written or read"
    for source in stack.data("aws_kms_alias", "aws_kms_key"):
        name = source["name"] if source.type == "aws_kms_alias" else source["key_id"]
        if _is(value, source) and name.contains(_AWS_MANAGED):
            return "uses a key that AWS manages"
    return ""


def _is_off(key: Resource) -> bool:
    enabled = key[_KEYS[key.type]]
    return not enabled.is_unset and not enabled.boolean()


def _is(value: Value, source: Resource) -> bool:
    """Return whether a value is the key of a data source: it refers to it, or has its ARN or id."""
    if value.comes_from(source.address):
        return True
    handles = (source[name] for name in ("target_key_arn", "target_key_id", "arn") if name in source)
    return value.known and any(handle.known and handle.plain() == value.plain() for handle in handles)
