"""Functions over timestamps (RFC 3339)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.registry import plain
from tapeproof.gate.engine.evaluator.types import STRING

__all__: list[str] = []

_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)")
_DURATION = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}
_VERB = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+")
_MINUTES = 60


def _parse_timestamp(text: str) -> datetime:
    found = _STAMP.fullmatch(text)
    if found is None:
        raise Fault(f"{text!r} is no RFC 3339 timestamp")
    *numbers, fraction, zone = found.groups()
    offset = UTC if zone in "Zz" else _zone(zone)
    try:
        year, month, day, hour, minute, second = map(int, numbers)
        return datetime(year, month, day, hour, minute, second, int(f"{fraction or 0:0<6}"[:6]), tzinfo=offset)
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
    stamp = _parse_timestamp(text)
    body = duration.lstrip("+-")
    if not body or "".join(found[0] for found in _DURATION.finditer(body)) != body:
        raise Fault(f"{duration!r} is no duration")
    seconds = sum(float(found[1]) * _SECONDS[found[2]] for found in _DURATION.finditer(body))
    moved = stamp + timedelta(seconds=-seconds if duration.startswith("-") else seconds)
    return moved.strftime("%Y-%m-%dT%H:%M:%S") + _offset(moved, ":", "Z")


@plain("formatdate", STRING, STRING)
def _formatdate(spec: str, text: str) -> str:
    stamp = _parse_timestamp(text)
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
