from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.evidence.bundle.writing import Bundle


def test_the_cover_says_the_conclusion_before_anything_else(bundle: Bundle) -> None:
    text = (bundle.folder / "reports/report.html").read_text()
    cover = text[text.index('<header class="cover">') : text.index("</header>")]
    sentence = re.search(r'<p class="verdict">(.*?)</p>', text[text.index("</header>") :])
    assert sentence is not None
    assert sentence.group(1) in cover
    assert cover.index('class="verdict"') < cover.index("<dl")
    assert 'href="#attention"' in cover


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
