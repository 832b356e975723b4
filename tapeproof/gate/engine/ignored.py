"""What ``ignore_changes`` takes out of Terraform's hands: a value written there is not the one that holds.

Source: Terraform documentation, "The lifecycle Meta-Argument": with ``ignore_changes``, Terraform leaves the attribute
as it finds it; ``all`` means every attribute.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Known, Ref, Undecided
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Value

__all__ = ["Watched", "find_ignored", "ignored_entry"]

_ALL, _ALL_BEFORE = "all", "*"
"""Terraform 0.12 and later refuse the star that earlier ones took; what it means is plain all the same."""
_KEPT = frozenset({"connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"})
"""Arguments of Terraform's own, which hold whatever is ignored: only what the provider knows can be."""
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
        if self._entries:
            yield from islice(_find_among(self.subject, self._entries, self._names.asked), 1)


def find_ignored(resource: Resource, *names: str) -> Iterator[Finding]:
    """Yield a finding when some attributes are written and left to whoever changes them.

    For what a rule asks of other resources than the one that it judges; of that one, everything is watched.

    Args:
        resource: What they are attributes of.
        names: What the rule rests on.
    """
    yield from islice(_find_among(resource, _entries(resource), names), 1)


def _find_among(resource: Resource, entries: Iterable[Value], names: Collection[str]) -> Iterator[Finding]:
    for entry in entries:
        name = _name(entry)
        asked = {one for one in names if name in {one, _ALL}} - _KEPT
        judged = sorted(one for one in asked if _is_written(resource, one))
        if judged:
            yield resource.fails(
                entry,
                f"ignore_changes leaves {', '.join(judged)} as it is found, whatever is written here",
                fix=f"remove {name} from ignore_changes",
                expected="a value that Terraform keeps",
                observed=f"ignore_changes = [{name}]",
            )


def _is_written(resource: Resource, name: str) -> bool:
    value = resource.attributes.get(name)
    if value is not None and not (isinstance(value, Known) and value.value is None):
        return True
    return any(child.type == name for child in resource.children)


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
    name = found[0] if found else ""
    return _ALL if name == _ALL_BEFORE else name
