"""Functions over timestamps read them as Go does: RFC 3339 to the nanosecond, durations with a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

NEW_YEAR = "2020-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("duration", "answer"),
    [
        ("1h30m", "2020-01-01T01:30:00Z"),
        ("+1h", "2020-01-01T01:00:00Z"),
        ("-1ns", "2019-12-31T23:59:59Z"),
        (".5h", "2020-01-01T00:30:00Z"),
        ("1µs", NEW_YEAR),
        ("0", NEW_YEAR),
        ("-0", NEW_YEAR),
        ("--1h", Fault),
        ("-+1h", Fault),
        ("", Fault),
        ("1", Fault),
        ("1d", Fault),
        (".h", Fault),
        ("1h 2m", Fault),
        ("100000000h", Fault),
    ],
)
def test_a_duration_has_one_sign_and_units(duration: str, answer: object, plain: Callable[[str], object]) -> None:
    assert plain(f'timeadd("{NEW_YEAR}", "{duration}")') == answer


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (NEW_YEAR, "2020-01-01T01:00:00+01:00", 0),
        ("2020-01-01T00:00:00.0000001Z", "2020-01-01T00:00:00.0000002Z", -1),
        ("2020-01-01T00:00:00,5Z", "2020-01-01T00:00:00.5Z", 0),
        ("2020-01-01T00:00:00.1234567891Z", "2020-01-01T00:00:00.123456789Z", 0),
        ("2020-01-01t00:00:00Z", NEW_YEAR, Fault),
        ("2020-01-01T00:00:00z", NEW_YEAR, Fault),
        ("2020-01-01 00:00:00Z", NEW_YEAR, Fault),
        ("2020-02-30T00:00:00Z", NEW_YEAR, Fault),
        ("2020-01-01T24:00:00Z", NEW_YEAR, Fault),
        ("2020-01-01T00:00:00", NEW_YEAR, Fault),
        ("\uff12\uff10\uff12\uff10-01-01T00:00:00Z", NEW_YEAR, Fault),
    ],
)
def test_timestamps_are_compared_to_the_nanosecond(
    one: str, other: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(f'timecmp("{one}", "{other}")') == answer


@pytest.mark.parametrize(
    ("form", "answer"),
    [
        ("EEE, DD MMM YYYY hh:mm:ss ZZZ", "Tue, 02 Jan 2018 23:12:01 +0530"),
        ("EEEE D MMMM YY H:m:s aa", "Tuesday 2 January 18 11:12:1 pm"),
        ("h HH AA Z ZZZZ ZZZZZ", "23 11 PM +05:30 +0530 +05:30"),
        ("'o''clock'", "o'clock"),
        ("''", "'"),
        ("é-", "é-"),
        ("", ""),
        ("'open", Fault),
        ("YYYYY", Fault),
        ("x", Fault),
    ],
)
def test_a_date_is_written_by_its_letters(form: str, answer: object, plain: Callable[[str], object]) -> None:
    assert plain(f'formatdate("{form}", "2018-01-02T23:12:01+05:30")') == answer


def test_utc_has_names_of_its_own(plain: Callable[[str], object]) -> None:
    assert plain(f'formatdate("Z ZZZ ZZZZ ZZZZZ", "{NEW_YEAR}")') == "Z UTC +0000 +00:00"
    assert plain('formatdate("Z", "2020-01-01T00:00:00-00:30")') == "-00:30"
