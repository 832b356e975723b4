"""Runs the collectors one after the other, each on its own: one that fails leaves the work of the others."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from tapeproof.evidence.model import Item, Judge, Stage, Tool
from tapeproof.evidence.provenance import operator, tool_digest, tool_version
from tapeproof.evidence.verifier.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tapeproof.evidence.controls.library import Library
    from tapeproof.evidence.workspace import ItemWriter, Workspace

__all__ = ["Collector", "Context", "collect"]


@dataclass(slots=True)
class Context:
    """What every collector gets.

    Attributes:
        workspace: Where evidence goes.
        library: Policies, criteria and mappings.
        project: The folder whose repository holds the sources.
        root: The Terraform root module.
        parameters: What criteria may refer to: region, environment suffix and so on.
        identity: Who collects; collectors that ask an account put the account's answer here.
        simulated: Whether live evidence comes from an emulator.
    """

    workspace: Workspace
    library: Library
    project: Path
    root: Path
    parameters: Mapping[str, Any]
    identity: Mapping[str, str] = field(default_factory=dict)
    simulated: bool = False
    say: Callable[[str], None] = lambda _: None

    def item(
        self, name: str, title: str, *, collector: str, stage: Stage, judge: Judge = "", asserts: Sequence[str] = ()
    ) -> AbstractContextManager[ItemWriter]:
        """Begin an item with what is the same for all."""
        config = canonical([dict(self.parameters), self.library.criteria])
        tool = Tool("tapeproof", tool_version(), tool_digest(), "sha256:" + hashlib.sha256(config).hexdigest())
        item = Item(name, title, collector, stage, judge=judge, asserts=tuple(sorted(asserts)), tool=tool)
        item.identity = dict(self.identity) or operator(self.project)
        item.simulated = self.simulated and stage in {"live", "audit"}
        return self.workspace.item(item)


class Collector(Protocol):
    """Collects the items of one place."""

    name: str

    def collect(self, context: Context) -> None:
        """Collect; failures become failed items inside."""
        ...


def collect(context: Context, collectors: Sequence[Collector]) -> None:
    """Run the collectors in order, saying which one runs."""
    for number, collector in enumerate(collectors, 1):
        context.say(f"[{number}/{len(collectors)}] {collector.name}")
        collector.collect(context)
