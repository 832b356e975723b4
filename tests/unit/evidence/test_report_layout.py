from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.reports.html.charts import retention_chart, stacked_bars
from tapeproof.evidence.reports.html.report import CONTENTS
from tapeproof.evidence.reports.html.sheets import PASSES_SHOWN
from tapeproof.evidence.reports.html.style import style_sheet
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle

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


def test_the_cover_says_the_conclusion_before_anything_else(bundle: Bundle) -> None:
    text = (bundle.folder / "reports/report.html").read_text()
    cover = text[text.index('<header class="cover">') : text.index("</header>")]
    sentence = re.search(r'<p class="verdict">(.*?)</p>', text[text.index("</header>") :])
    assert sentence is not None
    assert sentence.group(1) in cover
    assert cover.index('class="verdict"') < cover.index("<dl")
    assert 'href="#attention"' in cover


def _read(html: str) -> list[str]:
    return re.sub(r"<[^>]+>", " ", re.sub(r"<(style|svg).*?</\1>", " ", html, flags=re.DOTALL)).split()


def test_what_everybody_reads_is_short_and_stands_before_the_appendix(bundle: Bundle) -> None:
    text = (bundle.folder / "reports/report.html").read_text()
    places = [text.index(f'<section id="{name}"') for name, _ in CONTENTS]
    assert places == sorted(places)
    first = text[: text.index('<section id="controls"')]
    assert '<section id="sign-off"' in first
    # Ten pages of A4 as they are printed.
    assert len(_read(first)) < 4_000


def test_the_cover_counts_what_is_met_and_names_what_was_looked_at(bundle: Bundle) -> None:
    text = (bundle.folder / "reports/report.html").read_text()
    cover = text[text.index('<header class="cover">') : text.index("</header>")]
    for word in ("met", "not met", "unknown", "conflicting", "not evaluated", "in all"):
        assert f'<th scope="col">{word}</th>' in cover
    numbers = [list(map(int, re.findall(r"<td[^>]*>(\d+)</td>", row))) for row in re.findall(r"<tr>.*?</tr>", cover)]
    assert [row for row in numbers if row and sum(row[:-1]) != row[-1]] == []
    assert len(numbers) > 2
    for fact in ("AWS account", "Root modules", "Environments", "Commit"):
        assert f"<dt>{fact}</dt>" in cover


def _sheet(bundle: Bundle, policy: str) -> str:
    text = (bundle.folder / "reports/report.html").read_text()
    return text[text.index(f'id="sheet-{policy}"') :].split("</article>", maxsplit=1)[0]


def test_each_resource_that_passes_stands_with_its_evidence_below_what_was_observed(bundle: Bundle) -> None:
    sheet = _sheet(bundle, "TP_LOG_1").replace("<wbr>", "")
    assert 'TP_LOG_1 at live: <span class="s pass">pass</span> 1 resource</h4>' in sheet
    group = sheet[sheet.index("at live: ") :]
    assert re.search(r"<span class=why>observed <code>[^<]*/LogGroup/retentionInDays = 30[^<]*</code></span>", group)
    assert "<code>aws_cloudwatch_log_group.trade</code>" in group
    assert '<a href="#evidence-live-logs">live-logs:1</a>' in group


def test_what_does_not_pass_has_a_row_of_its_own_with_what_is_expected(bundle: Bundle) -> None:
    sheet = _sheet(bundle, "EV_RET_1")
    table = sheet[sheet.index('<table class="rows">') :].split("</table>", maxsplit=1)[0]
    assert set(re.findall(r'class="s ([a-z-]+)"', table)) == {"fail"}
    assert "observed <code>" in table
    assert "expected logs are kept for at least 365 days" in table
    assert "1 resource of 1 not as required" in table


def test_resources_that_look_alike_to_their_judges_share_what_was_observed_and_all_are_counted(tmp_path: Path) -> None:
    sample = Sample()
    alarm = sample.live["cloudwatch"]["aws_cloudwatch_metric_alarm.errors"]
    names = [f"aws_cloudwatch_metric_alarm.a{number:03d}" for number in range(PASSES_SHOWN + 5)]
    sample.live["cloudwatch"] = dict.fromkeys(names, alarm)
    sheet = _sheet(sample.bundle(tmp_path / "run"), "TP_OBS_1")
    live = sheet[sheet.index("TP_OBS_1 at live: ") :]
    assert f"{len(names)} resources</h4>" in live
    assert live.count("<p>observed ") == 1
    assert live.count("<li>") == PASSES_SHOWN
    assert "<p>5 more resources that pass stand in <code>reports/matrix.csv</code>" in live


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
