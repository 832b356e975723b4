"""Expressions of schedules: those that AWS refuses, and those whose time never comes.

Sources: Amazon EventBridge User Guide, "Setting a schedule pattern for scheduled rules"; EventBridge Scheduler User
Guide, "Schedule types in EventBridge Scheduler".
"""

from __future__ import annotations

import re
from calendar import monthrange

from tapeproof.gate.engine.named_tuple import NamedTuple

__all__ = ["is_over", "schedule_fault"]

_THIS_YEAR = 2026
"""A year before it is over whenever the gate runs; no clock is asked, so an answer does not change by itself."""
_LEAP_YEAR = 2028
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


class _Field(NamedTuple):
    """A field of ``cron()``: what it is called, its first and last number, and names that stand for numbers."""

    name: str
    first: int
    last: int
    names: tuple[str, ...] = ()


_FIELDS = (
    _Field("minutes", 0, 59),
    _Field("hours", 0, 23),
    _Field("day-of-month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day-of-week", 1, 7, _DAYS),
    _Field("year", 1970, 2199),
)


def schedule_fault(expression: str, *, once: bool = False) -> str:
    """Return why a schedule is refused or never comes; empty when nothing is wrong.

    Args:
        expression: ``rate()``, ``cron()`` or ``at()``.
        once: Whether it may be ``at()``, as EventBridge Scheduler takes it and rules do not.
    """
    rate = re.fullmatch(r"rate\((\d+) (minute|hour|day)(s?)\)", expression)
    if rate:
        if int(rate[1]) == 0:
            return "a rate must be above zero"
        return "" if (int(rate[1]) == 1) != bool(rate[3]) else "a rate of 1 takes the singular, any other the plural"
    cron = re.fullmatch(r"cron\(([^()]*)\)", expression)
    if cron:
        return _fault_of_cron(cron[1].split())
    at = re.fullmatch(r"at\((\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d\)", expression)
    if at is None:
        return "it is no rate(), cron() or at() expression"
    if not once:
        return "a rule takes rate() and cron(); at() is for aws_scheduler_schedule"
    return _fault_of_day(*map(int, at.groups()))


def is_over(time: str) -> bool:
    """Return whether a time, written with its year first, is surely over."""
    return time[:4].isdigit() and int(time[:4]) < _THIS_YEAR


def _fault_of_day(year: int, month: int, day: int) -> str:
    if not 1 <= month <= len(_MONTHS) or not 1 <= day <= monthrange(year, month)[1]:
        return "there is no such day"
    return "its time is over, so it never comes" if year < _THIS_YEAR else ""


def _fault_of_cron(fields: list[str]) -> str:
    if len(fields) != len(_FIELDS):
        return f"cron() takes six fields, this has {len(fields)}"
    if (fields[2] == "?") == (fields[4] == "?"):
        return "one of day-of-month and day-of-week must be ?"
    numbers: list[set[int] | None] = []
    for text, field in zip(fields, _FIELDS, strict=True):
        found = _numbers_of(text, field)
        if isinstance(found, str):
            return found
        numbers.append(found)
    return _fault_of_dates(numbers[2], numbers[3], numbers[5])


def _fault_of_dates(days: set[int] | None, months: set[int] | None, years: set[int] | None) -> str:
    """Return why no day is meant; None stands for what is not written as numbers."""
    ahead = years if years is None else {year for year in years if year >= _THIS_YEAR}
    if ahead is not None and not ahead:
        return "its years are over, so it never comes"
    if days is None or months is None:
        return ""
    first, leap = min(days), {_LEAP_YEAR} if ahead is None else ahead
    if any(first <= monthrange(year, month)[1] for year in leap for month in months):
        return ""
    return "no month that it names has such a day, so it never comes"


def _numbers_of(text: str, field: _Field) -> set[int] | str | None:
    """Return the numbers that a field stands for, None when it is not written by them, or what is wrong with it."""
    found: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"(\*|\w+)(?:-(\w+))?(?:/(\d+))?", part)
        if match is None:
            return None
        first, last = (_number_of(end, field) for end in (match[1], match[2] or match[1]))
        if match[1] == "*":
            first, last = field.first, field.last
        elif first is None or last is None:
            return None
        if not field.first <= first <= field.last or not field.first <= last <= field.last:
            return f"the field {field.name} takes {field.first} to {field.last}, not {part}"
        if match[3] is not None:
            last = last if match[2] else field.last
        if first > last:
            return None
        found.update(range(first, last + 1, max(1, int(match[3] or 1))))
    return found


def _number_of(text: str, field: _Field) -> int | None:
    if text.isdecimal():
        return int(text)
    return field.names.index(text.upper()) + field.first if text.upper() in field.names else None
