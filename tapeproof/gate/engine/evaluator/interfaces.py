"""What the parts of the evaluator ask of each other: what names mean, and what expressions are worth.

Scopes give names their meaning and the evaluator gives expressions their values; each needs the other. Both know only
these interfaces (Terraform's own ``lang`` package separates ``Scope`` and ``Data`` in the same way).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from tapeproof.gate.engine.model import Span, Value
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tapeproof.gate.engine.evaluator.syntax import At, Expression, GetAttribute, Index
    from tapeproof.gate.engine.model import Ref, Unknown

__all__ = ["Evaluation", "Frame", "Module", "Names", "Steps"]

Steps: TypeAlias = "list[GetAttribute | Index]"
"""What follows a name: attributes and indexes, first one first."""


class Names(Protocol):
    """What the names in a module mean."""

    def resolve(self, name: str, steps: Steps, frame: Frame) -> tuple[Value, Steps]:
        """Return what a name means, and the steps that are left to take from there.

        Raises:
            Fault: It means nothing.
        """
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


class Evaluation(Protocol):
    """Gives expressions their values."""

    def evaluate(self, node: Expression, frame: Frame) -> Value:
        """Return the value of an expression.

        Raises:
            Fault: Terraform would refuse it.
            SourceError: The whole configuration takes too long.
        """
        ...

    def attempt(self, node: Expression, frame: Frame) -> Value:
        """Return the value of an expression; one that Terraform would refuse is unknown, and says why.

        Raises:
            CycleFault: It depends on itself.
        """
        ...


class Module(Protocol):
    """The module instance that a resource is in."""

    @property
    def address(self) -> str:
        """Its address; empty for the root."""
        ...

    @property
    def evaluation(self) -> Evaluation:
        """What gives its expressions their values."""
        ...

    @property
    def doubt(self) -> Unknown | None:
        """Why it is not known whether the module instance exists."""
        ...

    def given(self, address: str) -> Value | None:
        """Return what an attribute of a data source is given to be, by its address; None where nothing is given."""
        ...

    def frame(self, file: str) -> Frame:
        """Return where expressions of one of the module's files are evaluated."""
        ...

    def provider(self, name: str) -> str:
        """Return what a provider's name in this module is called in the root module."""
        ...

    def safely(self, make: Callable[[str], Value], name: str) -> Value:
        """Return what ``make`` makes of a name; a fault becomes an unknown that says why."""
        ...


class Frame(NamedTuple):
    """A place of evaluation.

    Attributes:
        scope: The module instance; None where there are no references (variable files).
        file: The file the expression is written in, for its places.
        names: ``each``, ``count``, ``self``, iterators of ``dynamic`` blocks, variables of ``for``.
    """

    scope: Names | None
    file: str
    names: Mapping[str, Value] = {}

    def span(self, at: At) -> Span:
        """Return a place in the frame's file."""
        return tuple.__new__(Span, (self.file, *at))  # as `Span(...)` does, in half the time; every value asks

    def with_names(self, names: Mapping[str, Value]) -> Frame:
        """Return the frame with more names in it."""
        return self._replace(names={**self.names, **names}) if names else self

    def with_pair(self, key_name: str, key: Value, value_name: str, value: Value) -> Frame:
        """Return the frame inside one round of a ``for``; an empty name is not set."""
        names = {**self.names, value_name: value}
        if key_name:
            names[key_name] = key
        return self._replace(names=names)

    def within(self, file: str) -> Frame:
        """Return the frame for an expression of another file; the same for an empty name."""
        return self._replace(file=file) if file and file != self.file else self
