"""Times as texts whose order is the order in time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.market import instants
from tapeproof.market.fields import MAX_NS
from tests.effort import cases

SECOND = 10**9


@pytest.mark.parametrize(
    ("ns", "minute"),
    [
        (0, "197001010000"),
        (60 * SECOND - 1, "197001010000"),
        (60 * SECOND, "197001010001"),
        (951_782_400 * SECOND, "200002290000"),  # a leap day
        (1_730_615_399 * SECOND, "202411030629"),  # clocks go back somewhere, and not in UTC
        (1_483_228_799 * SECOND, "201612312359"),
        (MAX_NS, "228611201746"),
    ],
)
def test_a_time_is_of_its_utc_minute_hour_and_day(ns: int, minute: str) -> None:
    assert (instants.minute(ns), instants.hour(ns), instants.day(ns)) == (minute, minute[:10], minute[:8])


@settings(max_examples=cases(50))
@given(st.integers(0, MAX_NS), st.integers(0, MAX_NS))
def test_the_order_of_the_texts_is_the_order_in_time(one: int, two: int) -> None:
    assert (instants.ns_text(one) < instants.ns_text(two)) == (one < two)
    assert (instants.minute(one) <= instants.minute(two)) or two < one
    assert len(instants.ns_text(one)) == 19


@settings(max_examples=cases(30))
@given(st.integers(0, 4 * 10**9))
def test_the_calendar_is_that_of_the_standard_library(seconds: int) -> None:
    expected = datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%d%H%M")
    assert instants.minute(seconds * SECOND) == expected
