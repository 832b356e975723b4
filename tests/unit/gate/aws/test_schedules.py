"""Schedules that AWS refuses, and those that never come."""

from __future__ import annotations

import pytest

from tapeproof.gate.aws.schedules import is_over, schedule_fault


@pytest.mark.parametrize(
    "expression",
    [
        "rate(1 minute)",
        "rate(5 minutes)",
        "cron(0 12 * * ? *)",
        "cron(0/15 9-16 ? * MON-FRI *)",
        "cron(0 0 29 2 ? *)",
        "cron(0 0 29 2 ? 2028)",
        "cron(0 0 31 1,4 ? *)",
        "cron(0 0 30 feb,mar ? *)",
        "cron(0 0 L * ? *)",
        "cron(0 0 3W * ? *)",
        "cron(0 0 ? * 6#3 *)",
        "cron(0 0 ? * FRI-MON *)",
        "cron(*/5 * * * ? 2020-2199)",
        "cron(0 8 1 */3 ? *)",
    ],
)
def test_a_schedule_that_comes_has_no_fault(expression: str) -> None:
    assert schedule_fault(expression) == ""


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("rate(1 minutes)", "singular"),
        ("rate(5 minute)", "plural"),
        ("rate(0 minutes)", "above zero"),
        ("rate(5 seconds)", "no rate(), cron() or at()"),
        ("cron(0 12 * * *)", "takes six fields, this has 5"),
        ("cron(0 12 * * * *)", "must be ?"),
        ("cron(60 12 * * ? *)", "the field minutes takes 0 to 59, not 60"),
        ("cron(0 24 * * ? *)", "the field hours takes 0 to 23, not 24"),
        ("cron(0 0-24 * * ? *)", "the field hours takes 0 to 23, not 0-24"),
        ("cron(0 0 ? * 0 *)", "the field day-of-week takes 1 to 7, not 0"),
        ("cron(0 0 32 * ? *)", "the field day-of-month takes 1 to 31, not 32"),
        ("cron(0 0 1 13 ? *)", "the field month takes 1 to 12, not 13"),
        ("cron(0 0 30 2 ? *)", "no month that it names has such a day"),
        ("cron(0 0 31 APR,jun,9,11 ? *)", "no month that it names has such a day"),
        ("cron(0 0 29 2 ? 2027)", "no month that it names has such a day"),
        ("cron(0 0 1 1 ? 2020)", "its years are over"),
        ("cron(0 0 1 1 ? 2019-2021)", "its years are over"),
        ("at(2030-01-01T00:00:00)", "at() is for aws_scheduler_schedule"),
        ("", "no rate(), cron() or at()"),
    ],
)
def test_what_is_refused_or_never_comes_is_told(expression: str, said: str) -> None:
    assert said in schedule_fault(expression)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("at(2099-01-01T00:00:00)", ""),
        ("at(2020-01-01T00:00:00)", "its time is over"),
        ("at(2099-02-29T00:00:00)", "no such day"),
        ("at(2099-13-01T00:00:00)", "no such day"),
        ("at(tomorrow)", "no rate(), cron() or at()"),
    ],
)
def test_a_time_may_come_once_where_that_is_asked(expression: str, said: str) -> None:
    fault = schedule_fault(expression, once=True)
    assert said in fault
    assert bool(fault) is bool(said)


@pytest.mark.parametrize(
    ("time", "over"), [("2020-01-01T00:00:00Z", True), ("2099-01-01T00:00:00Z", False), ("", False)]
)
def test_a_time_of_a_year_long_gone_is_over(time: str, *, over: bool) -> None:
    assert is_over(time) is over
