"""What a plan must hold to be one that Terraform wrote: the members that say which resource is meant, and all of them.

A plan that was cut or edited on its way would otherwise be judged by what is left of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["check_changes", "check_providers", "check_resource"]

_IDENTITY = ("address", "mode", "type", "name", "module")
_OBJECTS = ("values", "sensitive_values")
_STAYING = {"create", "update"}


def check_resource(found: Mapping[str, Any], change: Mapping[str, Any]) -> None:
    """Raise TypeError when a resource does not say which one it is, or its values are no object.

    Args:
        found: The resource, as planned or as read before.
        change: What happens to it; empty when nothing does.
    """
    for member in _IDENTITY:
        _expect(found[member], str, f"{member} of a resource")
    _expect(found.get("provider_name", ""), str, f"provider_name of {found['address']}")
    _expect(found.get("index", 0), (int, str), f"index of {found['address']}")
    for member in _OBJECTS:
        _expect(found.get(member) or {}, dict, f"{member} of {found['address']}")
    _expect(change.get("after_unknown") or {}, dict, f"after_unknown of {found['address']}")


def check_providers(configured: Mapping[str, Any]) -> None:
    """Raise TypeError when the name of a configured provider is no text."""
    for key, provider in configured.items():
        _expect(provider.get("name", key), str, f"name of provider {key}")


def check_changes(changes: Mapping[str, Any], planned: Collection[str]) -> None:
    """Raise ValueError when a resource is to be made or changed of which the plan does not say what it will be.

    Args:
        changes: What happens to each resource, by address.
        planned: The addresses that have planned values.
    """
    for address, change in changes.items():
        if address not in planned and _STAYING.intersection(change.get("actions", [])):
            raise ValueError(f"planned_values lacks {address}, which resource_changes creates or updates")


def _expect(value: object, kinds: type | tuple[type, ...], what: str) -> None:
    if not isinstance(value, kinds) or value is True or value is False:
        raise TypeError(f"{what} is {type(value).__name__}")
