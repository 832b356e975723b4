"""Numbers, dates and addresses as points on a line."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeproof.gate.access.measures import Span, points_around, read_point, write_point


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        ("number", ""),
        ("number", "ten"),
        ("number", "1e9"),
        ("number", "1/3"),
        ("number", " 10"),
        ("number", "0x10"),
        ("number", "\u0661\u0660"),
        ("number", "9" * 41),
        ("date", "tomorrow"),
        ("date", "--20260"),
        ("date", "2026-13-01T00:00:00Z"),
        ("address", "10.0.0.256"),
        ("address", "10.0.0.0/8"),
        ("address", ""),
    ],
)
def test_what_is_not_of_the_measure_has_no_place(measure: str, text: str) -> None:
    assert read_point(measure, text) is None


@pytest.mark.parametrize(
    ("measure", "one", "other"),
    [
        ("number", "10", "10.00"),
        ("number", "+1.5", "1.5"),
        ("date", "2026-01-01T00:00:00Z", "1767225600"),
        ("date", "2026-01-01T01:00:00+01:00", "2026-01-01"),
        ("address", "2001:db8::1", "2001:0db8:0:0::1"),
    ],
)
def test_two_ways_to_write_a_value_are_one_place(measure: str, one: str, other: str) -> None:
    assert read_point(measure, one) == read_point(measure, other) is not None


@given(st.fractions(max_denominator=1).filter(lambda f: abs(f) < 10**18), st.integers(0, 9))
def test_a_number_lies_where_it_is_written(whole: Fraction, digits: int) -> None:
    point = (0, whole / 10**digits)
    assert read_point("number", write_point("number", point)) == point


@pytest.mark.parametrize(
    ("measure", "point", "text"),
    [
        ("number", (0, Fraction(-1, 4)), "-0.25"),
        ("number", (0, Fraction(10**16 * 4 + 1, 4)), "10000000000000000.25"),
        ("date", (0, Fraction(0)), "1970-01-01T00:00:00Z"),
        ("date", (0, Fraction(1767225600000)), "1767225600000"),
        ("address", (4, Fraction(0x0A000001)), "10.0.0.1"),
        ("address", (6, Fraction(1)), "::1"),
    ],
)
def test_a_place_is_written_in_full(measure: str, point: tuple[int, Fraction], text: str) -> None:
    assert write_point(measure, point) == text
    assert read_point(measure, text) == point


def test_an_open_end_is_outside() -> None:
    ten = (0, Fraction(10))
    assert "10" in Span("number", None, ten, "at most")
    assert "10" not in Span("number", None, ten, "less", high_open=True)
    assert "ten" not in Span("number", None, ten, "less")


def test_an_address_of_the_other_family_is_in_no_range() -> None:
    everything = Span("address", (4, Fraction(0)), (4, Fraction(2**32 - 1)), "0.0.0.0/0")
    assert "255.255.255.255" in everything
    assert "::ffff:10.0.0.1" not in everything


def test_points_lie_in_every_interval_that_the_ends_cut() -> None:
    spans = [Span("number", (0, Fraction(1, 10)), (0, Fraction(2, 10)), "")]
    points = [place for _, place in points_around(spans, "number")]
    assert any(place < Fraction(1, 10) for place in points)
    assert any(Fraction(1, 10) < place < Fraction(2, 10) for place in points)
    assert any(place > Fraction(2, 10) for place in points)
    assert points_around([], "number") == [(0, Fraction(0))]


def test_no_point_lies_beyond_the_last_address() -> None:
    spans = [Span("address", (4, Fraction(0)), (4, Fraction(2**32 - 1)), "0.0.0.0/0")]
    assert all(0 <= place < 2**32 for line, place in points_around(spans, "address") if line == 4)
