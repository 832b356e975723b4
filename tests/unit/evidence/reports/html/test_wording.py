from __future__ import annotations

import pytest

from tapeproof.evidence.reports.html import wording
from tapeproof.evidence.reports.html.matter import STAGE_WORDS
from tapeproof.evidence.verifier.status import STAGES
from tests.unit.evidence.reports.html.reading import parsed

SENTENCES = {name: value for name, value in vars(wording).items() if name in wording.__all__ and isinstance(value, str)}


@pytest.mark.parametrize("table", [wording.STAGE_METHODS, wording.STAGE_LIMITS, STAGE_WORDS])
def test_every_stage_has_its_words(table: dict[str, str]) -> None:
    assert set(table) == set(STAGES)
    assert all(table.values())


def test_a_sentence_stands_on_one_line_however_it_is_written_in_the_source() -> None:
    every = [
        *SENTENCES.values(),
        *wording.STAGE_METHODS.values(),
        *wording.LIMITS,
        *(text for _, text in wording.GLOSSARY),
    ]
    assert [text for text in every if "\n" in text or "  " in text or text != text.strip()] == []
    assert all(isinstance(text, str) and text for text in every)


def test_sentences_hold_only_markup_that_is_whole() -> None:
    for text in [*SENTENCES.values(), *wording.STAGE_NOT_COLLECTED.values()]:
        assert {element.tag for element in parsed(f"<p>{text}</p>").iter("p")} == {"p"}


def test_a_word_is_explained_once() -> None:
    words = [word for word, _ in wording.GLOSSARY]
    assert len(words) == len(set(words))
    assert len(wording.LIMITS) == len(set(wording.LIMITS)) > 5
