"""A trade as coinbase sends it, and what its record is called."""

from __future__ import annotations

from typing import Any

MATCH: dict[str, Any] = {
    "type": "match",
    "trade_id": 100,
    "side": "sell",
    "size": "985",
    "price": "0.00001305",
    "product_id": "SKL-BTC",
    "sequence": 177100030,
    "time": "2021-04-17T16:43:37.089723Z",
}
KEY = "trade#coinbase#SKL-BTC#20210417#trade_id=100"


def match(number: int, **changes: object) -> dict[str, Any]:
    """Return a trade of a number, which is also its time in microseconds."""
    return MATCH | {"trade_id": number, "time": f"2021-04-17T16:43:37.{number:06d}Z"} | changes
