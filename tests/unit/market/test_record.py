"""What a record says of itself: identity, key, body, and what is no part of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from tapeproof.market.origin import Origin
from tapeproof.market.record import place_record
from tapeproof.market.trading import Trade

NOW = 1_718_000_000_000_000_000
ORIGIN = Origin("acme", NOW, "raw")


def trade(**more: Any) -> Trade:  # noqa: ANN401 - of Trade
    return Trade(**ORIGIN.head("A-B", "ab", ts_event_ns=NOW), **({"price": "1", "size": "2"} | more))


def test_receipt_history_and_place_are_no_part_of_the_body() -> None:
    first = trade(trade_id="7")
    again = replace(first, received_ns=NOW + 5, backfill=True, place="elsewhere.0")
    assert (first.key, first.body) == (again.key, again.body)
    assert first.key == "trade#acme#A-B#20240610#trade_id=7"


def test_no_number_stands_in_a_body() -> None:
    text = trade(trade_id="7").body
    assert all(isinstance(value, str) for value in json.loads(text).values())


def test_without_an_identity_the_place_in_the_delivery_tells_two_apart() -> None:
    one, two = (place_record(trade(), "d", number) for number in (0, 1))
    assert (one.identifier, two.identifier) == ("@d.0", "@d.1")
    assert place_record(trade(trade_id="7"), "d", 0).place == ""
