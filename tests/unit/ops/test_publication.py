"""From a captured message to the event that is published, and to what must become of it."""

from __future__ import annotations

import json

import pytest

from tapeproof.ops.capture import NATIVE, NativeMessage
from tapeproof.ops.publication import prepare

AT = 1_718_000_000_000_000_000
TRADE = (
    '{"type":"match","trade_id":5,"side":"buy","size":"1","price":"2","product_id":"BTC-USD",'
    '"time":"2024-06-10T06:13:20Z"}'
)
CANONICAL = json.dumps(
    {
        "schema": "tapeproof/1",
        "type": "trade",
        "venue": "nyse",
        "symbol": "BRK.B",
        "ts_event_ns": str(AT),
        "sequence": "7",
    }
    | {"price": "1", "size": "3"}
)


def _canonical(raw: str) -> NativeMessage:
    return NativeMessage("nyse", AT, raw, schema="tapeproof/1")


@pytest.mark.parametrize(
    ("message", "detail_type", "fate", "keys"),
    [
        (NativeMessage("coinbase", AT, TRADE), "Trade", "record", 1),
        (NativeMessage("coinbase", AT, TRADE.replace('"2"', '"two"')), "Trade", "reject", 0),
        (NativeMessage("coinbase", AT, TRADE[:40]), None, "reject", 0),
        (NativeMessage("coinbase", AT, ""), None, "reject", 0),
        (NativeMessage("luno", AT, "{}"), None, "quarantine", 0),
        (NativeMessage("../coinbase", AT, TRADE), None, "quarantine", 0),
        (_canonical(CANONICAL), "Trade", "record", 1),
        (_canonical(CANONICAL.replace('"3"', '"x"')), "Status", "reject", 0),
    ],
)
def test_what_must_become_of_a_message_is_said_before_it_is_sent(
    message: NativeMessage, detail_type: str | None, fate: str, keys: int
) -> None:
    planned = prepare(3, message).planned
    assert (planned.n, planned.venue, planned.fate, len(planned.keys)) == (3, message.venue, fate, keys)
    assert planned.decisions == max(1, keys)
    assert detail_type in {None, planned.detail_type}


@pytest.mark.parametrize("raw", ["", "{", '{"a":"\u00e9\u2028"}', "\ud83d\ude00", "x" * 10_000])
def test_a_native_message_is_carried_as_it_was_received(raw: str) -> None:
    publication = prepare(0, NativeMessage("kraken", AT, raw))
    assert publication.source == "marketdata.kraken"
    assert json.loads(publication.detail) == {
        "schema": NATIVE, "venue": "kraken", "received_ns": f"{AT:019d}", "raw": raw,
    }  # fmt: skip


def test_a_canonical_message_is_its_own_detail() -> None:
    assert prepare(0, _canonical(CANONICAL)).detail == CANONICAL


def test_its_size_is_counted_in_bytes_and_with_its_name() -> None:
    publication = prepare(0, NativeMessage("kraken", AT, "\u20ac"))
    plain = prepare(0, NativeMessage("kraken", AT, "e"))
    assert publication.size_bytes == plain.size_bytes + 2
    assert plain.size_bytes == len(plain.detail) + len("marketdata.kraken") + len(plain.planned.detail_type)
