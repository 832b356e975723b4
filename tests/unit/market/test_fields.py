"""One field of a stranger's message: what is read of it, to the last digit, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market import fields
from tapeproof.market.errors import Rejection

SECOND = 1_000_000_000
NEW_YEAR = 1_483_228_800  # 2017-01-01T00:00:00Z


@pytest.mark.parametrize(
    ("text", "ns"),
    [
        ("2017-01-01T00:00:00Z", NEW_YEAR * SECOND),
        ("2017-01-01t00:00:00z", NEW_YEAR * SECOND),
        ("2017-01-01 00:00:00.5+00:00", NEW_YEAR * SECOND + SECOND // 2),
        ("2017-01-01T00:00:00.77Z", NEW_YEAR * SECOND + 770_000_000),
        ("2017-01-01T00:00:00.000000001Z", NEW_YEAR * SECOND + 1),
        ("2017-01-01T02:00:00+02:00", NEW_YEAR * SECOND),
        ("2016-12-31T19:00:00-0500", NEW_YEAR * SECOND),
        ("2017-01-01T05:45:00+05:45", NEW_YEAR * SECOND),
        ("2016-12-31T23:59:60Z", NEW_YEAR * SECOND),  # a leap second
        ("2016-12-31T23:59:60.25Z", NEW_YEAR * SECOND + SECOND // 4),
        ("2017-01-01T08:59:60+09:00", NEW_YEAR * SECOND),
        ("2024-02-29T00:00:00Z", 1_709_164_800 * SECOND),
        # Clocks of New York go back: the offset tells which of the two half past ones it is.
        ("2024-11-03T01:30:00-04:00", 1_730_611_800 * SECOND),
        ("2024-11-03T01:30:00-05:00", 1_730_615_400 * SECOND),
    ],
)
def test_a_time_is_read_to_the_nanosecond_wherever_its_clock_stood(text: str, ns: int) -> None:
    assert fields.iso_ns(text, "time") == ns


@pytest.mark.parametrize(
    "text",
    [
        "2017-01-01T00:00:00",  # nobody can tell when
        "2017-01-01",
        "2023-02-29T00:00:00Z",
        "2017-01-01T00:30:60Z",  # no leap second stands there
        "2017-01-01T24:00:00Z",
        "2017-01-01T00:00:61Z",
        "2017-01-01T00:00:00.1234567890Z",
        "0001-01-01T00:00:00Z",  # how Go writes that there is none
        "0001-01-01T00:00:00+14:00",
        "2300-01-01T00:00:00Z",
        "1700000000",
        "",
        None,
        5,
    ],
)
def test_what_is_no_instant_is_refused(text: object) -> None:
    with pytest.raises(Rejection, match="time"):
        fields.iso_ns(text, "time")


@pytest.mark.parametrize(
    ("given", "side"),
    [
        *((one, "buy") for one in ("buy", "BUY", "B", "bid", "Bid", "b")),
        *((one, "sell") for one in ("SELL", "S", "A", "ask", "ASK", "offer")),
    ],
)
def test_a_side_is_a_word_or_a_letter_in_any_case(given: str, side: str) -> None:
    assert fields.side(given) == side


@pytest.mark.parametrize("given", ["", "x", "N", "1", "buyer", None, True, ["buy"]])
def test_what_is_no_side_is_refused(given: object) -> None:
    with pytest.raises(Rejection, match="side must be buy or sell"):
        fields.side(given)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("1.50", "1.50"),
        ("1e-7", "0.0000001"),
        ("1E+3", "1000"),
        ("2.5e1", "25"),
        ("0", "0"),
        ("0.00000000", "0.00000000"),
        ("9" * 30, "9" * 30),
    ],
)
def test_a_decimal_keeps_its_digits(given: str, plain: str) -> None:
    assert fields.decimal(given, "size") == plain


@pytest.mark.parametrize(
    "given", ["-1", "+1", ".5", "5.", "01", "1,5", "1e31", "NaN", "Infinity", "٣", "1\n", 1.5, None]
)
def test_what_is_no_decimal_is_refused(given: object) -> None:
    with pytest.raises(Rejection, match="size must be"):
        fields.decimal(given, "size")


def test_a_price_may_be_negative_and_a_size_may_not() -> None:
    assert fields.decimal("-37.63", "price", signed=True) == "-37.63"
    with pytest.raises(Rejection):
        fields.decimal("-0.1", "size")


@pytest.mark.parametrize(("given", "number"), [("0", 0), ("18446744073709551615", (1 << 64) - 1)])
def test_an_integer_has_64_bits(given: str, number: int) -> None:
    assert fields.integer(given, "id") == number
    with pytest.raises(Rejection):
        fields.integer("18446744073709551616", "id")


def test_an_entry_that_does_not_fit_stands_in_its_place_as_a_rejection() -> None:
    found = list(fields.each(["1", "x", "3"], "rows", lambda row: fields.integer(row, "row")))
    assert [found[0], found[2]] == [1, 3]
    assert isinstance(found[1], Rejection)
    assert found[1].item == 1


def test_entries_of_several_records_come_one_after_the_other_and_a_bad_one_takes_its_own_only() -> None:
    def twice(row: Any) -> list[int]:  # noqa: ANN401 - of a message
        return [fields.integer(row, "row")] * 2

    found = list(fields.all_of(["1", "x", "3"], "rows", twice))
    assert [one for one in found if not isinstance(one, Rejection)] == [1, 1, 3, 3]
    assert [one.item for one in found if isinstance(one, Rejection)] == [1]


@pytest.mark.parametrize("rows", [{}, "rows", None])
def test_what_is_no_list_is_refused_as_a_whole(rows: object) -> None:
    with pytest.raises(Rejection, match="rows must be a list"):
        list(fields.each(rows, "rows", str))


def test_levels_are_bounded_and_their_rows_wide_enough() -> None:
    assert fields.levels([["1", "2", "more"]], "bids") == (("1", "2"),)
    with pytest.raises(Rejection, match="at most"):
        fields.levels([["1", "2"]] * (fields.MAX_LEVELS + 1), "bids")
    with pytest.raises(Rejection, match="2 or more values"):
        fields.levels([["1"]], "bids")


def test_what_no_place_holds_is_what_is_left() -> None:
    assert fields.rest({"a": "1", "b": None}, frozenset({"a"})) == {"b": None}
    assert fields.rest({"a": "1"}, frozenset({"a"})) is None


@pytest.mark.parametrize(
    ("text", "scale", "ns"),
    [
        ("1718000000123", 1_000_000, 1_718_000_000_123_000_000),
        ("1718000000123.0", 1_000_000, 1_718_000_000_123_000_000),
        ("1718000000123.456789", 1_000_000, 1_718_000_000_123_456_789),
        ("1718000000.123456789", 1_000_000_000, 1_718_000_000_123_456_789),
        ("1718000000123456.5", 1_000, 1_718_000_000_123_456_500),
        ("5", 1, 5),
    ],
)
def test_a_time_in_units_may_have_a_fraction_of_whole_nanoseconds(text: str, scale: int, ns: int) -> None:
    assert fields.scaled_ns(text, "time", scale=scale) == ns


@pytest.mark.parametrize(
    ("text", "scale"),
    [("5.0", 1), ("1718000000123.4567891", 1_000_000), ("1.", 1_000), (".5", 1_000), ("-1.5", 1_000), ("1e3", 1_000)],
)
def test_a_time_that_is_no_whole_nanosecond_is_refused(text: str, scale: int) -> None:
    with pytest.raises(Rejection):
        fields.scaled_ns(text, "time", scale=scale)


@pytest.mark.parametrize(
    ("given", "plain"), [("-0", "0"), ("-0.0", "0.0"), ("-0.00000000", "0.00000000"), ("-0e3", "0")]
)
def test_a_size_of_minus_nothing_is_nothing(given: str, plain: str) -> None:
    assert fields.decimal(given, "size") == plain
