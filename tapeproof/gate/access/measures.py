"""Values that are compared by size: numbers, dates, addresses. Each is a point on a line, each test a set of points."""

from __future__ import annotations

import ipaddress
import itertools
import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from tapeproof.gate.engine.named_tuple import NamedTuple

__all__ = ["MEASURES", "Span", "points_around", "read_point", "write_point"]

MEASURES = ("number", "date", "address")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Point = tuple[int, Fraction]
"""The line (4 and 6 for addresses, 0 else) and the place on it."""
_IPV4 = 4
_LONGEST = 40
"""Longer texts are no numbers and no dates that AWS would compare."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


class Span(NamedTuple):
    """The points between two ends, each of which may be open; None is without end."""

    measure: str
    low: Point | None
    high: Point | None
    text: str
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, text: object) -> bool:
        point = read_point(self.measure, text) if isinstance(text, str) else None
        if point is None:
            return False
        lines = [end[0] for end in (self.low, self.high) if end is not None]
        if any(line != point[0] for line in lines):
            return False
        above = self.low is None or point > self.low or (point == self.low and not self.low_open)
        below = self.high is None or point < self.high or (point == self.high and not self.high_open)
        return above and below


def read_point(measure: str, text: str) -> Point | None:
    """Return where the value lies, None where it is not of that measure."""
    try:
        if measure == "address":
            address = ipaddress.ip_address(text)
            return address.version, Fraction(int(address))
        if len(text) > _LONGEST:
            return None
        if measure == "number":
            return (0, Fraction(text)) if _NUMBER.fullmatch(text) else None
        return 0, _date(text)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None


def _date(text: str) -> Fraction:
    if text.lstrip("-").isdigit() and len(text) > len("2026"):
        return Fraction(int(text))
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Fraction((moment - _EPOCH) // timedelta(microseconds=1), 1_000_000)


def write_point(measure: str, point: Point) -> str:
    """Return a value that lies at the point."""
    line, place = point
    if measure == "address":
        whole = int(place)
        return str(ipaddress.IPv4Address(whole) if line == _IPV4 else ipaddress.IPv6Address(whole))
    if measure == "date":
        return _write_date(place)
    return _write_number(place)


def _write_date(place: Fraction) -> str:
    try:
        moment = _EPOCH + timedelta(microseconds=int(place * 1_000_000))
    except OverflowError:  # no calendar has such a year; AWS takes seconds since 1970 as well
        return str(int(place))
    return moment.isoformat().replace("+00:00", "Z")


def _write_number(place: Fraction) -> str:
    """Return all digits: rounded, a number between two close ones would lie on one of them."""
    digits = next(count for count in range(_LONGEST + 2) if (place * 10**count).denominator == 1)
    whole = str(abs(place.numerator) * 10**digits // place.denominator).rjust(digits + 1, "0")
    sign = "-" if place < 0 else ""
    return f"{sign}{whole[:-digits]}.{whole[-digits:]}" if digits else f"{sign}{whole}"


def points_around(spans: list[Span], measure: str) -> list[Point]:
    """Return points of every interval that the ends of the spans cut the line into.

    Where all ends are whole the line has whole numbers only: AWS's numeric keys count, and its dates are seconds.
    """
    ends = {end for span in spans for end in (span.low, span.high) if end is not None}
    found = set(ends)
    for line, place in ends:
        found |= {(line, place - 1), (line, place + 1)}
    if any(place.denominator != 1 for _, place in ends):
        ordered = sorted(ends)
        found |= {(one[0], (one[1] + two[1]) / 2) for one, two in itertools.pairwise(ordered)}
    if measure == "address":
        limits = {4: 2**32, 6: 2**128}
        found |= {(4, Fraction(0xC0000201)), (6, Fraction(0x20010DB8 << 96))}
        found = {(line, place) for line, place in found if 0 <= place < limits[line]}
    return sorted(found) or [(0, Fraction(0))]
