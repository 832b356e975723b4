from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeproof.log.entry import hour_of
from tapeproof.log.hours import hour_seconds, is_hour, next_hour


@pytest.mark.parametrize(
    ("hour", "step", "other"),
    [
        ("2025123123", 1, "2026010100"),
        ("2026010100", -1, "2025123123"),
        ("2024022823", 1, "2024022900"),
        ("2023022823", 1, "2023030100"),
        ("2025033001", 1, "2025033002"),
        ("2025112306", -48, "2025112106"),
        ("2025112306", 0, "2025112306"),
    ],
)
def test_hours_follow_each_other_over_years_leap_days_and_without_summer_time(hour: str, step: int, other: str) -> None:
    assert next_hour(hour, step) == other
    assert next_hour(other, -step) == hour


@given(number=st.integers(0, 2_000_000))
def test_an_hour_and_its_seconds_name_each_other(number: int) -> None:
    seconds = number * 3_600
    assert hour_seconds(hour_of(seconds * 10**9)) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "2025112324",
        "2025113306",
        "2025023006",
        "0000010100",
        "20251123060",
        " 025112306",
        "\u0662025112306",
        "2025-11-23",
    ],
)
def test_a_text_that_names_no_hour_is_refused(text: str) -> None:
    assert not is_hour(text)
    with pytest.raises(ValueError, match=r"no hour|must be in|out of range|is invalid"):
        hour_seconds(text)


def test_an_hour_before_1970_is_one_that_no_log_has() -> None:
    assert hour_seconds("1969123123") == -3_600
    assert not is_hour("1969123123")
    assert is_hour("1970010100")
