"""What a module instance knows of the configuration around it: where it is called from, and what it asks the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.fault import Fault
    from tapeproof.gate.engine.evaluator.instance import Instance
    from tapeproof.gate.engine.evaluator.interfaces import Evaluation, Frame
    from tapeproof.gate.engine.evaluator.syntax import Attribute
    from tapeproof.gate.engine.model import Ref, Span, Unknown, Value

__all__ = ["NOWHERE", "Place", "Surroundings"]


class Place(NamedTuple):
    """Where a module instance is called from.

    Attributes:
        address: ``module.a["x"].module.b``; empty for the root.
        arguments: The call's arguments, and where they are evaluated.
        providers: What the module's provider names mean in the root module.
        doubt: Why it is not known whether the instance exists.
        folders: Folders of the modules around it.
    """

    address: str = ""
    arguments: Mapping[str, tuple[Attribute, Frame]] | None = None
    providers: Mapping[str, str] = {}
    doubt: Unknown | None = None
    folders: tuple[Path, ...] = ()


NOWHERE = Place()
"""Where the root module is called from."""


class Surroundings(Protocol):
    """The whole configuration, as one module instance of it knows it."""

    @property
    def root(self) -> Path:
        """The root module's folder."""
        ...

    @property
    def workspace(self) -> str:
        """The chosen workspace."""
        ...

    @property
    def data(self) -> Mapping[str, Value]:
        """What attributes of data sources are given to be, by address."""
        ...

    @property
    def inputs(self) -> Mapping[str, Value]:
        """Values of the root module's variables by name."""
        ...

    @property
    def evaluator(self) -> Evaluation:
        """What gives expressions their values."""
        ...

    def relative(self, folder: Path) -> str:
        """Return a module's folder relative to the root module."""
        ...

    def register(self, instances: Iterable[Instance]) -> None:
        """Make instances known by their addresses."""
        ...

    def attribute(self, value: Value, name: str, span: Span) -> Value:
        """Return an attribute of a reference to a whole resource."""
        ...

    def follow_nested(self, value: Value) -> Value:
        """Return what a reference into nested blocks is configured to be; anything else as it is."""
        ...

    def spread(self, value: Ref, span: Span) -> tuple[Value, ...] | None:
        """Return references to each of the nested blocks a reference stands for; None when they are not known."""
        ...

    def report(self, fault: Fault) -> None:
        """Remember something that Terraform would refuse of the configuration as a whole."""
        ...
