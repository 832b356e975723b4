"""Times as the texts of keys: UTC and zero-padded, so that the order of the text is the order in time."""

from __future__ import annotations

import functools
import time

__all__ = ["HOUR_NS", "MINUTE_NS", "SECOND_NS", "day", "hour", "minute", "ns_text"]

SECOND_NS = 1_000_000_000
MINUTE_NS = 60 * SECOND_NS
HOUR_NS = 60 * MINUTE_NS


def ns_text(ns: int) -> str:
    """Return nanoseconds since 1970 as 19 digits."""
    return f"{ns:019d}"


def day(ns: int) -> str:
    """Return the UTC day of a time as ``yyyymmdd``."""
    return _minute(ns // MINUTE_NS)[:8]


def hour(ns: int) -> str:
    """Return the UTC hour of a time as ``yyyymmddhh``."""
    return _minute(ns // MINUTE_NS)[:10]


def minute(ns: int) -> str:
    """Return the UTC minute of a time as ``yyyymmddhhmm``."""
    return _minute(ns // MINUTE_NS)


@functools.lru_cache(maxsize=256)
def _minute(number: int) -> str:
    # Events come in by the thousand within the same minute.
    return time.strftime("%Y%m%d%H%M", time.gmtime(60 * number))
