from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.evidence.reports.html.closing import (
    CALLS_SHOWN,
    REDACTIONS_SHOWN,
    evidence_index,
    glossary,
    limits,
    sign_off,
)
from tapeproof.evidence.reports.html.wording import GLOSSARY, LIMITS
from tests.unit.evidence.reports.html.reading import parsed, texts
from tests.unit.evidence.reports.writing import changed_view

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tapeproof.evidence.reports.view import View


def _item(view: View, **changes: Any) -> Element:  # noqa: ANN401 - fields of an item
    return parsed(evidence_index(changed_view(view, items=({**view.items[0], **changes},))))


def test_every_item_has_an_article_that_rows_can_link_to(view: View) -> None:
    root = parsed(evidence_index(view))
    assert [one.attrib["id"] for one in root.iter("article")] == [f"evidence-{item['id']}" for item in view.items]
    assert f"{len(view.items)} items, each a folder below evidence/." in texts(root, "p")


def test_what_failed_or_is_incomplete_says_so_with_its_reason(view: View) -> None:
    failed = _item(view, status="failed", failure="no <credentials>", raw=[], population=None)
    assert "no <credentials>" in texts(failed, "p")
    assert "failed" in texts(failed, "span")
    assert "none" in texts(failed, "dd")
    assert "Incomplete: half a page" in texts(_item(view, incomplete="half a page"), "p")


def test_evidence_of_an_emulator_is_marked_where_it_stands(view: View) -> None:
    assert "SIMULATED" in texts(_item(view, simulated=True), "strong")
    assert "SIMULATED" not in texts(_item(view, simulated=False), "strong")


def test_long_lists_are_cut_with_the_number_of_what_was_left_out(view: View) -> None:
    raw = [{"path": f"raw/{number}", "size": number, "sha256": "ab"} for number in range(CALLS_SHOWN + 3)]
    calls = [{"operation": f"s3:call{number}", "count": 1} for number in range(CALLS_SHOWN + 4)]
    redactions = [{"path": "p", "where": "w", "kind": "token"}] * (REDACTIONS_SHOWN + 5)
    root = _item(view, raw=raw, source={"calls": calls}, redactions=redactions)
    told = " ".join(root.itertext())
    assert "3 more, listed in item.json" in told
    assert f"s3:call{CALLS_SHOWN - 1} x 1 and 4 more" in told
    assert "5 more stand in item.json." in told
    assert f"taken out before writing ({len(redactions)})" in told


def test_a_source_is_told_by_name_and_nothing_that_says_nothing(view: View) -> None:
    source = {"kind": "api", "account": "", "plan_file": None, "hosts": ["a", "b"], "answered": {"from": "x"}}
    told = texts(_item(view, source=source), "dd")[1]
    assert told == "kind: apihosts: a banswered: {'from': 'x'}"
    assert texts(_item(view, source={}), "dd")[1] == "none"


def test_limits_words_and_lines_for_signatures_are_all_there() -> None:
    assert texts(parsed(limits()), "li") == list(LIMITS)
    assert texts(parsed(glossary()), "td") == [text for _, text in GLOSSARY]
    root = parsed(sign_off())
    assert texts(root, "th") == ["Role", "Name", "Signature", "Date", "Prepared by", "Reviewed by", "Accepted by"]
    assert set(texts(root, "td")) == {""}
