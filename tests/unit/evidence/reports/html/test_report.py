from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any

import html5lib
import pytest

from tapeproof.evidence.reports.html.report import CONTENTS, HtmlReport
from tests.unit.evidence.reports.writing import changed_view, row_of, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.bundle.writing import Bundle
    from tapeproof.evidence.reports.view import View


def test_the_page_is_whole_html_whose_links_all_lead_somewhere_in_it(view: View, rows: list[Mapping[str, Any]]) -> None:
    page = written(HtmlReport(), view, rows)
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    names = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    links = [element.attrib["href"] for element in root.iter("a")]
    assert len(names) == len(set(names))
    assert {link.removeprefix("#") for link in links} <= set(names)


def test_a_browser_applies_this_style_and_runs_and_loads_nothing(view: View) -> None:
    page = written(HtmlReport(), view, [])
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src &#x27;none&#x27;; style-src &#x27;sha256-{digest}&#x27;" in page
    assert not re.search(r"<(script|link|img|iframe|object|embed|base|form)\b|\bsrc=|url\(|@import", page)


@pytest.mark.parametrize(
    ("simulated", "signer", "marks"),
    [
        (False, "sha256:ab", []),
        (True, "sha256:ab", ["SIMULATED"]),
        (False, "", ["UNSIGNED"]),
        (True, "", ["SIMULATED", "UNSIGNED"]),
    ],
)
def test_what_a_reader_must_not_miss_stands_on_the_first_lines_and_on_every_printed_page(
    view: View, simulated: bool, signer: str, marks: list[str]
) -> None:
    view.assessment["run"]["simulated"] = simulated
    page = written(HtmlReport(), changed_view(view, signer=signer), [])
    assert re.findall(r'<p class="banner" role="note">(\w+):', page) == marks
    assert f'content: "{" - ".join(marks)}"' in page


def test_a_subject_cannot_end_the_title_or_the_style(view: View) -> None:
    view.assessment["run"]["subject"] = '</title></style><script>alert(1)</script>"; } * { display: none'
    page = written(HtmlReport(), view, [])
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert list(root.iter("script")) == []
    assert "display: none }" not in page[: page.index("</style>")].split("@page")[-1]


def test_days_that_were_measured_are_drawn_the_last_for_each_group(view: View) -> None:
    def measured(resource: str, days: int | None) -> dict[str, Any]:
        return row_of(policy="EV_RET_1", stage="live", resource=resource, findings=[{"measured": days}])

    page = written(HtmlReport(), view, [measured("a", 30), measured("b", None), measured("a", 400)])
    told = re.findall(r'<th scope="row">(\d+ groups? at [^<]*)</th>', page)
    assert told == ["1 group at no end", "1 group at 400 days"]


@pytest.mark.parametrize("days", [-5, 10**30, 0])
def test_a_number_of_days_that_cannot_be_does_not_stop_the_report(view: View, days: int) -> None:
    row = row_of(policy="EV_RET_1", stage="live", resource="a", findings=[{"measured": days}])
    assert written(HtmlReport(), view, [row]).endswith("</html>\n")


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
