"""What a plan would still change: Terraform's plan document (Terraform documentation, "JSON Output Format"), read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Change", "read_changes"]


@dataclass(frozen=True, slots=True)
class Change:
    """A change that a plan would still make.

    Args:
        address: The resource.
        kind: Its type.
        actions: What would be done.
        attributes: Which of its attributes would change.
    """

    address: str
    kind: str
    actions: tuple[str, ...]
    attributes: tuple[str, ...]


def read_changes(plan: Mapping[str, Any]) -> Iterator[Change]:
    """Return the changes of a plan, as `terraform show -json` prints it; what is only read is none."""
    for resource in plan.get("resource_changes", []):
        change = resource["change"]
        actions = tuple(change["actions"])
        if actions in {("no-op",), ("read",)}:
            continue
        before, after = change.get("before") or {}, change.get("after") or {}
        unknown = change.get("after_unknown") or {}
        attributes = sorted(
            name
            for name in before.keys() | after.keys() | unknown.keys()
            if before.get(name) != after.get(name) and (name in after or unknown.get(name) or name in before)
        )
        yield Change(resource["address"], resource["type"], actions, tuple(attributes))
