"""One table of figures: each has a source, and what the project says of it elsewhere is the same number."""

from __future__ import annotations

import pytest

from tapeproof.ops.capacity_figures import Figure, figures
from tests.places import PROJECT

STATED = [one for one in figures().values() if one.stated]


def _phrase(one: Figure, text: str, thousands: str) -> str:
    plain = text.replace("{}", "{value:" + thousands + ".0f}")
    return plain.format(value=one.value, kb=one.value / 1024, millionth=one.value / 1e6)


@pytest.mark.parametrize("one", STATED, ids=lambda one: one.name)
def test_what_docs_and_rules_of_the_stack_say_is_what_the_table_says(one: Figure) -> None:
    file, _, text = one.stated.partition("|")
    page = " ".join((PROJECT / file).read_text(encoding="utf-8").split())
    phrase = _phrase(one, text, "," if file.endswith(".md") else "")
    assert phrase in page


def test_every_figure_has_a_source_and_a_kind() -> None:
    kinds = {one.kind for one in figures().values()}
    assert kinds == {"assumed", "measured", "price", "quota", "stack"}
    assert [one.name for one in figures().values() if not one.source or one.value <= 0] == []
    assert len(STATED) > 30  # guards the reader
