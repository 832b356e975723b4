"""Charts as inline SVG; a table with the same numbers always stands beside them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from compliance.reports.html.markup import STATUS_WORDS, esc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["retention_chart", "stacked_bars"]

WIDTH: Final = 720
LABEL_WIDTH: Final = 190
ROW_HEIGHT: Final = 34
BAR_HEIGHT: Final = 20
NARROWEST_NUMBER: Final = 22
"""Segments narrower than this carry no number; the table does."""


def stacked_bars(name: str, title: str, bars: Sequence[tuple[str, Mapping[str, int]]], order: Sequence[str]) -> str:
    """Return one horizontal bar for each label, divided by status.

    Args:
        name: Unique in the document.
        title: What the chart shows.
        bars: Labels with counts by status.
        order: Statuses from left to right.
    """
    used = [status for status in order if any(counts.get(status) for _, counts in bars)]
    height = ROW_HEIGHT * len(bars) + 36
    spoken = "; ".join(f"{label}: {_spoken(counts, used)}" for label, counts in bars)
    rows = "".join(_bar(number, label, counts, used) for number, (label, counts) in enumerate(bars))
    return _svg(name, title, spoken, height, rows + _legend(used, height - 12))


def retention_chart(name: str, title: str, days: Sequence[tuple[str, int]], marks: Sequence[tuple[str, int]]) -> str:
    """Return configured retention beside what frameworks ask for, on a scale of square roots.

    Args:
        name: Unique in the document.
        title: What the chart shows.
        days: Labels with days; 0 means without end.
        marks: Labels of requirements with days.
    """
    longest = max([day for _, day in marks] + [day for _, day in days]) or 1
    room = WIDTH - LABEL_WIDTH - 20

    def at(day: int) -> float:
        return LABEL_WIDTH + room * math.sqrt((day or longest) / longest)

    height = ROW_HEIGHT * len(days) + 64
    body = "".join(_retention_bar(number, label, day, at(day)) for number, (label, day) in enumerate(days))
    bottom = height - 40
    for number, (label, day) in enumerate(marks):
        x = round(at(day), 1)
        body += f'<line class="mark" x1="{x}" y1="2" x2="{x}" y2="{bottom}"/>'
        body += (
            f'<text class="quiet" x="{x}" y="{bottom + 15 + 18 * (number % 2)}" text-anchor="end">{esc(label)}</text>'
        )
    spoken = "; ".join(f"{label}: {_days(day)}" for label, day in [*days, *marks])
    return _svg(name, title, spoken, height, body)


def _retention_bar(number: int, label: str, day: int, end: float) -> str:
    top = number * ROW_HEIGHT + 6
    text = f'<text x="0" y="{top + 15}">{esc(label)}</text>'
    bar = f'<rect class="bar" x="{LABEL_WIDTH}" y="{top}" width="{end - LABEL_WIDTH:.1f}" height="{BAR_HEIGHT}"/>'
    return text + bar + f'<text x="{end + 6:.1f}" y="{top + 15}">{esc(_days(day))}</text>'


def _days(day: int) -> str:
    return "without end" if day == 0 else f"{day} days"


def _bar(number: int, label: str, counts: Mapping[str, int], used: Sequence[str]) -> str:
    total = sum(counts.get(status, 0) for status in used)
    top, x = number * ROW_HEIGHT + 4, float(LABEL_WIDTH)
    parts = [f'<text x="0" y="{top + 15}">{esc(label)}</text>']
    for status in used:
        share = counts.get(status, 0)
        if share:
            width = (WIDTH - LABEL_WIDTH) * share / total
            parts.append(
                f'<rect class="{status} rule" x="{x:.1f}" y="{top}" width="{width:.1f}" height="{BAR_HEIGHT}"/>'
            )
            if width >= NARROWEST_NUMBER:
                parts.append(f'<text x="{x + width / 2:.1f}" y="{top + 15}" text-anchor="middle">{share}</text>')
            x += width
    return "".join(parts)


def _legend(used: Sequence[str], y: int) -> str:
    parts, x = [], LABEL_WIDTH
    for status in used:
        word = STATUS_WORDS[status]
        parts.append(f'<rect class="{status}" x="{x}" y="{y - 10}" width="11" height="11"/>')
        parts.append(f'<text class="quiet" x="{x + 17}" y="{y}">{esc(word)}</text>')
        x += 32 + 7 * len(word)
    return "".join(parts)


def _spoken(counts: Mapping[str, int], used: Sequence[str]) -> str:
    return ", ".join(f"{counts[status]} {STATUS_WORDS[status]}" for status in used if counts.get(status)) or "nothing"


def _svg(name: str, title: str, spoken: str, height: int, body: str) -> str:
    return (
        f'<div class="scroll" role="region" aria-label="{esc(title)}" tabindex="0">'
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{esc(title)}</title><desc id="{name}-d">{esc(spoken)}</desc>{body}</svg></div>\n'
    )
