from __future__ import annotations

import re

import pytest

from tapeproof.evidence.verifier.reservations import (
    CONTRADICTIONS,
    NAMED_BY,
    OF_MANY,
    SENTENCES,
    _is_weaker,
    spell_briefly,
    spell_reservation,
)


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


def unjudged(*paths: str, code: str = "UNJUDGED_FOLDER") -> list[dict[str, object]]:
    return [{"code": code, "contradiction": False, "details": {"path": path}} for path in paths]


@pytest.mark.parametrize("code", sorted(OF_MANY.keys() - NAMED_BY.keys()))
def test_many_of_a_kind_are_told_in_one_sentence_with_their_number(code: str) -> None:
    ((contradiction, told),) = spell_briefly(unjudged("a", "b", "c", "d", "e", code=code))
    assert not contradiction
    assert told.startswith("5 ")
    assert told.endswith(": a, b, c and 2 more")


def test_many_policies_that_were_not_asked_are_told_together() -> None:
    details = {"paths": ["the whole project"], "reason": "r", "results": 0}
    off = [
        {"code": "NOT_ASKED", "contradiction": False, "details": {**details, "policy": f"TP_A_{number}"}}
        for number in range(5)
    ]
    assert spell_briefly(off) == [(False, "5 policies were not asked everywhere: TP_A_0, TP_A_1, TP_A_2 and 2 more")]


def test_a_few_of_a_kind_are_told_one_by_one() -> None:
    found = unjudged("a", "b", "c")
    assert spell_briefly(found) == [(False, spell_reservation(one)) for one in found]


def test_contradictions_are_never_put_together_and_stand_first() -> None:
    details = {"begun": "b", "ended": "e", "answered": "a"}
    late = [
        {"code": "CLOCK_DISAGREES", "contradiction": True, "details": {**details, "item": f"live-{number}"}}
        for number in range(9)
    ]
    told = spell_briefly([*late, *unjudged("a", "b", "c", "d")])
    assert [contradiction for contradiction, _ in told] == [True] * 9 + [False]


def test_a_long_value_is_cut_on_the_cover_and_whole_in_the_appendix() -> None:
    details = {"policy": "TP_SOD_1", "name": "invariants", "default": [], "used": ["x" * 5_000], "weaker": ""}
    reservation = {"code": "PARAMETER_CHANGED", "contradiction": False, "details": details}
    ((_, told),) = spell_briefly([reservation])
    assert len(told) <= 240
    assert told.endswith("…")
    assert "x" * 5_000 in spell_reservation(reservation)
