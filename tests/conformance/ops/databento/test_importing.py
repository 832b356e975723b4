"""Databento's own test data, a file for each schema: what goes in, what comes out, and that nothing is lost between."""

from __future__ import annotations

import argparse
import io
import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log.entry import parse
from tapeproof.market.keys import KeyLayout
from tapeproof.market.memory import MemoryTables
from tapeproof.market.store import MarketStore
from tapeproof.ops.databento.decoding import open_dbn
from tapeproof.ops.databento.events import EventMaker
from tapeproof.ops.databento.importing import import_dbn, write_events
from tests.market_bench import AUDIT, MARKET, Bench, make_event
from tests.places import SHARED

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted((SHARED / "marketdata" / "dbn").glob("*.dbn.zst"))
pytestmark = pytest.mark.skipif(not FILES, reason=f"no files in {SHARED / 'marketdata' / 'dbn'}")
WRITTEN = {
    "bbo-1s": (4, {"quote": 4}),
    "cmbp-1": (2, {"quote": 2}),
    "definition": (2, {"definition": 2}),
    "imbalance": (2, {"imbalance": 2}),
    "mbo": (2, {"order": 2}),
    "mbp-1": (2, {"quote": 2}),
    "mbp-10": (2, {"book": 2}),
    "ohlcv-1m": (2, {"bar": 2}),
    "statistics": (2, {"statistic": 2}),
    "status": (4, {"status": 4}),
    "tbbo": (2, {"quote": 2, "trade": 2}),
    "trades": (2, {"trade": 2}),
}
Json = Any
# Where a member of DBN went that is not beside the others in extra.dbn.
PRICES = {"bid_px_00": "bid_price", "ask_px_00": "ask_price", "price": "price", "open": "open", "high": "high"}
PRICES |= {"low": "low", "close": "close", "ref_price": "reference_price", "cont_book_clr_price": "clearing_price"}
TEXTS = {"bid_sz_00": "bid_size", "ask_sz_00": "ask_size", "size": "size", "order_id": "order_id", "volume": "volume"}
TEXTS |= {"paired_qty": "paired_size", "total_imbalance_qty": "imbalance_size", "auction_type": "auction"}
TEXTS |= {"ts_recv": "received_ns", "ts_event": "ts_event_ns"}


def member_back(events: list[Json], name: str) -> str | None:
    """Return a member of a DBN record, found again in the events that were made of it."""
    return next(filter(None, (_in_event(event, name) for event in events)), None)


def _in_event(event: Json, name: str) -> str | None:
    beside = event.get("extra", {}).get("dbn", {}) | {"instrument_id": event["identity"]["instrument_id"]}
    if name in beside:
        return str(beside[name])
    if name in TEXTS and TEXTS[name] in event:
        return str(event[TEXTS[name]])
    decimal = event.get(PRICES.get(name, "")) or (event.get("value") if name == "price" else None)
    if decimal is None and event["type"] == "book" and name[:3] in {"bid", "ask"}:
        side, what, level = name.split("_")
        row = [*event[f"{side}s"][int(level)], event["order_counts"][f"{side}s"][int(level)]]
        if what != "px":
            return str(row[{"sz": 1, "ct": 2}[what]])
        decimal = row[0]
    return None if decimal is None else str(int(Decimal(decimal) * 10**9))


def schema_of(path: Path) -> str:
    return path.name.split(".")[0]


@pytest.mark.parametrize("path", FILES, ids=schema_of)
def test_every_member_of_every_record_is_found_again(path: Path) -> None:
    file = open_dbn(path)
    maker = EventMaker(file)
    for record in file:
        events = maker.make(record)
        back = {name: member_back(events, name) for name in record.members}
        assert back == {name: str(value) for name, value in record.members.items()}


@pytest.mark.parametrize("path", FILES, ids=schema_of)
def test_as_many_events_are_written_as_the_table_says_and_none_is_refused(path: Path) -> None:
    out = io.StringIO()
    done = write_events(path, out)
    assert (done.records.total(), dict(done.events)) == WRITTEN[schema_of(path)]
    assert not done.rejected
    assert Counter(json.loads(line)["type"] for line in out.getvalue().splitlines()) == done.events


@pytest.mark.parametrize("path", FILES, ids=schema_of)
def test_what_was_imported_is_read_back_in_the_order_of_the_file(path: Path) -> None:
    bench = Bench(MemoryTables())
    processor = bench.processor(MAX_ITEM_BYTES="350000")
    out = io.StringIO()
    write_events(path, out)
    events = [json.loads(line) for line in out.getvalue().splitlines()]
    for event in events:
        outcome = processor.process(make_event(f"marketdata.{event['venue']}", event, 0), bench.context)
        assert outcome["outcomes"].pop("RECORDED") == 1
        assert outcome["outcomes"].keys() <= {"LATE"}  # a file opens with states of the day before
    times = sorted({int(event["received_ns"]) for event in events})
    store = MarketStore(bench.client, MARKET, KeyLayout(minute_shards=4), workers=1)
    found = [one for ns in times for one in store.by_exchange(events[0]["venue"], ns, ns + 1)]
    assert [dict(one.record.identity) for one in found] == [event["identity"] for event in events]
    entries = [parse(item["b"]["B"]) for item in bench.client.items(AUDIT) if item["pk"]["S"].startswith("L#")]
    acts = {one["act"] for entry in entries for one in entry.decisions}
    assert acts <= {"RECORDED", "LATE"}  # a file of one symbol has no gaps to tell of


def test_the_files_are_of_every_schema() -> None:
    assert {schema_of(path) for path in FILES} == WRITTEN.keys()


def test_the_command_writes_a_whole_file_or_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "events.jsonl"
    arguments = argparse.Namespace(files=[FILES[0], FILES[-1]], out=out, venue="cme")
    assert import_dbn(arguments, lambda: pytest.fail("no stack is needed")) == 0
    assert {json.loads(line)["venue"] for line in out.read_text(encoding="utf-8").splitlines()} == {"cme"}
    assert FILES[0].name in capsys.readouterr().err
    broken = tmp_path / "broken.dbn"
    broken.write_bytes(b"DBN")
    with pytest.raises(Exception, match="broken"):
        import_dbn(argparse.Namespace(files=[broken], out=tmp_path / "none", venue=None), lambda: pytest.fail("none"))
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("none")] == []
