"""Values as texts, with words of their own for what is decided at apply."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Value

__all__ = ["Spelled", "placeholder", "without_unknowns"]

_UNTOLD = re.compile(
    r"\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}unknown-\d+\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
)
"""The word of a value of which nothing is known: it tells two of them apart in one run, and a reader nothing."""


class Spelled(NamedTuple):
    """A value as text.

    Attributes:
        text: The text, with a word of its own for each part that is decided later.
        wide: The same with `*` for the parts that cannot be told.
        why: Why a part cannot be told; empty where all can.
        value: The value.
    """

    text: str
    wide: str
    why: str
    value: Value


def placeholder(text: str) -> str:
    """Return a word that stands for something, and that no name, pattern or ARN is."""
    return (
        "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
        + re.sub(r"[:/*?\s]", "_", text)
        + "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
    )


def without_unknowns(text: str) -> str:
    """Return a text for people: what has no name is called what is not known."""
    return _UNTOLD.sub("what is not known", text)
