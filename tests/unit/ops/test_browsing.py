"""Commands that show books, symbols, gaps and venues, on tables in memory."""

from __future__ import annotations

import json
from argparse import Namespace
from types import SimpleNamespace
from typing import Any, TypeAlias

import pytest

from tapeproof.market.keys import KeyLayout
from tapeproof.market.memory import MemoryTables
from tapeproof.ops import browsing, reading
from tapeproof.ops.errors import OperationError
from tests.market_bench import MARKET, Bench, make_event

Find: TypeAlias = Any
START = 1_718_000_000_000_000_000
RANGE = {"start": "2024-06-10T06:13:00", "end": "2024-06-10T06:14:00", "json": True, "venue": "coinbase"}


@pytest.fixture
def find() -> Find:
    tables = MemoryTables()
    bench = Bench(tables)
    processor = bench.processor()
    level = {"type": "l2update", "product_id": "BTC-USD", "time": "2024-06-10T06:13:20.02Z"}
    trade = {"type": "match", "side": "buy", "size": "1", "price": "2", "product_id": "BTC-USD"}
    messages: list[dict[str, Any]] = [
        {"type": "snapshot", "product_id": "BTC-USD", "bids": [["67000", "1.5"]], "asks": [["67001", "2"]]},
        level | {"changes": [["buy", "67000.5", "3"]]},
        level | {"changes": [["sell", "67001", "0"]]},
        *(trade | {"trade_id": n, "time": "2024-06-10T06:13:20.03Z"} for n in (5, 9)),
    ]
    for place, message in enumerate(messages):
        detail = {"schema": "native/1", "venue": "coinbase", "raw": json.dumps(message)}
        processor.process(make_event("marketdata.coinbase", detail, START + place * 10_000_000), bench.context)
    target = SimpleNamespace(client=lambda _: tables)
    outputs = SimpleNamespace(market_table_name=MARKET, layout=KeyLayout(minute_shards=4))
    return lambda: (target, outputs, None)


def run(command: Find, find: Find, capsys: pytest.CaptureFixture[str], **arguments: Find) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert command(Namespace(**arguments), find) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("at", "bids", "asks"),
    [
        ("2024-06-10T06:13:20.005", [["67000", "1.5"]], [["67001", "2"]]),
        ("2024-06-10T06:13:20.015", [["67000.5", "3"], ["67000", "1.5"]], [["67001", "2"]]),
        ("2024-06-10T06:13:25", [["67000.5", "3"], ["67000", "1.5"]], []),
    ],
)
def test_a_book_is_shown_as_it_stood_at_an_instant(
    find: Find, capsys: pytest.CaptureFixture[str], at: str, bids: list[list[str]], asks: list[list[str]]
) -> None:
    (book,) = run(browsing.book, find, capsys, symbol="BTC-USD", venue="coinbase", at=at, depth=10, json=True)
    assert (book["bids"], book["asks"], book["stale"], book["channel"]) == (bids, asks, False, "level2")


def test_a_table_of_levels_is_for_people(find: Find, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = Namespace(symbol="BTC-USD", venue="coinbase", at="2024-06-10T06:13:25", depth=1, json=False)
    assert browsing.book(arguments, find) == 0
    assert "67000.5" in capsys.readouterr().out


def test_a_book_that_was_not_recorded_is_an_error_with_a_way_out(find: Find) -> None:
    arguments = Namespace(symbol="ETH-USD", venue="coinbase", at="2024-06-10T06:13:25", depth=1, json=False)
    with pytest.raises(OperationError, match="no book of coinbase") as caught:
        browsing.book(arguments, find)
    assert "tapeproof ops symbols" in caught.value.diagnostics()


def test_gaps_and_symbols_of_a_venue_are_listed(find: Find, capsys: pytest.CaptureFixture[str]) -> None:
    (gap,) = run(browsing.gaps, find, capsys, **RANGE)
    assert (gap["count"], gap["first"], gap["last"]) == ("trade/BTC-USD", "6", "8")
    assert run(browsing.symbols, find, capsys, **RANGE) == [
        {"symbol": "BTC-USD", "type": "book", "records": "3"},
        {"symbol": "BTC-USD", "type": "trade", "records": "2"},
    ]
    with pytest.raises(OperationError, match="nothing is recorded"):
        browsing.symbols(Namespace(**RANGE | {"venue": "kraken"}), find)


def test_venues_with_a_module_are_listed(find: Find, capsys: pytest.CaptureFixture[str]) -> None:
    assert {"venue": "binance-futures"} in run(browsing.venues, find, capsys, json=True)


def test_trades_and_quotes_are_read_in_a_range(find: Find, capsys: pytest.CaptureFixture[str]) -> None:
    asked = RANGE | {"symbol": "BTC-USD", "limit": 5}
    assert [json.loads(one["body"])["trade_id"] for one in run(reading.trades, find, capsys, **asked)] == ["5", "9"]
    assert run(reading.quotes, find, capsys, **asked) == []
