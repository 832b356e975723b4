"""In which region, and of which account, a resource is: what is elsewhere serves nothing here, whatever its name.

Sources: AWS Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs"; Amazon CloudWatch User Guide,
"Using Amazon CloudWatch alarms" (an alarm watches metrics of its own region); AWS Key Management Service Developer
Guide, "Multi-Region keys" (a service takes a key of its own region); AWS provider documentation, ``region``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Block, Resource, Stack, Value

__all__ = ["in_another_account", "in_another_region", "region_of_resource"]

_ACCOUNT, _PARTS = 4, 6


def in_another_region(stack: Stack, one: Resource, other: Resource) -> bool:
    """Return whether two resources are surely in different regions."""
    if _is_beside(one, other):
        return False
    here, there = region_of_resource(stack, one), region_of_resource(stack, other)
    return bool(here and there) and here != there


def in_another_account(stack: Stack, one: Resource, other: Resource) -> bool:
    """Return whether two resources are surely of different accounts, by the roles that their providers assume."""
    if one.provider == other.provider:
        return False
    here, there = (_account_of(provider_of(stack, resource)) for resource in (one, other))
    return bool(here and there) and here != there


def region_of_resource(stack: Stack, resource: Resource) -> str:
    """Return the region that a resource, or the provider that it chooses, names; empty where that is not known."""
    own = _text_of(resource.attributes.get("region")) if resource.mode == "managed" else ""
    provider = None if own else provider_of(stack, resource)
    return own or ("" if provider is None else _text_of(provider["region"]))


def provider_of(stack: Stack, resource: Resource) -> Block | None:
    """Return the provider that a resource is made by, where the configuration holds it."""
    type_, _, alias = resource.provider.partition(".")
    for block in stack.blocks_of("provider"):
        if block.labels[:1] == (type_,) and _text_of(block["alias"]) == alias and block["alias"].known:
            return block
    return None


def _is_beside(one: Resource, other: Resource) -> bool:
    """Return whether two resources are of one provider and name no region, as nearly all do and are."""
    return one.provider == other.provider and "region" not in one.attributes and "region" not in other.attributes


def _account_of(provider: Block | None) -> str:
    for block in () if provider is None else provider.blocks("assume_role"):
        parts = _text_of(block["role_arn"]).split(":")
        if len(parts) == _PARTS:
            return parts[_ACCOUNT]
    return ""


def _text_of(value: Value | None) -> str:
    return "" if value is None or not value.known or value.is_unset else value.text()
