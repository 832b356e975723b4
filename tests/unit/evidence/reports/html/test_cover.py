from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.evidence.reports.html.cover import cover, reservations
from tapeproof.evidence.verifier.status import EFFECTS, POLICY_STATUSES
from tests.unit.evidence.reports.html.reading import parsed, texts
from tests.unit.evidence.reports.writing import changed_view

if TYPE_CHECKING:
    from tapeproof.evidence.bundle.writing import Bundle
    from tapeproof.evidence.reports.view import View


def test_the_cover_says_the_conclusion_before_anything_else(bundle: Bundle) -> None:
    text = (bundle.folder / "reports/report.html").read_text()
    first = text[text.index('<header class="cover">') : text.index("</header>")]
    sentence = re.search(r'<p class="verdict">(.*?)</p>', text[text.index("</header>") :])
    assert sentence is not None
    assert sentence.group(1) in first
    assert first.index('class="verdict"') < first.index("<dl")
    assert 'href="#attention"' in first


def test_the_cover_counts_what_is_met_and_names_what_was_looked_at(bundle: Bundle) -> None:
    text = (bundle.folder / "reports/report.html").read_text()
    first = text[text.index('<header class="cover">') : text.index("</header>")]
    for word in ("met", "not met", "unknown", "conflicting", "not evaluated", "in all"):
        assert f'<th scope="col">{word}</th>' in first
    numbers = [list(map(int, re.findall(r"<td[^>]*>(\d+)</td>", row))) for row in re.findall(r"<tr>.*?</tr>", first)]
    assert [row for row in numbers if row and sum(row[:-1]) != row[-1]] == []
    assert len(numbers) > 2
    for fact in ("AWS account", "Root modules", "Environments", "Commit"):
        assert f"<dt>{fact}</dt>" in first


CONTENTS = [("conclusion", "Conclusion"), ("attention", "What <needs> attention")]
FOUND = [
    {"code": "UNJUDGED_FOLDER", "contradiction": False, "details": {"path": f"other/<{number}>"}} for number in range(6)
]


def test_contents_are_listed_and_the_subject_stays_text(view: View) -> None:
    view.assessment["run"]["subject"] = "<b>market</b>"
    root = parsed(cover(view, CONTENTS))
    assert texts(root, "h1") == ["<b>market</b>"]
    assert texts(root, "li")[-2:] == ["Conclusion", "What <needs> attention"]


def test_an_unsigned_report_says_so_and_its_command_names_no_fingerprint(view: View) -> None:
    signed, unsigned = parsed(cover(view, [])), parsed(cover(changed_view(view, signer=""), []))
    assert any("--fingerprint <fingerprint>" in text for text in texts(signed, "code"))
    assert not any("--fingerprint" in text for text in texts(unsigned, "code"))
    assert "UNSIGNED" in texts(unsigned, "strong")


def test_what_was_not_committed_is_said_beside_the_commit(view: View) -> None:
    view.assessment["run"].update(commit="ab12", dirty=True)
    facts = dict(zip(*(texts(parsed(cover(view, [])), tag) for tag in ("dt", "dd")), strict=True))
    assert facts["Commit"].startswith("ab12 with changes that are not committed")
    view.assessment["run"].update(commit="", dirty=False)
    facts = dict(zip(*(texts(parsed(cover(view, [])), tag) for tag in ("dt", "dd")), strict=True))
    assert facts["Commit"] == "no repository"


def test_a_control_that_conflicts_with_its_policy_is_counted_by_itself_and_a_waiver_is_not_met(view: View) -> None:
    control = {**view.assessment["controls"][0], "conflict": True, "effects": dict.fromkeys(EFFECTS, "not-satisfied")}
    view.assessment["controls"][:] = [control]
    statuses = dict.fromkeys(POLICY_STATUSES, 0) | {"waived": 3}
    view.assessment["counts"]["policies"] = {"policy": dict.fromkeys(EFFECTS, statuses)}
    rows = list(parsed(cover(view, [])).iter("tr"))
    told = {texts(row, "th")[0]: texts(row, "td") for row in rows[1:]}
    assert told["Mapped controls: design"] == ["0", "0", "0", "1", "0", "1"]
    assert told["Policies of the gate: design"] == ["0", "3", "0", "0", "0", "3"]


def test_reservations_stand_before_the_numbers_and_whole_further_on(view: View) -> None:
    view.assessment["reservations"][:] = []
    assert "reservations-h" not in cover(view, [])
    assert "There are none." in reservations(view)
    view.assessment["reservations"][:] = FOUND
    page = cover(view, [])
    assert page.index("Reservations (6)") < page.index("What is met")
    assert "All of them, whole" in page
    assert len(texts(parsed(reservations(view)), "li")) == 6
    assert "other/<0>" in " ".join(texts(parsed(reservations(view)), "li"))
