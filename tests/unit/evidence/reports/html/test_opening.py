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
