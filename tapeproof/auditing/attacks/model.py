"""What an attack is: something done to an export, and how the verifier must name it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tapeproof.verifier.findings import Attack, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.auditing.editor import Editor

__all__ = ["Done", "Row", "found_as"]


class Done(NamedTuple):
    """What an attack did.

    Attributes:
        names: Names under which it may be found; one of them must be. Without any, the verdict says it all.
        lane: The lane it was done to, if it was one.
        seq: The sequence, or -1 when any will do.
        beside: Names that the attack also deserves.
        later_ns: By how much later than the export's own time it is to be verified.
        verdict: The verdict it leads to when it is alone.
    """

    names: frozenset[Attack]
    lane: str = ""
    seq: int = -1
    beside: frozenset[Attack] = frozenset()
    later_ns: int = 0
    verdict: Verdict = Verdict.TAMPERED


class Row(NamedTuple):
    """An attack in the drill's table.

    Attributes:
        title: What it is called.
        run: Makes it.
        masks: Whether it takes away the ground that others stand on, so that they are not named beside it.
        leaves_out: Whether it leaves stores out of the export, and their traces with them.
    """

    title: str
    run: Callable[[Editor], Done]
    masks: bool = False
    leaves_out: bool = False


def found_as(*names: Attack, lane: str = "", seq: int = -1) -> Done:
    """Return what was done, to be found under one of some names."""
    return Done(frozenset(names), lane, seq)
