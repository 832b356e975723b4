"""Where an expression is evaluated: its module, its file, and the names that only exist there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.engine.model import Span, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.gate.engine.evaluator.scope import Scope
    from tapeproof.gate.engine.evaluator.syntax import At

__all__ = ["Frame"]


class Frame(NamedTuple):
    """A place of evaluation.

    Attributes:
        scope: The module instance; None where there are no references (variable files).
        file: The file the expression is written in, for its places.
        names: ``each``, ``count``, ``self``, iterators of ``dynamic`` blocks, variables of ``for``.
    """

    scope: Scope | None
    file: str
    names: Mapping[str, Value] = {}

    def span(self, at: At) -> Span:
        """Return a place in the frame's file."""
        return Span(self.file, *at)

    def named(self, names: Mapping[str, Value]) -> Frame:
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
