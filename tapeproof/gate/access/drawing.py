"""Who can reach a resource, as a picture in Mermaid's language: https://mermaid.js.org/syntax/flowchart.html."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.decision import Answer
from tapeproof.gate.access.delivery.picture import draw_box

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tapeproof.gate.access.callers import Caller

__all__ = ["draw_callers"]

_ARROWS = {
    Answer.ALLOWED: ("-->", ""),
    Answer.ALLOWED_IF: ("-.->", "under conditions: "),
    Answer.UNKNOWN: ("-.->", "?: "),
}
"""How each answer is drawn: its arrow, and what stands before the actions."""


def draw_callers(wanted: str, found: Mapping[str, Sequence[Caller]]) -> list[str]:
    """Return the lines of a flowchart: one arrow from each caller, with the actions that it may call.

    Args:
        wanted: The resource.
        found: The callers, by action.
    """
    arrows: dict[tuple[str, Answer], list[str]] = {}
    for action, callers in found.items():
        for caller in callers:
            arrows.setdefault((caller.name, caller.decision.answer), []).append(action)
    names = sorted({name for name, _ in arrows})
    numbers = {name: f"n{number}" for number, name in enumerate(names)}
    lines = ["flowchart LR", f"  wanted{draw_box(wanted)}"]
    lines.extend(f"  {numbers[name]}{draw_box(name)}" for name in names)
    for (name, answer), actions in sorted(arrows.items(), key=lambda one: (one[0][0], one[0][1].value)):
        arrow, before = _ARROWS[answer]
        lines.append(f'  {numbers[name]} {arrow}|"{before}{", ".join(sorted(actions))}"| wanted')
    return lines
