"""Functions over timestamps (RFC 3339)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.registry import plain
from tapeproof.gate.engine.evaluator.types import STRING
from tapeproof.gate.late_pattern import compile_late

__all__: list[str] = []

_STAMP = compile_late(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)", re.ASCII)
_DURATION = compile_late(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)", re.ASCII)
_NANOSECONDS = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "μs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_SECOND = 10**9
_VERB = compile_late(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+")
_MINUTES = 60


def _parse_timestamp(text: str) -> tuple[datetime, int]:
    """Return a timestamp to the second, and the nanoseconds that are left; Go cuts what is finer."""
    found = _STAMP.fullmatch(text)
    if found is None:
        raise Fault(f"{text!r} is no RFC 3339 timestamp")
    *numbers, fraction, zone = found.groups()
    offset = UTC if zone == "Z" else _zone(zone)
    try:
        year, month, day, hour, minute, second = map(int, numbers)
        stamp = datetime(year, month, day, hour, minute, second, tzinfo=offset)
        return stamp, int(f"{fraction or '':0<9}"[:9])
    except ValueError as error:
        raise Fault(f"{text!r} is no RFC 3339 timestamp: {error}") from None


def _zone(text: str) -> timezone:
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[4:6])))


@plain("timecmp", STRING, STRING)
def _timecmp(one: str, other: str) -> int:
    first, second = _parse_timestamp(one), _parse_timestamp(other)
    return (first > second) - (first < second)


@plain("timeadd", STRING, STRING)
def _timeadd(text: str, duration: str) -> str:
    stamp, nanoseconds = _parse_timestamp(text)
    moved = stamp + timedelta(seconds=(nanoseconds + _nanoseconds_of(duration)) // _SECOND)
    return moved.strftime("%Y-%m-%dT%H:%M:%S") + _offset(moved, ":", "Z")


def _nanoseconds_of(duration: str) -> int:
    """Return a duration as Go reads it: one sign at most, a unit behind every number but a lone zero."""
    body = duration[1:] if duration[:1] in {"+", "-"} else duration
    parts = list(_DURATION.finditer(body))
    if body != "0" and (not body or "".join(part[0] for part in parts) != body):
        raise Fault(f"{duration!r} is no duration")
    total = sum(int(Decimal(part[1]) * _NANOSECONDS[part[2]]) for part in parts)
    return -total if duration.startswith("-") else total


@plain("formatdate", STRING, STRING)
def _formatdate(spec: str, text: str) -> str:
    stamp, _ = _parse_timestamp(text)
    result, here = [], 0
    while here < len(spec):
        found = _VERB.match(spec, here)
        if found is None:
            raise Fault("formatdate: a quote is not closed")
        here = found.end()
        if found[1] is not None:
            result.append(found[1].replace("''", "'") or "'")
        else:
            result.append(_format_timestamp(found[0], stamp) if found[2] else found[0])
    return "".join(result)


def _format_timestamp(verb: str, stamp: datetime) -> str:
    hour = stamp.hour % 12 or 12
    shown = {
        "YYYY": f"{stamp.year:04}",
        "YY": f"{stamp.year % 100:02}",
        "MMMM": f"{stamp:%B}",
        "MMM": f"{stamp:%b}",
        "MM": f"{stamp.month:02}",
        "M": f"{stamp.month}",
        "DD": f"{stamp.day:02}",
        "D": f"{stamp.day}",
        "EEEE": f"{stamp:%A}",
        "EEE": f"{stamp:%a}",
        "hh": f"{stamp.hour:02}",
        "h": f"{stamp.hour}",
        "HH": f"{hour:02}",
        "H": f"{hour}",
        "AA": f"{stamp:%p}".upper(),
        "aa": f"{stamp:%p}".lower(),
        "mm": f"{stamp.minute:02}",
        "m": f"{stamp.minute}",
        "ss": f"{stamp.second:02}",
        "s": f"{stamp.second}",
        "ZZZZZ": _offset(stamp, ":", "+00:00"),
        "ZZZZ": _offset(stamp, "", "+0000"),
        "ZZZ": _offset(stamp, "", "UTC"),
        "Z": _offset(stamp, ":", "Z"),
    }.get(verb)
    if shown is None:
        raise Fault(f"formatdate has no verb {verb!r}")
    return shown


def _offset(stamp: datetime, separator: str, utc: str) -> str:
    minutes = int((stamp.utcoffset() or timedelta()).total_seconds()) // _MINUTES
    if not minutes:
        return utc
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), _MINUTES)
    return f"{sign}{hours:02}{separator}{rest:02}"
