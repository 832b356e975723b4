"""Classes of characters as RE2 has them."""

from __future__ import annotations

import pytest
import regex

from tapeproof.gate.engine.evaluator.functions.re2_classes import (
    LAST,
    PERL,
    POSIX,
    complement,
    is_unicode_class,
    spell_class,
)


@pytest.mark.parametrize("ranges", [*PERL.values(), *POSIX.values()])
def test_a_character_is_in_a_class_or_in_its_complement(ranges: list[tuple[int, int]]) -> None:
    others = complement(ranges)
    assert sum(high - low + 1 for low, high in (*ranges, *others)) == LAST + 1


@pytest.mark.parametrize(
    ("inside", "outside", "text"),
    [
        ("7", "a", spell_class(PERL["d"], "", negated=False)),
        ("a", "7", spell_class(PERL["d"], "", negated=True)),
        ("-", "a", spell_class([(0x2D, 0x2D)], "", negated=False)),
        ("Ä", "ä", spell_class([], r"\p{Lu}", negated=False)),
    ],
)
def test_a_class_is_spelt_for_the_engine(inside: str, outside: str, text: str) -> None:
    assert regex.fullmatch(text, inside)
    assert not regex.fullmatch(text, outside)


@pytest.mark.parametrize(
    ("name", "known"), [("Lu", True), ("L", True), ("Greek", True), ("Klingon", False), ("Lx", False)]
)
def test_categories_and_scripts_are_known_by_name(name: str, known: bool) -> None:
    assert is_unicode_class(name) is known
