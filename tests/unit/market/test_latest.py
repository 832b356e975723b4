"""Which record stands as the newest."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.latest import Candidate, LatestBoard, can_stand, merge_quote
from tapeproof.market.memory import MemoryTables
from tapeproof.market.model import Quote, Trade

HEAD: dict[str, Any] = {"venue": "v", "symbol": "A", "native_symbol": "A", "ts_source": "venue"}


def trade(ts: int, received: int = 100, **more: Any) -> Trade:  # noqa: ANN401 - of Trade
    return Trade(**HEAD, ts_event_ns=ts, received_ns=received, **{"price": "1", "size": "1"} | more)


def quote(ts: int, **more: Any) -> Quote:  # noqa: ANN401 - of Quote
    return Quote(**HEAD, ts_event_ns=ts, received_ns=ts, **more)


@pytest.mark.parametrize(
    ("more", "stands"),
    [
        ({}, True),
        ({"size": "0"}, False),
        ({"action": "cancel"}, False),
        ({"conditions": ("INSURANCE_FUND",)}, False),
        ({"conditions": ("block",)}, False),
        ({"conditions": ("Z",)}, True),
    ],
)
def test_a_price_off_the_market_is_never_the_newest(more: dict[str, Any], stands: bool) -> None:
    assert can_stand(trade(5, **more)) is stands


def test_the_newest_is_the_later_of_event_or_receipt_then_of_arrival() -> None:
    tables = MemoryTables()
    board = LatestBoard(tables, "t")
    tries = [(trade(50), "b"), (trade(40), "c"), (trade(50), "a"), (trade(50), "d"), (trade(900, 60), "e")]
    assert [board.put(Candidate(record, arrival), {}) for record, arrival in tries] == [True, False, False, True, True]
    assert tables.items("t")[0]["ts"]["S"] == f"{60:019d}"


def test_a_quote_that_names_only_changes_is_made_whole() -> None:
    tables = MemoryTables()
    board = LatestBoard(tables, "t")
    assert board.put(Candidate(quote(1, bid_price="1", bid_size="2", ask_price="3"), "a"), {})
    assert board.put(Candidate(quote(2, ask_price="4", is_delta=True), "b"), {})
    assert not board.put(Candidate(quote(1, bid_price="9", is_delta=True), "a"), {})
    body = tables.items("t")[0]["body"]["S"]
    assert ('"bid_price":"1"' in body, '"ask_price":"4"' in body, "is_delta" in body) == (True, True, False)
    assert merge_quote(quote(1), trade(5)) == trade(5)
