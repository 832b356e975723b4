from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from tapeproof.evidence.reports.html.charts import retention_chart, stacked_bars

BARS = [("a long label of a bar", {"pass": 7, "fail": 1, "unknown": 30}), ("b", {"not-evaluated": 3, "waived": 1})]


MARKS = [("the brief: 30 d", 30), ("a rule with a long name: 365 d", 365), ("another: 6 years", 2190)]


@pytest.mark.parametrize(
    "chart",
    [
        stacked_bars("c", "title", BARS, ["pass", "waived", "unknown", "fail", "not-evaluated"]),
        retention_chart("c", "title", [("6 log groups", 30), ("1 log group", 0), ("2 log groups", 4000)], MARKS),
    ],
)
def test_a_chart_is_drawn_for_a_page_and_for_a_phone_and_everything_in_it_lies_inside(chart: str) -> None:
    drawings = re.findall(r"<svg.*?</svg>", chart, re.DOTALL)
    assert [re.search(r'class="(\w+)"', one).group(1) for one in drawings] == ["wide", "narrow"]  # type: ignore[union-attr]
    for drawing in drawings:
        root = ET.fromstring(drawing)
        width, height = map(int, root.attrib["viewBox"].split()[2:])
        for bar in root.iter("rect"):
            at = {name: float(bar.attrib[name]) for name in ("x", "y", "width", "height")}
            assert at["x"] + at["width"] <= width + 0.2
            assert at["y"] + at["height"] <= height
        for text in root.iter("text"):
            long, x = 7 * len(text.text or ""), float(text.attrib["x"])
            left = {"end": x - long, "middle": x - long / 2}.get(text.attrib.get("text-anchor", ""), x)
            assert left >= -0.2
            assert left + long <= width + 0.2
            assert float(text.attrib["y"]) <= height
