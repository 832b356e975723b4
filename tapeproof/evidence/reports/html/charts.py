"""Charts as inline SVG; a table with the same numbers always stands beside them.

Each is drawn twice, for a page and for a phone; the style sheet shows the one that fits, so neither needs scrolling.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from tapeproof.evidence.reports.html.markup import STATUS_WORDS, esc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["retention_chart", "stacked_bars"]

BAR_HEIGHT: Final = 20
LINE_HEIGHT: Final = 18
CHARACTER: Final = 7
"""Width of a character of text, for what must not run into its neighbour."""
NARROWEST_NUMBER: Final = 22
"""Segments narrower than this carry no number; the table does."""


class Frame(NamedTuple):
    """How a chart is laid out, in units of about a pixel.

    Attributes:
        name: Class of the drawing.
        width: Of the whole.
        left: Where bars begin; labels stand before them, or above them where there is no room.
        row: Height of a row.
        bar: Where the bar begins in its row.
        mark_lines: Lines of text below the chart that the labels of marks are spread over.
    """

    name: str
    width: int
    left: int
    row: int
    bar: int
    mark_lines: int


FRAMES: Final = (Frame("wide", 720, 190, 34, 4, 2), Frame("narrow", 340, 0, 50, 20, 4))


def stacked_bars(name: str, title: str, bars: Sequence[tuple[str, Mapping[str, int]]], order: Sequence[str]) -> str:
    """Return one horizontal bar for each label, divided by status.

    Args:
        name: Unique in the document.
        title: What the chart shows.
        bars: Labels with counts by status.
        order: Statuses from left to right.
    """
    used = [status for status in order if any(counts.get(status) for _, counts in bars)]
    spoken = "; ".join(f"{label}: {_describe_counts(counts, used)}" for label, counts in bars)

    def draw(frame: Frame) -> tuple[str, int]:
        rows = "".join(_bar(frame, number, label, counts, used) for number, (label, counts) in enumerate(bars))
        legend, height = _legend(frame, used, frame.row * len(bars) + 24)
        return rows + legend, height

    return _render_svg(name, title, spoken, draw)


def retention_chart(name: str, title: str, days: Sequence[tuple[str, int]], marks: Sequence[tuple[str, int]]) -> str:
    """Return configured retention beside what frameworks ask for, on a scale of square roots.

    Args:
        name: Unique in the document.
        title: What the chart shows.
        days: Labels with days; 0 means without end, and what is below it can be kept nowhere.
        marks: Labels of requirements with days.
    """
    longest = max([1] + [day for _, day in marks] + [day for _, day in days])
    spoken = "; ".join(f"{label}: {_days(day)}" for label, day in [*days, *marks])

    def draw(frame: Frame) -> tuple[str, int]:
        def at(day: int) -> float:
            return frame.left + (frame.width - frame.left - 2) * math.sqrt(max(day or longest, 0) / longest)

        bottom = frame.row * len(days) + 4
        body = "".join(_retention_bar(frame, number, at(day)) for number, (_, day) in enumerate(days))
        body += "".join(_mark(frame, number, label, at(day), bottom) for number, (label, day) in enumerate(marks))
        body += "".join(_label(frame, number, f"{label}: {_days(day)}") for number, (label, day) in enumerate(days))
        return body, bottom + LINE_HEIGHT * frame.mark_lines + 4

    return _render_svg(name, title, spoken, draw)


def _label(frame: Frame, number: int, label: str) -> str:
    y = number * frame.row + (frame.bar + 15 if frame.left else frame.bar - 6)
    return f'<text class="label" x="0" y="{y}">{esc(label)}</text>'


def _retention_bar(frame: Frame, number: int, end: float) -> str:
    top = number * frame.row + frame.bar
    return f'<rect class="bar" x="{frame.left}" y="{top}" width="{end - frame.left:.1f}" height="{BAR_HEIGHT}"/>'


def _mark(frame: Frame, number: int, label: str, x: float, bottom: int) -> str:
    anchor = "end" if x >= len(label) * CHARACTER else "start"
    y = bottom + 14 + LINE_HEIGHT * (number % frame.mark_lines)
    line = f'<line class="mark" x1="{x:.1f}" y1="2" x2="{x:.1f}" y2="{bottom}"/>'
    return line + f'<text class="quiet" x="{x:.1f}" y="{y}" text-anchor="{anchor}">{esc(label)}</text>'


def _days(day: int) -> str:
    return "without end" if day == 0 else f"{day} days"


def _bar(frame: Frame, number: int, label: str, counts: Mapping[str, int], used: Sequence[str]) -> str:
    total = sum(counts.get(status, 0) for status in used)
    top, x = number * frame.row + frame.bar, float(frame.left)
    parts = [_label(frame, number, label)]
    for status in used:
        share = counts.get(status, 0)
        if share:
            width = (frame.width - frame.left) * share / total
            parts.append(
                f'<rect class="{status} rule" x="{x:.1f}" y="{top}" width="{width:.1f}" height="{BAR_HEIGHT}"/>'
            )
            if width >= NARROWEST_NUMBER:
                parts.append(f'<text x="{x + width / 2:.1f}" y="{top + 15}" text-anchor="middle">{share}</text>')
            x += width
    return "".join(parts)


def _legend(frame: Frame, used: Sequence[str], y: int) -> tuple[str, int]:
    """Return the legend, over as many lines as it needs, and where the chart ends below it."""
    parts, x = [], frame.left
    for status in used:
        word = STATUS_WORDS[status]
        width = 32 + CHARACTER * len(word)
        if x > frame.left and x + width > frame.width:
            x, y = frame.left, y + LINE_HEIGHT
        parts.append(f'<rect class="{status}" x="{x}" y="{y - 10}" width="11" height="11"/>')
        parts.append(f'<text class="quiet" x="{x + 17}" y="{y}">{esc(word)}</text>')
        x += width
    return "".join(parts), y + 8


def _describe_counts(counts: Mapping[str, int], used: Sequence[str]) -> str:
    return ", ".join(f"{counts[status]} {STATUS_WORDS[status]}" for status in used if counts.get(status)) or "nothing"


def _render_svg(name: str, title: str, spoken: str, draw: Callable[[Frame], tuple[str, int]]) -> str:
    drawings = []
    for frame in FRAMES:
        (body, height), own = draw(frame), f"{name}-{frame.name}"
        drawings.append(
            f'<svg class="{frame.name}" viewBox="0 0 {frame.width} {height}" role="img" '
            f'aria-labelledby="{own}-t {own}-d"><title id="{own}-t">{esc(title)}</title>'
            f'<desc id="{own}-d">{esc(spoken)}</desc>{body}</svg>'
        )
    return f'<div class="chart">{"".join(drawings)}</div>\n'
