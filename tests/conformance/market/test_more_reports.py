"""Reports of people who read feeds, about things that no case before was about: what a reader is owed of each."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest

from tapeproof.market.memory import MemoryTables
from tests.conformance.market.field_cases import replay

Json = Any
START_NS, STEP_NS, MS = 1_718_000_000_000_000_000, 100_000_000, 1_718_000_000_000
AT = "2024-06-10T06:13:20.000000Z"


def case(
    venue: str,
    messages: list[Json],
    records: list[tuple[int, Json]],
    *,
    observed: tuple[tuple[str, int], ...] = (),
    rejected: tuple[tuple[int, int | None], ...] = (),
    book: tuple[list[Json], list[Json]] | None = None,
    feed: str = "native",
) -> Json:
    """Return a case: messages a tenth of a second apart, and (message, members) of each record."""
    sent = [
        {
            "received_ns": str(START_NS + 30_000_000 + place * STEP_NS),
            "raw": one if isinstance(one, str) else json.dumps(one),
        }
        for place, one in enumerate(messages)
    ]
    owed = {
        "records": [{"message": message, **members} for message, members in records],
        "observations": [what for what, _ in observed],
        "observed_at": [message for _, message in observed],
        "rejected": [{"index": index, "item": item} for index, item in rejected],
    }
    whole = {"venue": venue, "feed": feed, "messages": sent, "owed": owed}
    return whole | ({} if book is None else {"book_after": {"bids": book[0], "asks": book[1]}})


def canonical(place: int, kind: str = "trade", **members: Json) -> Json:
    """Return a canonical event of the time at which the message of that place is sent."""
    ts = str(START_NS + place * STEP_NS)
    whole = {"schema": "tapeproof/1", "type": kind, "venue": "xmem", "symbol": "ABC", "ts_event_ns": ts} | members
    return ({"price": "10", "size": "1"} if kind == "trade" else {}) | whole


def orders(*rows: tuple[str, ...]) -> list[Json]:
    """Return events of orders: (action, id, side, price, size)."""
    names = ("action", "order_id", "side", "price", "size")
    return [canonical(place, "order", **dict(zip(names, row, strict=False))) for place, row in enumerate(rows)]


def of_orders(
    rows: list[Json], *, observed: tuple[tuple[str, int], ...] = (), book: tuple[list[Json], list[Json]]
) -> Json:
    """Return a case of canonical orders, each of which is kept."""
    kept = [(place, {"type": "order", "action": row["action"]}) for place, row in enumerate(rows)]
    return case("xmem", rows, kept, observed=observed, book=book, feed="tapeproof/1")


def okx(
    previous: int, number: int, bids: list[Json], asks: list[Json], *, action: str = "update", checksum: int = 0
) -> Json:
    """Return a message of OKX's books."""
    data = {"asks": asks, "bids": bids, "ts": str(MS), "checksum": checksum, "prevSeqId": previous, "seqId": number}
    return {"arg": {"channel": "books", "instId": "BTC-USDT"}, "action": action, "data": [data]}


def kraken_sum(*numbers: str) -> str:
    """Return the sum of a Kraken book over the prices and sizes in the venue's order, as its documentation says."""
    return str(zlib.crc32("".join(one.replace(".", "").lstrip("0") for one in numbers).encode()))


def bybit(kind: str, number: int, bids: list[Json], asks: list[Json]) -> Json:
    """Return a message of Bybit's book."""
    data = {"s": "BTCUSDT", "b": bids, "a": asks, "u": number, "seq": number}
    return {"topic": "orderbook.50.BTCUSDT", "type": kind, "ts": MS, "cts": MS, "data": data}


def deribit(channel: str, data: Json) -> Json:
    """Return a notification of Deribit."""
    return {"jsonrpc": "2.0", "method": "subscription", "params": {"channel": channel, "data": data}}


def full(kind: str, sequence: int, **members: Json) -> Json:
    """Return a message of Coinbase's full channel."""
    return {"type": kind, "time": AT, "product_id": "BTC-USD", "sequence": sequence} | members


def deal(**members: Json) -> Json:
    """Return a trade of Deribit."""
    whole = {"timestamp": MS, "price": 1, "amount": 1, "instrument_name": "BTC-PERPETUAL", "trade_id": "1"}
    return whole | {"trade_seq": 1, "direction": "buy"} | members


