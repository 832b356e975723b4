"""Plain data becomes values, at any depth that somebody writes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tapeproof.gate.engine.model import Known, Span, Unknown
from tapeproof.gate.frontends.plain import inner, value_of

PLACE = Span("plan.json")


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        (None, None),
        (True, True),
        (0.1, Decimal("0.1")),
        (10**30, 10**30),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02T00:00:00+00:00"),
        ({"a": [1, {"b": None}], 5: "x"}, {"a": [1, {"b": None}], "5": "x"}),
        ((1, 2), [1, 2]),
        ([], []),
    ],
)
def test_plain_data_is_a_known_value_all_at_one_place(plain: object, value: object) -> None:
    made = value_of(plain, PLACE)
    assert made.plain() == value
    assert {part.span for part in made.parts()} == {PLACE}


def test_a_value_inside_stays_what_it_is() -> None:
    unknown = Unknown("AWS refused")
    assert value_of([unknown], PLACE).elements()[0] is unknown


@pytest.mark.parametrize("plain", [b"bytes", object(), {1, 2}])
def test_what_is_no_data_is_unknown_and_says_what_it_is(plain: object) -> None:
    made = value_of(plain, PLACE)
    assert isinstance(made, Unknown)
    assert type(plain).__name__ in made.why


def test_what_is_nested_without_end_is_unknown_at_its_bottom() -> None:
    deep: object = "x"
    for _ in range(5000):
        deep = [deep]
    made = value_of(deep, PLACE)
    assert not made.known
    assert [part.why for part in made.parts() if not isinstance(part, Known)] == ["it is nested too deeply"]


def test_only_what_is_marked_is_sensitive() -> None:
    made = value_of({"a": {"b": 1, "c": 2}, "d": [3, 4]}, PLACE, sensitive={"a": {"b": True}, "d": [False, True]})
    assert [part.value for part in made.parts() if part.sensitive and isinstance(part, Known)] == [1, 4]
    assert all(part.sensitive for part in value_of({"a": [1]}, PLACE, sensitive=True).parts())


@pytest.mark.parametrize(
    ("marks", "key", "part"),
    [
        ({"a": True}, "a", True),
        ({"a": True}, "b", False),
        ([True], 0, True),
        ([True], 1, False),
        (True, "x", True),
        (False, 0, False),
        ("text", 0, False),
    ],
)
def test_marks_are_followed_in_parallel(marks: object, key: object, part: object) -> None:
    assert inner(marks, key) is part
