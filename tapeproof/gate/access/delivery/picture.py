"""The hops of a stack as a picture in Mermaid's language: https://mermaid.js.org/syntax/flowchart.html."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.wording import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.gate.access.delivery.facts import Hop

__all__ = ["draw_box", "draw_hops"]

_ASIDE = frozenset({"its log group", "its key"})
"""Ends of hops that are asked about and not drawn."""
_SHAPES = {
    "aws_sqs_queue": ("[/", "/]"),
    "aws_sns_topic": ("[\\", "\\]"),
    "aws_cloudwatch_event_bus": ("([", "])"),
    "aws_cloudwatch_event_rule": ("{{", "}}"),
    "aws_dynamodb_table": ("[(", ")]"),
    "aws_s3_bucket": ("[(", ")]"),
}
_TYPE = re.compile(r"(?:^|\.)(aws_[a-z0-9_]+)\.")


def draw_hops(hops: Sequence[Hop], *, alarms: bool = False) -> list[str]:
    """Return the lines of a flowchart: events by solid arrows, failures by dotted ones, stops by their reason.

    Args:
        hops: The hops of a stack.
        alarms: Whether alarms are drawn too; there are mostly more of them than of everything else.
    """
    shown = [hop for hop in hops if hop.end not in _ASIDE and (alarms or "_alarm." not in hop.origin)]
    names = dict.fromkeys(name for hop in shown for name in (hop.origin, hop.end))
    numbers = {name: f"n{number}" for number, name in enumerate(sorted(names))}
    lines = ["flowchart LR"]
    lines.extend(f"  {numbers[name]}{draw_box(name)}" for name in sorted(names))
    drawn = {(numbers[hop.origin], _arrow(hop), numbers[hop.end]) for hop in shown}
    lines.extend(f"  {origin} {arrow} {end}" for origin, arrow, end in sorted(drawn))
    return lines


def draw_box(name: str) -> str:
    """Return the box of a resource, whose shape tells its type, and whose label is its address."""
    found = _TYPE.search(name)
    left, right = _SHAPES.get(found[1] if found else "", ("[", "]"))
    label = name.replace("aws_", "").replace('"', "#quot;")
    return f'{left}"{label}"{right}'


def _arrow(hop: Hop) -> str:
    line = "-.->" if hop.purpose == "failure" else "-->"
    codes = sorted({stop.code for stop in hop.stops if stop.code in WORDS})
    return f'{line}|"stops: {", ".join(codes)}"|' if codes else line
