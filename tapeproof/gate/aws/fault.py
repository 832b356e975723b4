"""What is wrong with a part of a resource: what a rule says of it, without the resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Span
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Finding, Resource, Value

__all__ = ["Fault"]


class Fault(NamedTuple):
    """What is wrong.

    Attributes:
        place: The offending value, or where it stands.
        message: A sentence without a full stop.
        fix: What to write instead.
        expected: What would pass.
        observed: What is there, where the value does not say it.
    """

    place: Value | Span
    message: str
    fix: str
    expected: str
    observed: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.place if isinstance(self.place, Span) else self.place.span

    def build_finding(self, resource: Resource) -> Finding:
        """Return the fault as a FAIL about a resource."""
        return resource.fails(self.place, self.message, fix=self.fix, expected=self.expected, observed=self.observed)
