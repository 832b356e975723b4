from __future__ import annotations

import re

import pytest

from tapeproof.evidence.reports.html.style import style_sheet

FILLS = ("pass", "fail", "unknown", "waived", "none", "na")


ENOUGH = 4.5
"""Contrast that WCAG 2.2 asks of text of this size (1.4.3); axe does not look at text in SVG."""


def _palettes() -> list[dict[str, str]]:
    """The colours on screen in light, in dark, and on paper."""
    blocks = re.findall(r":root \{(.*?)\}", style_sheet("foot", ""), re.DOTALL)
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block)) for block in blocks]


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(mark * 2 for mark in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", _palettes(), ids=["light", "dark", "print"])
def test_a_number_on_a_bar_and_a_status_on_paper_can_be_read(palette: dict[str, str]) -> None:
    bars = {name: _contrast(palette["ink"], palette[f"{name}-fill"]) for name in FILLS}
    words = {name: _contrast(palette[name], palette["paper"]) for name in (*FILLS[:-1], "soft", "accent")}
    assert {name: ratio for name, ratio in {**bars, **words}.items() if ratio < ENOUGH} == {}
