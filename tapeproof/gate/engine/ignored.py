"""What ``ignore_changes`` takes out of Terraform's hands: a value written there is not the one that holds.

Source: Terraform documentation, "The lifecycle Meta-Argument": with ``ignore_changes``, Terraform leaves the attribute
as it finds it; ``all`` means every attribute.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Known, Ref, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Value

__all__ = ["Watched", "ignored_entry"]

_ALL = "all"
_FIRST = re.compile(r"[^.\[]*")


class _Names(dict[str, "Value"]):
    """Attributes that remember which of them were asked for."""

    def __init__(self, attributes: dict[str, Value]) -> None:
        super().__init__(attributes)
        self.asked: set[str] = set()

    def get(self, name: str, default: Value | None = None) -> Value | None:  # type: ignore[override] # as it is used
        """Return an attribute, and remember that it was asked for."""
        self.asked.add(name)
        return super().get(name, default)


class Watched:
    """A resource that remembers what a rule asked of it, where that matters.

    Args:
        resource: The resource.

    Attributes:
        subject: What the rule is to judge: the resource itself, or its like that remembers.
    """

    def __init__(self, resource: Resource) -> None:
        self.subject = resource
        self._entries = tuple(_entries(resource))
        if self._entries:
            self._names = _Names(dict(resource.attributes))
            self.subject = replace(resource, attributes=self._names)

    def findings(self) -> Iterator[Finding]:
        """Yield a finding when something that was asked for, and is written, is left to whoever changes it."""
        for entry in self._entries:
            name = _name(entry)
            judged = sorted(asked for asked in self._names.asked if name in {asked, _ALL} and self._is_written(asked))
            if judged:
                yield self.subject.fails(
                    entry,
                    f"ignore_changes leaves {', '.join(judged)} as it is found, whatever is written here",
                    fix=f"remove {name} from ignore_changes",
                    expected="a value that Terraform keeps",
                    observed=f"ignore_changes = [{name}]",
                )
                return

    def _is_written(self, name: str) -> bool:
        subject = self.subject
        value = subject.attributes.get(name)
        if value is not None and not (isinstance(value, Known) and value.value is None):
            return True
        return any(child.type == name for child in subject.children)


def ignored_entry(resource: Resource, *names: str) -> Value | None:
    """Return the entry of ``ignore_changes`` that covers one of some attributes, or None."""
    return next((entry for entry in _entries(resource) if _name(entry) in {*names, _ALL}), None)


def _entries(resource: Resource) -> Iterator[Value]:
    """Yield what is listed; a list that is not known lists nothing that can be named."""
    for lifecycle in resource.children:
        if lifecycle.type == "lifecycle" and "ignore_changes" in lifecycle:
            try:
                yield from lifecycle["ignore_changes"].elements()
            except Undecided:
                continue


def _name(entry: Value) -> str:
    written = entry.resource if isinstance(entry, Ref) else entry.text() if entry.known else ""
    found = _FIRST.match(written)
    return found[0] if found else ""
