"""What is found on the way of an event: where it stops, and why, without sentences."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from tapeproof.gate.engine.model import Ref, Undecided
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.gate.engine.model import Block, Resource, Span, Value

__all__ = ["Aspect", "Doubt", "Hop", "OutsideError", "Purpose", "Stop", "doubt_outside"]

Purpose = Literal["delivery", "failure"]
Aspect = Literal["admission", "flow", "visibility", "log"]
"""What is asked of a hop: who is admitted, whether events flow, how long a message is hidden, who may write a log."""


class Stop(NamedTuple):
    """Why an event does not pass a hop.

    Attributes:
        code: What kind of reason, as `wording` lists them.
        resource: The resource to mend.
        at: The place to mend.
        details: What the reason is about, by name.
    """

    code: str
    resource: Resource
    at: Value | Block | Span
    details: Mapping[str, str] = MappingProxyType({})


class OutsideError(Undecided):
    """A question whose answer lies outside the stack, though what it is about is known by name."""


def doubt_outside(value: Value, why: str) -> Undecided:
    """Return the question about what a value names outside the stack; one of which nothing is known names nothing."""
    pieces = value.pieces_of_text()
    named = any(isinstance(piece.content, str | Ref) for piece in pieces)
    return OutsideError(value, why) if named else Undecided(value)


class Doubt(NamedTuple):
    """A question about a hop that has no answer in the stack.

    Attributes:
        aspect: What was asked.
        undecided: Why there is no answer.
    """

    aspect: Aspect
    undecided: Undecided

    @property
    def is_assumed(self) -> bool:
        """Whether what lies outside the stack is taken to let the event in, and told so."""
        return isinstance(self.undecided, OutsideError)


class Hop(NamedTuple):
    """One step of an event.

    Attributes:
        origin: Where it comes from.
        end: What it goes to, as an address or a name.
        purpose: Whether events or failures go there.
        sender: The resource that makes the hop.
        stops: Why nothing arrives; none where everything does.
        doubts: What cannot be told of it.
        asked: What was asked of it.
    """

    origin: str
    end: str
    purpose: Purpose
    sender: Resource
    stops: tuple[Stop, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    asked: frozenset[Aspect] = frozenset({"admission"})
