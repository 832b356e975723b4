"""The single grants of a policy: one action on one resource of one statement that allows, and the policy without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Grant", "grants_of", "remove_grant"]

Document = dict[str, Any]


class Grant(NamedTuple):
    """One action on one resource.

    Attributes:
        at: The number of the statement in its policy.
        statement: The statement.
        action: One of its actions.
        resource: One of its resources.
    """

    at: int
    statement: Document
    action: str
    resource: str

    @property
    def sid(self) -> str:
        """The name of its statement."""
        return str(self.statement.get("Sid", self.at))

    @property
    def label(self) -> str:
        """What it is called in what a test says."""
        return f"{self.sid}: {self.action} on {self.resource}"


def grants_of(document: Document) -> Iterator[Grant]:
    """Yield every single grant of a policy."""
    for at, statement in enumerate(document["Statement"]):
        if statement["Effect"] == "Allow":
            for action in _listed(statement["Action"]):
                for resource in _listed(statement.get("Resource", "*")):
                    yield Grant(at, statement, action, resource)


def remove_grant(document: Document, grant: Grant) -> Document:
    """Return a policy that grants the same but for one action on one resource."""
    actions, resources = _listed(grant.statement["Action"]), _listed(grant.statement.get("Resource", "*"))
    other_actions = [one for one in actions if one != grant.action]
    other_resources = [one for one in resources if one != grant.resource]
    kept = []
    if other_actions:
        kept.append({**grant.statement, "Action": other_actions})
    if other_resources:
        kept.append({**grant.statement, "Action": [grant.action], "Resource": other_resources})
    for number, statement in enumerate(kept):
        statement.update({"Sid": f"{statement['Sid']}{number}"} if "Sid" in statement else {})
    return {
        **document,
        "Statement": [*document["Statement"][: grant.at], *kept, *document["Statement"][grant.at + 1 :]],
    }


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
