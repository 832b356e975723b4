"""What a symbol itself says of its instrument: class, expiry, strike, call or put, as venues write them."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["describe_instrument"]

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), start=1
    )
}
_KINDS = {"C": "call", "P": "put"}
# OCC symbology: root padded to six, yymmdd, C or P, strike in thousandths with eight digits.
_OSI = re.compile(r"([A-Z0-9]{1,6}) *([0-9]{2})([0-9]{2})([0-9]{2})([CP])([0-9]{8})")
# Deribit: BTC-27DEC24-70000-C; the d of 0d0704 is a decimal point.
# Bybit has the same with the settlement currency behind it.
_DERIBIT = re.compile(
    r"([A-Z0-9_]+)-([0-9]{1,2})([A-Z]{3})([0-9]{2})(?:-([0-9]+(?:[d.][0-9]+)?)-([CP])(?:-[A-Z]{3,5})?)?"
)
# OKX and Binance: BTC-USD-241227-70000-C, BTCUSD_240628.
_DASHED = re.compile(r"([A-Z0-9]+(?:-[A-Z_]+)?)[-_]([0-9]{2})([0-9]{2})([0-9]{2})(?:-([0-9]+(?:\.[0-9]+)?)-([CP]))?")
_PERPETUAL = re.compile(r"([A-Z0-9_]+)-PERPETUAL|([A-Z0-9]+-[A-Z_]+)-SWAP|([A-Z0-9]+)_PERP")
_THOUSANDTHS = 3


def describe_instrument(native: str) -> dict[str, str]:
    """Return ``asset_class``, ``underlying``, ``expiry`` (a date), ``strike`` and ``option_kind`` of a venue's symbol.

    A symbol of no known form says nothing, and the answer is empty: a definition record has to tell.
    """
    if match := _OSI.fullmatch(native):
        root, year, month, day, kind, thousandths = match.groups()
        strike = f"{int(thousandths[:-_THOUSANDTHS])}.{thousandths[-_THOUSANDTHS:]}"
        return _derivative(root, (year, int(month), day), strike.rstrip("0").rstrip("."), kind)
    if match := _DERIBIT.fullmatch(native):
        base, day, name, year, strike, kind = match.groups()
        return _derivative(base, (year, _MONTHS.get(name, 0), day), strike and strike.replace("d", "."), kind)
    if match := _DASHED.fullmatch(native):
        base, year, month, day, strike, kind = match.groups()
        return _derivative(base, (year, int(month), day), strike, kind)
    if match := _PERPETUAL.fullmatch(native):
        return {"asset_class": "perpetual", "underlying": match[1] or match[2] or match[3]}
    return {}


def _derivative(underlying: str, expiry: tuple[str, int, str], strike: str | None, kind: str | None) -> dict[str, str]:
    year, month, day = expiry
    try:
        ends = date(2000 + int(year), month, int(day)).isoformat()
    except ValueError:
        return {}
    said = {"asset_class": "option" if kind else "future", "expiry": ends, "underlying": underlying}
    return said | ({"option_kind": _KINDS[kind], "strike": strike} if kind and strike else {})
