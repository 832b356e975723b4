"""Whose key encrypts something: a customer-managed one, AWS's own, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.judging import any_of, those
from tapeproof.gate.aws.whereabouts import region_of_resource
from tapeproof.gate.engine.model import Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["not_customer_managed", "not_usable"]

_AWS_MANAGED = "alias/aws/"
"""Source: AWS KMS Developer Guide, "AWS managed keys": their aliases begin with ``aws/``."""

_KEYS = {
    "aws_kms_key": "is_enabled",
    "aws_kms_external_key": "enabled",
    "aws_kms_replica_key": "enabled",
    "aws_kms_replica_external_key": "enabled",
}
"""By the type of a key: the attribute that switches it off."""
_SPECS = ("customer_master_key_spec", "key_spec")


def not_customer_managed(stack: Stack, value: Value, holder: Resource, region: str = "") -> str:
    """Return why a key is not a customer-managed one, as the end of a sentence; empty when it is.

    Args:
        stack: The stack.
        value: Names the key.
        holder: What it is to encrypt.
        region: Where that is, if not where the holder is.

    Raises:
        Undecided: It cannot be told.
    """
    if value.is_unset:
        return "names no key"
    if value.contains(_AWS_MANAGED):
        return "uses a key that AWS manages"
    wrong = not_usable(stack, value, holder, region)
    if wrong:
        return wrong
    for source in stack.data("aws_kms_alias", "aws_kms_key"):
        name = source["name"] if source.type == "aws_kms_alias" else source["key_id"]
        if _is(value, source) and name.contains(_AWS_MANAGED):
            return "uses a key that AWS manages"
    return ""


def not_usable(stack: Stack, value: Value, holder: Resource, region: str = "") -> str:
    """Return why a key of this stack encrypts nothing, as the end of a sentence; empty when it does, or is elsewhere.

    CloudWatch Logs, DynamoDB, SQS and SNS take symmetric keys for encryption only, of their own region (their guides,
    "Encryption at rest").

    Args:
        stack: The stack.
        value: Names the key.
        holder: What it is to encrypt.
        region: Where that is, if not where the holder is.

    Raises:
        Undecided: It cannot be told.
    """
    if not (isinstance(value, Ref) or value.known) or value.is_unset:
        return ""
    keys = list(_find_keys(stack, value))
    here = region or (region_of_resource(stack, holder) if keys else "")
    near = [key for key in keys if not here or region_of_resource(stack, key) in {"", here}]
    if keys and not near:
        return "uses a key of another region, which AWS refuses"
    wrong = those(_UNUSABLE.items(), lambda one: any_of(near, one[1]))
    return next((why for why, _ in wrong), "")


def _find_keys(stack: Stack, value: Value) -> Iterator[Resource]:
    """Yield the keys of this stack that a value names, by themselves or by an alias."""
    yield from stack.resolve(value, *_KEYS)
    for alias in stack.resolve(value, "aws_kms_alias"):
        if alias.mode == "managed":
            yield from stack.resolve(alias["target_key_id"], *_KEYS)


def _is_off(key: Resource) -> bool:
    enabled = key[_KEYS[key.type]]
    return not enabled.is_unset and not enabled.boolean()


def _is_for_something_else(key: Resource) -> bool:
    return _says_otherwise(key["key_usage"], "ENCRYPT_DECRYPT")


def _is_asymmetric(key: Resource) -> bool:
    return any_of(_SPECS, lambda spec: _says_otherwise(key[spec], "SYMMETRIC_DEFAULT"))


def _says_otherwise(value: Value, default: str) -> bool:
    return not value.is_unset and value.text() != default


_UNUSABLE: dict[str, Callable[[Resource], bool]] = {
    "uses a key that is switched off, with which nothing can be written or read": _is_off,
    "uses a key that is not for encryption, which AWS refuses": _is_for_something_else,
    "uses an asymmetric key, which AWS refuses": _is_asymmetric,
}
"""Why a key encrypts nothing, and what tells; AWS's defaults are ``ENCRYPT_DECRYPT`` and ``SYMMETRIC_DEFAULT``."""


def _is(value: Value, source: Resource) -> bool:
    """Return whether a value is the key of a data source: it refers to it, or has its ARN or id."""
    if value.comes_from(source.address):
        return True
    handles = (source[name] for name in ("target_key_arn", "target_key_id", "arn") if name in source)
    return value.known and any(handle.known and handle.plain() == value.plain() for handle in handles)
