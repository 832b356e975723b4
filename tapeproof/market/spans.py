"""Ranges of times as ranges of sort keys, and where a page ended in them."""

from __future__ import annotations

from tapeproof.market.errors import StoreError
from tapeproof.market.fields import MAX_NS
from tapeproof.market.instants import ns_text
from tapeproof.market.paging import Span

__all__ = [
    "AFTER_EVERYTHING",
    "BEFORE_EVERYTHING",
    "NS_DIGITS",
    "list_steps",
    "prefix_span",
    "resume_time",
    "sort_after",
    "time_span",
    "window_start",
]

BEFORE_EVERYTHING, AFTER_EVERYTHING = "!", "~"
NS_DIGITS = 19


def time_span(start_ns: int, end_ns: int) -> Span:
    """Return the sort keys of a range of times.

    Raises:
        StoreError: The range is empty, or lies outside the times that keys can hold.
    """
    if not 0 <= start_ns < end_ns <= MAX_NS + 1:
        raise StoreError(f"a range starts before it ends, from 0 to {MAX_NS} ns, got {start_ns} to {end_ns}")
    return Span(ns_text(start_ns), ns_text(end_ns - 1) + AFTER_EVERYTHING)


def prefix_span(prefix: str) -> Span:
    """Return the sort keys that begin with a text."""
    return Span(prefix, prefix + AFTER_EVERYTHING)


def list_steps(start_ns: int, end_ns: int, step: int) -> range:
    """Return a time in each hour (or minute) that a range touches."""
    return range(start_ns // step * step, end_ns, step)


def window_start(last: str) -> int:
    """Return the first hour of the window in which a page ended.

    Raises:
        StoreError: The place is damaged.
    """
    start, bar, sort = last.partition("|")
    if not bar or not sort or not (start.isascii() and start.isdecimal()):
        raise StoreError("the page token is damaged: start again without it")
    return int(start)


def sort_after(last: str | None, start: int) -> str:
    """Return the sort key after which a window is read: the last one, where the page before ended in it."""
    if last is None or window_start(last) != start:
        return ""
    # A sort key that goes on after `last` and a space follows it directly.
    return f"{last.partition('|')[2]} "


def resume_time(start_ns: int, last: str | None) -> int:
    """Return the time from which partitions have to be read, given the sort key at which the page before ended.

    Raises:
        StoreError: The sort key is damaged.
    """
    if last is None:
        return start_ns
    if not last[:NS_DIGITS].isdecimal() or not last.isascii():
        raise StoreError("the page token is damaged: start again without it")
    return int(last[:NS_DIGITS])
