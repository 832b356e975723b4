"""Hours of lanes: their names ``yyyymmddhh``, when they begin, and for how long after their end they stay open."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from tapeproof.log.entry import hour_of

__all__ = ["GRACE_SECONDS", "HOUR_SECONDS", "SKEW_SECONDS", "hour_seconds", "is_hour", "next_hour"]

HOUR_SECONDS = 3_600
GRACE_SECONDS = 20 * 60
"""After an hour's end: a function may run for 15 minutes and retry one write for 10, and clocks differ."""
SKEW_SECONDS = 300
"""How far two honest clocks may differ."""
_SECOND = 10**9
_HOUR_NAME = re.compile(r"\d{10}", re.ASCII)


def next_hour(hour: str, step: int = 1) -> str:
    """Return the hour ``step`` after an hour, both ``yyyymmddhh``."""
    return hour_of((hour_seconds(hour) + step * HOUR_SECONDS) * _SECOND)


def hour_seconds(hour: str) -> int:
    """Return the start of an hour, seconds since 1970.

    Raises:
        ValueError: It is no hour.
    """
    if not _HOUR_NAME.fullmatch(hour):
        raise ValueError(f"{hour[:20]!r} is no hour yyyymmddhh")
    start = datetime(int(hour[:4]), int(hour[4:6]), int(hour[6:8]), int(hour[8:]), tzinfo=UTC)
    return int(start.timestamp())


def is_hour(text: str) -> bool:
    """Return whether a text names an hour since 1970."""
    try:
        return hour_seconds(text) >= 0
    except ValueError:
        return False
