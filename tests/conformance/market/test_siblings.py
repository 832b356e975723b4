"""Siblings of reported cases: what venues do that no single report shows, told through processor and reader."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from tapeproof.market.memory import MemoryTables
from tests.conformance.market.field_cases import Replayed, replay

START_NS, START_MS = 1_718_000_000_000_000_000, 1_718_000_000_000
STEP_NS = 100_000_000
Json = Any
Levels = tuple[tuple[str, str], ...]


class Case(NamedTuple):
    """Messages a tenth of a second apart, and what comes of them."""

    venue: str
    feed: str
    messages: list[Json]
    observed: list[tuple[str, int]]
    bids: Levels | None = None
    stale: bool = False
    request: str = ""


def told(case: Case) -> Replayed:
    messages = [
        {
            "received_ns": str(START_NS + 30_000_000 + place * STEP_NS),
            "raw": message if isinstance(message, str) else json.dumps(message),
            **({"request": case.request} if case.request and place == 0 else {}),
        }
        for place, message in enumerate(case.messages)
    ]
    return replay({"venue": case.venue, "feed": case.feed, "messages": messages, "owed": {}}, MemoryTables())


def canonical(place: int, **more: Json) -> Json:
    ts = START_NS + place * STEP_NS
    whole = {"schema": "tapeproof/1", "type": "trade", "venue": "xmem", "symbol": "ABC", "ts_event_ns": str(ts)} | more
    return whole | ({"price": "10", "size": "1"} if whole["type"] == "trade" else {})


def binance(place: int, first: int, last: int, price: str, **more: Json) -> Json:
    at = START_MS + 100 * place
    whole = {"e": "depthUpdate", "E": at, "s": "BTCUSDT", "U": first, "u": last, "b": [[price, "1"]], "a": []}
    return whole | more


def bybit(place: int, kind: str, number: int, price: str) -> Json:
    at = START_MS + 100 * place
    data = {"s": "BTCUSDT", "b": [[price, "1"]], "a": [], "u": number, "seq": 9 + place}
    return {"topic": "orderbook.50.BTCUSDT", "type": kind, "ts": at, "cts": at, "data": data}


def okx(place: int, previous: int, number: int, price: str, **more: Json) -> Json:
    data = {"asks": [], "bids": [[price, "1", "0", "1"]], "ts": str(START_MS + 100 * place)}
    data |= {"prevSeqId": previous, "seqId": number} | more
    action = "snapshot" if previous == -1 else "update"
    return {"arg": {"channel": "books", "instId": "BTC-USDT"}, "action": action, "data": [data]}


def deribit(channel: str, data: Json) -> Json:
    return {"jsonrpc": "2.0", "method": "subscription", "params": {"channel": channel, "data": data}}


def deribit_book(place: int, number: int, previous: int | None, price: float) -> Json:
    data = {"type": "snapshot", "timestamp": START_MS + 100 * place, "instrument_name": "BTC-PERPETUAL"}
    data |= {"change_id": number, "bids": [["new", price, 1]], "asks": []}
    if previous is not None:
        data |= {"type": "change", "prev_change_id": previous}
    return deribit("book.BTC-PERPETUAL.raw", data)


def deribit_trade(place: int, number: int) -> Json:
    entry = {"timestamp": START_MS + 100 * place, "price": 1, "amount": 2, "direction": "sell"}
    entry |= {"instrument_name": "BTC-PERPETUAL", "trade_seq": number, "trade_id": str(number)}
    return deribit("trades.BTC-PERPETUAL.raw", [entry])


def gemini(place: int, number: int, price: str, reason: str) -> Json:
    change = {"type": "change", "side": "bid", "price": price, "remaining": "1", "delta": "1", "reason": reason}
    at = {} if reason == "initial" else {"timestampms": START_MS + 100 * place}
    return {"type": "update", "eventId": number, "socket_sequence": number, "events": [change]} | at


def full(place: int, number: int, order_id: str) -> Json:
    at = {"time": f"2024-06-10T06:13:20.{place}01Z", "product_id": "BTC-USD", "sequence": number}
    return {"type": "open", "order_id": order_id, "price": "10", "remaining_size": "1", "side": "buy"} | at


DEPTH = {"lastUpdateId": 1000, "bids": [["10", "1"]], "asks": []}
SPOT = "GET /api/v3/depth?symbol=BTCUSDT&limit=5000"
ORDER = {"type": "order", "order_id": "1", "side": "buy", "price": "10"}
CASES = {
    "a session of its own begins to count without a reset": Case(
        "xmem",
        "tapeproof/1",
        [
            canonical(0, sequence="900", channel="A", session="1"),
            canonical(1, sequence="1", channel="A", session="2"),
            canonical(2, sequence="3", channel="A", session="2"),
        ],
        [("GAP 2..2", 2)],
    ),
    "both lines of a feed send one message": Case(
        "xmem",
        "tapeproof/1",
        [canonical(0, sequence="1", channel="A"), canonical(0, sequence="1", channel="A")],
        [("DUPLICATE", 1)],
    ),
    "one number of a channel twice with other content": Case(
        "xmem",
        "tapeproof/1",
        [canonical(0, sequence="1", channel="A"), canonical(0, sequence="1", channel="A", side="buy")],
        [("CONFLICT", 1)],
    ),
    "a trade is corrected twice and busted": Case(
        "xmem",
        "tapeproof/1",
        [
            canonical(0, trade_id="7"),
            canonical(1, trade_id="7", action="correct"),
            canonical(2, trade_id="7", action="correct"),
            canonical(3, trade_id="7", action="bust"),
        ],
        [],
    ),
    "a late number fills its gap and history lowers nothing": Case(
        "xmem",
        "tapeproof/1",
        [
            canonical(0, sequence="5", channel="A"),
            canonical(2, sequence="9", channel="A"),
            canonical(1, sequence="7", channel="A"),
            canonical(0, sequence="3", channel="A", backfill=True),
        ],
        [("GAP 6..8", 1), ("FILLED 7..7", 2)],
    ),
    "orders without a snapshot make a book": Case(
        "glbx",
        "tapeproof/1",
        [
            canonical(0, venue="glbx", sequence="1", index=0, action="add", size="5", **ORDER),
            canonical(1, venue="glbx", sequence="2", index=0, action="modify", size="3", **ORDER),
        ],
        [],
        bids=(("10", "3"),),
    ),
    "binance: the first event leaves a gap to the snapshot": Case(
        "binance",
        "depth",
        [DEPTH, binance(1, 1005, 1006, "9")],
        [("GAP 1001..1004", 1), ("STALE", 1)],
        stale=True,
        request=SPOT,
    ),
    "binance: events are lost in mid-session": Case(
        "binance",
        "depth",
        [DEPTH, binance(1, 999, 1006, "9"), binance(2, 1010, 1012, "8")],
        [("GAP 1007..1009", 2), ("STALE", 2)],
        stale=True,
        request=SPOT,
    ),
    "binance futures: the chain breaks": Case(
        "binance-futures",
        "depth",
        [DEPTH, binance(1, 990, 1002, "9", pu=980), binance(2, 1040, 1061, "8", pu=1030)],
        [("GAP 1002->1030", 2), ("STALE", 2)],
        stale=True,
        request="GET /fapi/v1/depth?symbol=BTCUSDT",
    ),
    "bybit: the service restarts with a snapshot numbered 1": Case(
        "bybit",
        "orderbook.50",
        [bybit(0, "snapshot", 400, "1"), bybit(1, "snapshot", 1, "2"), bybit(2, "delta", 2, "3")],
        [("RESET", 1)],
        bids=(("3", "1"), ("2", "1")),
    ),
    "okx: a message is lost": Case(
        "okx",
        "books",
        [okx(0, -1, 1000, "1"), okx(1, 1005, 1013, "2"), okx(2, 1013, 1014, "3")],
        [("GAP 1000->1005", 1), ("STALE", 1)],
        stale=True,
    ),
    "okx: numbers begin again after maintenance, the chain holds": Case(
        "okx",
        "books",
        [okx(0, -1, 15, "1"), okx(1, 15, 3, "2", checksum=0), okx(2, 3, 5, "3")],
        [("RESET", 1)],
        bids=(("3", "1"), ("2", "1"), ("1", "1")),
    ),
    "deribit: the chain of changes breaks": Case(
        "deribit",
        "book.raw",
        [deribit_book(0, 10, None, 1.0), deribit_book(1, 20, 15, 2.0)],
        [("GAP 10->15", 1), ("STALE", 1)],
        stale=True,
    ),
    "deribit: trades are lost": Case(
        "deribit", "trades.raw", [deribit_trade(0, 500), deribit_trade(1, 503)], [("GAP 501..502", 1)]
    ),
    "gemini v1: messages of a socket are lost": Case(
        "gemini",
        "v1/marketdata/BTCUSD",
        [gemini(0, 0, "1", "initial"), gemini(1, 5, "2", "place")],
        [("GAP 1..4", 1), ("STALE", 1)],
        stale=True,
    ),
    "coinbase: the full channel goes on": Case(
        "coinbase", "exchange/full", [full(1, 5, "a"), full(2, 6, "b")], [], bids=(("10", "2"),)
    ),
    "coinbase: a last match after a reconnect shows what was lost": Case(
        "coinbase",
        "exchange/matches",
        [
            {"type": kind, "trade_id": number, "side": "buy", "size": "1", "price": "2", "product_id": "A-B"}
            | {"time": f"2024-06-10T06:13:20.{number}Z"}
            for kind, number in (("match", 13), ("last_match", 17), ("match", 18))
        ],
        [("GAP 14..16", 1)],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_is_observed_and_what_the_book_is(case: Case) -> None:
    found = told(case)
    assert sorted(found.observed.elements()) == sorted(case.observed)
    kept = len(case.messages) - sum(act == "DUPLICATE" for act, _ in case.observed)
    assert len(found.stored) == kept
    if case.bids is not None or case.stale:
        (view,) = found.books
        assert view.stale is case.stale
        assert case.bids is None or view.bids == case.bids


def test_a_case_that_is_owed_something_else_differs() -> None:
    found = told(CASES["deribit: trades are lost"])
    right = found.case["owed"] = {
        "records": [{"type": "trade", "message": n, "identity": {"trade_id": str(t)}} for n, t in ((0, 500), (1, 503))],
        "observations": ["GAP 501..502"],
        "observed_at": [1],
    }
    assert found.differences() == []
    for wrong in (
        {"observations": [], "observed_at": []},
        {"records": right["records"][:1]},
        {"records": [one | {"price": "2"} for one in right["records"]]},
        {"records": [one | {"side": "buy"} for one in right["records"]]},
        {"rejected": [{"index": 0, "reason": "none"}]},
        {"newest": {"trade": 0}},
    ):
        found.case["owed"] = right | wrong
        assert found.differences()