LONG_AGO = canonical(0, ts_event_ns=str(START_NS // 10**9))
TRADES = [canonical(0), canonical(1)]
UNTRADED = {"type": "ticker", "product_id": "HBAR-USD", "price": "0", "open_24h": "0", "volume_24h": "0"} | {
    "best_bid": "0.00000",
    "best_ask": "0.00000",
}
SHALLOW = {
    "as": [["0.00000050", "30.0", "1718000000.0"]],
    "bs": [["0.00000048", "7.00", "1718000000.0"], ["0.00000047", "1.00", "1718000000.0"]],
}
SHALLOW_SUM = kraken_sum("0.00000051", "20.0", "0.00000048", "7.00", "0.00000047", "1.00")
OKX_SUM = zlib.crc32(b"100:1:102:3:99:2") - (1 << 32) * (zlib.crc32(b"100:1:102:3:99:2") >> 31)

REPORTS: dict[str, Json] = {
    "bmoscon/cryptofeed#909 a product that never traded has neither time nor number": case(
        "coinbase", [UNTRADED], [(0, {"type": "quote", "ts_source": "receipt", "absent": ["bid_price", "ask_price"]})]
    ),
    "bmoscon/cryptofeed#345 milliseconds of a trade stay": case(
        "bybit-linear",
        [
            {
                "topic": "publicTrade.BTCUSD",
                "ts": MS,
                "data": [{"T": MS + 7, "s": "BTCUSD", "S": "Buy", "v": "1", "p": "2", "i": "x"}],
            }
        ],
        [(0, {"type": "trade", "ts_event_ns": str(START_NS + 7_000_000)})],
    ),
    "polygon-io/issues#56 a trade that comes twice is one": case(
        "xmem",
        [canonical(0, trade_id="5", conditions=["14", "37"])] * 2,
        [(0, {"type": "trade", "trade_id": "5"})],
        observed=(("DUPLICATE", 1),),
        feed="tapeproof/1",
    ),
    "polygon-io/issues#37 a time in the next century is kept and said to be ahead": case(
        "xmem",
        [canonical(0, ts_event_ns=str(5_815_518_660_978 * 10**6))],
        [(0, {"type": "trade"})],
        observed=(("AHEAD", 0),),
        feed="tapeproof/1",
    ),
    "nautechsystems/nautilus_trader#3273 seconds taken for nanoseconds": case(
        "xmem", [LONG_AGO], [], rejected=((0, None),), feed="tapeproof/1"
    ),
    "nkaz001/hftbacktest#238 the venue's times go back, arrival does not": case(
        "xmem",
        [canonical(0, ts_event_ns=str(START_NS + 20_000_000), trade_id="1"), canonical(0, trade_id="2")],
        [(0, {"type": "trade", "trade_id": "1"}), (1, {"type": "trade", "trade_id": "2"})],
        feed="tapeproof/1",
    ),
    "pmxt-dev/pmxt#419 a depth snapshot names its symbol": case(
        "gemini",
        [{"s": "btcusd", "lastUpdateId": 5, "bids": [["1", "2"]], "asks": []}],
        [(0, {"type": "book", "symbol": "BTC-USD", "is_snapshot": True})],
    ),
    "ccxt/binance-api-node#10 a book of nobody": case(
        "binance", [{"lastUpdateId": 5, "bids": [["1", "2"]], "asks": []}], [], rejected=((0, None),), feed="depth10"
    ),
    "ccxt/ccxt#17214; bitrich-info/xchange-stream#361 both sides of one message": case(
        "kraken",
        [
            [0, {"as": [["11", "1", "1718000000.0"]], "bs": [["10", "1", "1718000000.0"]]}, "book-10", "XBT/USD"],
            [0, {"a": [["12", "2", "1718000000.0"]]}, {"b": [["9", "3", "1718000000.0"]]}, "book-10", "XBT/USD"],
        ],
        [(0, {"type": "book"}), (1, {"type": "book", "bids": [["9", "3"]], "asks": [["12", "2"]]})],
        book=([["10", "1"], ["9", "3"]], [["11", "1"], ["12", "2"]]),
    ),
    "nautechsystems/nautilus_trader#2075 a bid that is stuck above the ask is noticed once": of_orders(
        orders(("add", "a", "buy", "11", "1"), ("add", "b", "sell", "10", "1"), ("add", "c", "sell", "10", "1")),
        observed=(("CROSSED", 1),),
        book=([["11", "1"]], [["10", "2"]]),
    ),
    "bybit-exchange/api-connectors#23 a level goes that is not in the snapshot": case(
        "bybit",
        [bybit("snapshot", 1, [["10", "1"]], [["11", "1"]]), bybit("delta", 2, [["9", "0"]], [])],
        [(0, {"type": "book"}), (1, {"type": "book"})],
        book=([["10", "1"]], [["11", "1"]]),
    ),
    "nautechsystems/nautilus_trader#1668 bids are bids and asks are asks": case(
        "bybit",
        [bybit("snapshot", 1, [], []), bybit("delta", 2, [["10", "1"]], [["11", "2"]])],
        [(0, {"type": "book"}), (1, {"type": "book", "bids": [["10", "1"]], "asks": [["11", "2"]]})],
        book=([["10", "1"]], [["11", "2"]]),
    ),
    "bybit-exchange/pybit#369 a new best level comes first": case(
        "bybit",
        [
            bybit("snapshot", 1, [["10", "1"]], [["12", "1"]]),
            bybit("delta", 2, [["10.5", "2"], ["9", "1"]], [["11", "3"]]),
        ],
        [(0, {"type": "book"}), (1, {"type": "book"})],
        book=([["10.5", "2"], ["10", "1"], ["9", "1"]], [["11", "3"], ["12", "1"]]),
    ),
    "ccxt/ccxt#17313 the best bid is cancelled again": of_orders(
        orders(("add", "a", "buy", "10", "5"), ("add", "b", "buy", "11", "1"), ("cancel", "b", "buy", "11", "1")),
        book=([["10", "5"]], []),
    ),
    "polygon-io/issues#174; OKX documentation: trades channel, members that came later are kept": case(
        "okx",
        [
            {
                "arg": {"channel": "trades", "instId": "BTC-USDT"},
                "data": [
                    {"instId": "BTC-USDT", "tradeId": "1", "px": "1", "sz": "2", "side": "buy", "ts": str(MS)}
                    | {"count": "3", "source": "0", "seqId": 77}
                ],
            }
        ],
        [(0, {"type": "trade", "extra": {"count": "3", "source": "0", "seqId": "77"}})],
    ),
    "okcoin-okex/open-api-v3-sdk#70 the sum is of what is left when levels went": case(
        "okx",
        [
            okx(-1, 1, [["100", "1", "0", "1"], ["99", "2", "0", "1"]], [["101", "4", "0", "1"]], action="snapshot"),
            okx(1, 2, [], [["101", "0", "0", "0"], ["102", "3", "0", "1"]], checksum=OKX_SUM),
        ],
        [(0, {"type": "book"}), (1, {"type": "book"})],
        book=([["100", "1"], ["99", "2"]], [["102", "3"]]),
    ),
    "Lqz13Th/extrema_infra#53 an update that says nothing but that nothing happened": case(
        "okx",
        [
            okx(-1, 5, [["100", "1", "0", "1"]], [], action="snapshot"),
            okx(5, 5, [], []),
            okx(5, 6, [["100", "2", "0", "1"]], []),
        ],
        [(0, {"type": "book"}), (1, {"type": "book"}), (2, {"type": "book"})],
        book=([["100", "2"]], []),
    ),
    "binance/binance-futures-connector-python#261 an acknowledgement": case(
        "binance-futures", [{"result": None, "id": 99}], [(0, {"type": "status", "kind": "result"})]
    ),
    "Binance-docs/Binance_Futures_Java#24 an event of somebody's account is no market data": case(
        "binance-futures", [{"e": "ORDER_TRADE_UPDATE", "E": MS, "o": {"s": "BTCUSDT"}}], [], rejected=((0, None),)
    ),
    "ccxt/ccxt#22130 sizes of the best bid and ask of Advanced Trade": case(
        "coinbase",
        [
            {
                "channel": "ticker",
                "timestamp": AT,
                "sequence_num": 0,
                "events": [
                    {
                        "type": "update",
                        "tickers": [
                            {"type": "ticker", "product_id": "BTC-USD", "price": "2", "best_bid": "1"}
                            | {"best_bid_quantity": "5", "best_ask": "3", "best_ask_quantity": "6"}
                        ],
                    }
                ],
            }
        ],
        [(0, {"type": "quote", "bid_price": "1", "bid_size": "5", "ask_price": "3", "ask_size": "6"})],
    ),
    "ccxt/ccxt#26770 a ticker of spot has no bid": case(
        "bybit",
        [
            {
                "topic": "tickers.ETHUSDT",
                "ts": MS,
                "type": "snapshot",
                "data": {"symbol": "ETHUSDT", "lastPrice": "44.2", "usdIndexPrice": "44.3"},
            }
        ],
        [(0, {"type": "statistic", "kind": "last_price", "value": "44.2", "extra": {"usdIndexPrice": "44.3"}})],
    ),
    "altangent/ccxws#142 nothing but heartbeats": case(
        "kraken", [{"event": "heartbeat"}], [(0, {"type": "status", "kind": "heartbeat"})]
    ),
    "bmoscon/cryptofeed#570 filled is not cancelled, though both leave nothing": case(
        "coinbase",
        [
            full("done", 1, order_id="a", side="buy", reason="filled", price="1", remaining_size="0"),
            full("done", 2, order_id="b", side="buy", reason="canceled", price="1", remaining_size="0"),
        ],
        [(0, {"type": "order", "action": "fill"}), (1, {"type": "order", "action": "cancel"})],
        feed="full",
    ),
    "bmoscon/orderbook#16 the sum of a shallow book of tiny prices": case(
        "kraken",
        [
            [0, SHALLOW, "book-10", "XDG/XBT"],
            [
                0,
                {
                    "a": [["0.00000050", "0.0", "1718000000.0"], ["0.00000051", "20.0", "1718000000.0"]],
                    "c": SHALLOW_SUM,
                },
                "book-10",
                "XDG/XBT",
            ],
        ],
        [(0, {"type": "book", "symbol": "DOGE-BTC"}), (1, {"type": "book"})],
        book=([["0.00000048", "7.00"], ["0.00000047", "1.00"]], [["0.00000051", "20.0"]]),
    ),
    "ftexchange/ftx#63 a price with an exponent is the price": case(
        "kraken",
        [
            '{"channel":"ticker","type":"update","data":[{"symbol":"A/BTC","bid":9.669E-05,"bid_qty":1,"ask":1e-4,"ask_qty":2}]}'
        ],
        [(0, {"type": "quote", "bid_price": "0.00009669", "ask_price": "0.0001"})],
    ),
    "JKorf/CoinEx.Net#51; etherdelta/etherdelta.github.io#336 exponents of either kind": case(
        "xmem",
        [canonical(0, price="6.022e-5", trade_id="1"), canonical(1, price="1e+8", trade_id="2")],
        [(0, {"type": "trade", "price": "0.00006022"}), (1, {"type": "trade", "price": "100000000"})],
        feed="tapeproof/1",
    ),
    "forkdelta/backend-replacement#35 a number of a thousand digits is refused": case(
        "xmem", [canonical(0, price="20000." + "0123456789" * 100)], [], rejected=((0, None),), feed="tapeproof/1"
    ),
    "charles-cooper/itch-order-book#13 orders that would match stay until the venue says so": of_orders(
        orders(
            ("add", "a", "sell", "10", "1"),
            ("add", "b", "buy", "10", "1"),
            ("execute", "a", "sell", "10", "1"),
            ("execute", "b", "buy", "10", "1"),
        ),
        book=([], []),
    ),
    "nkaz001/hftbacktest#293 a trade of two resting orders takes from both": of_orders(
        orders(
            ("add", "a", "sell", "10", "3"),
            ("add", "b", "buy", "9", "3"),
            ("execute", "a", "sell", "10", "2"),
            ("execute", "b", "buy", "9", "2"),
        ),
        book=([["9", "1"]], [["10", "1"]]),
    ),
    "vgreg/MeatPy#2 the second in the queue is executed before the first": of_orders(
        orders(("add", "a", "buy", "10", "1"), ("add", "b", "buy", "10", "2"), ("execute", "b", "buy", "10", "2")),
        book=([["10", "1"]], []),
    ),
    "DavZim/RITCH#7; bigfatwhale/orderbook#9 a cancel of a part": of_orders(
        orders(("add", "a", "buy", "10", "5"), ("cancel", "a", "buy", "10", "2")), book=([["10", "3"]], [])
    ),
    "bigfatwhale/orderbook#10 a deletion of an order that nobody knows": of_orders(
        orders(("add", "a", "buy", "10", "5"), ("cancel", "z", "buy", "10", "2")), book=([["10", "5"]], [])
    ),
    "bigfatwhale/orderbook#11 an execution at another price than the order's": of_orders(
        orders(("add", "a", "buy", "10", "5"), ("execute", "a", "buy", "9.5", "2")), book=([["10", "3"]], [])
    ),
    "vincent212/kaspar-hft#58 what is crossed in the capture stays crossed": of_orders(
        orders(
            ("add", "a", "buy", "22763", "1"), ("add", "b", "sell", "22758", "1"), ("modify", "b", "sell", "22757", "1")
        ),
        observed=(("CROSSED", 1),),
        book=([["22763", "1"]], [["22757", "1"]]),
    ),
    "SeanPiedmonte/market-data-protocol#37 a level is the sum of its queue": of_orders(
        orders(("add", "a", "buy", "10", "5"), ("add", "b", "buy", "10", "2"), ("modify", "a", "buy", "10", "1")),
        book=([["10", "3"]], []),
    ),
    "deribit/deribit-api-js#13 an error without the usual wrapping": case(
        "deribit",
        [{"message": "invalid_or_unsupported_instrument", "error": 10020}],
        [(0, {"type": "status", "kind": "error"})],
    ),
    "ccxt/ccxt#5236 a trade without a direction is rejected alone": case(
        "deribit",
        [
            deribit(
                "trades.BTC-PERPETUAL.raw", [deal(), {k: v for k, v in deal(trade_id="2").items() if k != "direction"}]
            )
        ],
        [(0, {"type": "trade", "trade_id": "1"})],
        rejected=((0, 1),),
    ),
    "Kucoin/kucoin-api-docs#65 hundreds of millions of numbers are missing at once": case(
        "xmem",
        [
            canonical(0, sequence="1553507384872", channel="l3"),
            canonical(1, sequence="1553877630272", channel="l3"),
        ],
        [(0, {"type": "trade"}), (1, {"type": "trade"})],
        observed=(("GAP 1553507384873..1553877630271", 1),),
        feed="tapeproof/1",
    ),
    "coinbase/coinbase-pro-node#280 the full channel passes over messages": case(
        "coinbase",
        [
            full("open", 1, order_id="a", side="buy", price="1", remaining_size="2"),
            full("open", 4, order_id="b", side="sell", price="3", remaining_size="2"),
        ],
        [(0, {"type": "order"}), (1, {"type": "order"})],
        observed=(("GAP 2..3", 1), ("STALE", 1)),
        feed="full",
    ),
    "alpacahq/alpaca-trade-api-csharp#135 prints without an id that look alike are two": case(
        "xmem", TRADES, [(0, {"type": "trade"}), (1, {"type": "trade"})], feed="tapeproof/1"
    ),
    "askmike/gekko#2537 a pair of two renamed coins with an exponent": case(
        "kraken",
        [[0, [["9.7e-7", "6776.5", "1718000000.000000", "b", "l", ""]], "trade", "XDG/XBT"]],
        [(0, {"type": "trade", "symbol": "DOGE-BTC", "price": "0.00000097", "side": "buy"})],
    ),
    "stellar/stellar-protocol#450 a cross says that it is one": case(
        "xmem",
        [canonical(0, conditions=["cross"])],
        [(0, {"type": "trade", "conditions": ["cross"]})],
        feed="tapeproof/1",
    ),
    "Tardis documentation: Binance, snapshots that the recorder made": case(
        "binance",
        [
            {
                "stream": "btcusdt@depthSnapshot",
                "generated": True,
                "data": {"lastUpdateId": 5, "bids": [["1", "2"]], "asks": []},
            }
        ],
        [(0, {"type": "book", "symbol": "BTC-USDT", "is_snapshot": True})],
    ),
    "Gemini documentation: Level 2 data, the first trades write eventid": case(
        "gemini",
        [
            {
                "type": "l2_updates",
                "symbol": "BTCUSD",
                "changes": [["buy", "1", "2"]],
                "trades": [
                    {"type": "trade", "symbol": "BTCUSD", "eventid": 9, "timestamp": MS, "price": "1", "quantity": "2"}
                    | {"side": "sell", "tid": 7}
                ],
            }
        ],
        [(0, {"type": "book"}), (0, {"type": "trade", "trade_id": "9"})],
    ),
}


@pytest.mark.parametrize("report", REPORTS)
def test_a_reader_gets_what_is_owed(report: str) -> None:
    assert not replay(REPORTS[report], MemoryTables()).differences()
