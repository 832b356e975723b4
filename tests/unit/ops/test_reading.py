"""Records that are read back, in a range of time."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof import cli
from tapeproof.market.keys import KeyLayout
from tapeproof.market.memory import MemoryTables
from tapeproof.ops.errors import OperationError
from tapeproof.ops.reading import latest, quotes, read_range, time_ns, trades
from tests.market_bench import MARKET, Bench, make_event

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

START = 1_718_000_000_000_000_000
SECOND = 10**9


@pytest.fixture
def find() -> Callable[[], Any]:
    """Return what finds a stack on which three trades are recorded."""
    tables = MemoryTables()
    bench = Bench(tables)
    processor = bench.processor()
    for number in range(3):
        trade = {"type": "match", "side": "buy", "size": "1", "price": str(number), "product_id": "BTC-USD"}
        trade |= {"trade_id": number, "time": f"2024-06-10T06:13:2{number}Z"}
        detail = {"schema": "native/1", "venue": "coinbase", "raw": json.dumps(trade)}
        processor.process(make_event("marketdata.coinbase", detail, START + number * SECOND), bench.context)
    outputs = SimpleNamespace(market_table_name=MARKET, layout=KeyLayout(minute_shards=4))
    return lambda: (SimpleNamespace(client=lambda _: tables), outputs, None)


def _arguments(**given: object) -> Namespace:
    usual = {"symbol": "BTC-USD", "venue": None, "limit": 100, "json": True}
    return Namespace(**{**usual, "start": "2024-06-10T06:13:00", "end": "2024-06-10T06:14:00", **given})


def _read(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_trades_are_read_with_the_entry_that_proves_each(
    find: Callable[[], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert trades(_arguments(), find) == 0
    found = _read(capsys)
    assert [json.loads(one["body"])["price"] for one in found] == ["0", "1", "2"]
    assert all(one["audit"]["lane"] and len(one["audit"]["entry_hash"]) == 64 for one in found)


def test_a_limit_is_told_where_there_may_be_more(find: Callable[[], Any], capsys: pytest.CaptureFixture[str]) -> None:
    trades(_arguments(limit=2, json=False), find)
    assert "the first 2; there may be more, see --limit" in capsys.readouterr().out
    trades(_arguments(limit=4, json=False), find)
    assert "there may be more" not in capsys.readouterr().out
    trades(_arguments(limit=2), find)
    assert len(_read(capsys)) == 2


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "BTC-USD: no quote is recorded in that time (--from and --to); recorded of it there: trade."),
        ({"venue": "kraken"}, "BTC-USD at kraken: no quote is recorded in that time (--from and --to); nothing else"),
        ({"symbol": "ETH-USD"}, "ETH-USD: no quote is recorded in that time (--from and --to); nothing else of it"),
        ({"start": "2024-06-01T00:00:00"}, "BTC-USD: no quote is recorded in that time (--from and --to). `tapeproof"),
    ],
)
def test_where_nothing_of_a_type_is_recorded_it_says_what_is(
    find: Callable[[], Any], capsys: pytest.CaptureFixture[str], given: dict[str, str], expected: str
) -> None:
    assert quotes(_arguments(json=False, **given), find) == 0
    assert expected in " ".join(capsys.readouterr().out.split())


def test_nothing_in_the_range_is_nothing(find: Callable[[], Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert trades(_arguments(end="2024-06-10T06:13:20"), find) == 0
    assert quotes(_arguments(), find) == 0
    assert _read(capsys) == []


def test_the_newest_of_a_symbol_is_found_or_the_way_to_one(
    find: Callable[[], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert latest(_arguments(), find) == 0
    assert [json.loads(one["body"])["price"] for one in _read(capsys)] == ["2"]
    with pytest.raises(OperationError) as refused:
        latest(_arguments(symbol="XBT"), find)
    assert "tapeproof ops symbols" in refused.value.diagnostics()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-02", 86_400),
        ("1970-01-01T00:00:01", 1),
        ("1970-01-01T02:00:00+02:00", 0),
        ("1970-01-01T00:00:00.5", 0.5),
        ("1970-01-01T00:00:00Z", 0),
    ],
)
def test_a_time_is_utc_unless_it_says_otherwise(text: str, seconds: float) -> None:
    assert time_ns(text, "--from") == seconds * 10**9


@pytest.mark.parametrize("text", ["yesterday", "", "1970", "25:00"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(OperationError) as refused:
        time_ns(text, "--from")
    assert "2026-01-05T14:30:00" in refused.value.diagnostics()


def test_a_range_that_ends_before_it_starts_is_refused_in_the_words_of_the_options(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["ops", "trades", "BTC-USD", "--dir", str(tmp_path), "--from", "2026-01-06", "--to", "2026-01-05"]
    assert cli.main(arguments) == 1
    said = capsys.readouterr().err
    assert "--from 2026-01-06 is not before --to 2026-01-05" in said


@pytest.mark.parametrize(
    ("text", "nanoseconds"),
    [
        ("1969-12-31T23:59:59.5", -SECOND // 2),
        ("1969-12-31T23:59:59.999999Z", -1_000),
        ("9999-12-31T23:59:59Z", 253_402_300_799 * SECOND),
        ("2026-01-05T14:30:00.000001", 1_767_623_400 * SECOND + 1_000),
    ],
)
def test_a_time_far_away_is_exact(text: str, nanoseconds: int) -> None:
    assert time_ns(text, "--from") == nanoseconds


def test_without_a_range_the_hour_before_now_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: START)
    assert read_range(Namespace(start=None, end=None)) == (START - 3600 * SECOND, START)
    assert read_range(Namespace(start=None, end="2024-06-10T06:14:00")) == (START - 3560 * SECOND, START + 40 * SECOND)
