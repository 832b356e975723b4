from __future__ import annotations

import re

import pytest

from tapeproof.evidence.verifier.reservations import CONTRADICTIONS, SENTENCES, _is_weaker, spell_reservation


@pytest.mark.parametrize("code", SENTENCES)
def test_every_code_is_spelled_from_its_details_alone(code: str) -> None:
    details = dict.fromkeys(re.findall(r"\{(\w+)\}", SENTENCES[code]), "granite")
    told = spell_reservation({"code": code, "details": details})
    assert "{" not in told
    assert told.count("granite") == len(re.findall(r"\{\w+\}", SENTENCES[code]))
    assert not told.endswith(".")


def test_contradictions_are_codes_that_are_spelled() -> None:
    assert SENTENCES.keys() >= CONTRADICTIONS


@pytest.mark.parametrize(
    ("name", "default", "used", "weaker"),
    [
        ("minimum_days", 30, 1, True),
        ("minimum_days", 30, 31, False),
        ("maximum_timeout", 300, 900, True),
        ("maximum_timeout", 300, 60, False),
        ("suggested_timeout", 30, 60, False),
        ("allowed_regions", ["a"], ["a", "b"], True),
        ("allowed_regions", ["a", "b"], ["a"], False),
        ("suffix_variable", "a", "b", False),
    ],
)
def test_a_lower_minimum_a_higher_maximum_and_a_longer_list_are_weaker(
    name: str, default: object, used: object, *, weaker: bool
) -> None:
    assert _is_weaker(name, default, used) is weaker
