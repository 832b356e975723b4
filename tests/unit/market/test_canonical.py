import json
from typing import Any

import pytest
import rfc8785

from tapeproof.market.canonical import parse_canonical
from tapeproof.market.errors import Rejection
from tapeproof.market.model import Book, Quote, Status, Trade

TRADE = {
    "schema": "tapeproof/1",
    "type": "trade",
    "venue": "nyse",
    "symbol": "BRK.B",
    "ts_event_ns": "1700000000000000001",
    "sequence": "7",
    "price": "-0.50",
    "size": "3",
}


def test_a_canonical_trade_needs_price_and_size_only_beside_its_name() -> None:
    trade = parse_canonical(TRADE, 5)
    assert isinstance(trade, Trade)
    assert (trade.price, trade.side, trade.trade_id, trade.native_symbol) == ("-0.50", "", "", "BRK.B")
    assert trade.sequence == 7
    assert trade.received_ns == 5


def test_without_an_identity_of_its_own_an_event_is_told_by_its_delivery() -> None:
    bare = {name: value for name, value in TRADE.items() if name not in {"ts_event_ns", "sequence"}}
    first, second = parse_canonical(bare, 5), parse_canonical(bare | {"price": "1"}, 5)
    assert (first.ts_event_ns, first.ts_source, first.sequence) == (5, "received", None)
    assert first.key != second.key
    assert first == parse_canonical(dict(bare), 5)
    assert parse_canonical(bare, 6).key != first.key
    assert parse_canonical(bare, 6, "d-1").key == parse_canonical(bare | {"delivery": "d-1"}, 6).key


@pytest.mark.parametrize(
    ("changes", "identifier"),
    [
        ({"trade_id": "8"}, "trade_id=8"),
        ({"trade_id": "8", "session": "am"}, "session=am;trade_id=8"),
        ({"trade_id": "8", "action": "cancel"}, "action=cancel;trade_id=8;ts=1700000000000000001"),
        ({"index": 0}, "index=0;sequence=7;ts=1700000000000000001"),
        ({"channel": "A"}, "channel=A;sequence=7;ts=1700000000000000001"),
        ({"channel": "A#1", "session": "am"}, "channel=A%231;sequence=7;session=am;ts=1700000000000000001"),
        ({"identity": {"exec_id": "Ü"}}, "exec_id=%C3%9C"),
    ],
)
def test_what_a_publisher_makes_unique_is_the_identity(changes: dict[str, Any], identifier: str) -> None:
    record = parse_canonical(TRADE | changes, 5)
    assert record.identifier == identifier
    assert record.key == f"trade#nyse#BRK.B#20231114#{identifier}"
    assert parse_canonical(TRADE | changes, 999).key == record.key


def test_a_correction_refers_to_the_trade_whose_id_it_names() -> None:
    record = parse_canonical(TRADE | {"trade_id": "8", "action": "bust"}, 5)
    assert isinstance(record, Trade)
    assert record.refers_to == (("trade_id", "8"),)
    assert parse_canonical(TRADE | {"trade_id": "8", "action": "new"}, 5).identifier == "trade_id=8"


def test_history_may_be_old_and_other_events_may_not() -> None:
    old, now = TRADE | {"ts_event_ns": "561556800000000000"}, 1_718_000_000_000_000_000
    with pytest.raises(Rejection, match="decades before its receipt"):
        parse_canonical(old, now)
    assert parse_canonical(old | {"backfill": True}, now).backfill
    with pytest.raises(Rejection, match=r"it would fit in milliseconds"):
        parse_canonical(TRADE | {"ts_event_ns": "1718000000000"}, now)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"type": "quote", "bid_price": "1.10"}, Quote),
        ({"type": "book", "action": "delta", "bids": [["1", "0"]], "asks": []}, Book),
        ({"type": "status", "kind": "halt", "text": 'line\n"Ünïcode" \u2028'}, Status),
        ({"side": "sell", "trade_id": "x", "price": "1", "size": "2", "attributes": {"cond": "@ T"}}, Trade),
    ],
)
def test_a_body_is_canonical_json_and_reads_as_the_same_record(changes: dict[str, Any], kind: type) -> None:
    whole = TRADE | changes
    if whole["type"] != "trade":
        whole = {name: value for name, value in whole.items() if name not in {"price", "size"}}
    record = parse_canonical(whole, 5)
    assert isinstance(record, kind)
    assert record.body.encode() == rfc8785.dumps(record.document() if kind is not Book else json.loads(record.body))
    again = parse_canonical(json.loads(record.body), 5)
    assert (again.body, again.identity, again.numbering) == (record.body, record.identity, record.numbering)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"schema": "tapeproof/2"}, "bad-schema"),
        ({"type": "swap"}, "bad-type"),
        ({"type": ["trade"]}, "bad-type"),
        ({"venue": "N Y"}, "bad-venue"),
        ({"venue": "a" * 33}, "bad-venue"),
        ({"symbol": " IBM"}, "bad-symbol"),
        ({"symbol": "A#B"}, "bad-symbol"),
        ({"symbol": "A" * 65}, "bad-text"),
        ({"price": 1.5}, "bad-decimal"),
        ({"price": "NaN"}, "bad-decimal"),
        ({"price": "1" * 31}, "bad-decimal"),
        ({"price": "٣"}, "bad-decimal"),
        ({"size": "-1"}, "bad-decimal"),
        ({"sequence": str(1 << 64)}, "bad-integer"),
        ({"sequence": 10**5000}, "bad-integer"),
        ({"sequence": True}, "bad-integer"),
        ({"ts_event_ns": "10000000000000000000"}, "bad-time"),
        ({"ts_source": "guess"}, "bad-text"),
        ({"prise": "1"}, "unknown-field"),
        ({"bids": []}, "unknown-field"),
        ({"attributes": {"Ä": "x"}}, "bad-attributes"),
        ({"attributes": {"a": 5}}, "bad-text"),
        ({"attributes": {f"a{n}": "x" for n in range(65)}}, "bad-attributes"),
        ({"native_symbol": "\ud800"}, "bad-text"),
    ],
)
def test_a_detail_that_does_not_fit_is_rejected_with_a_reason(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Rejection) as caught:
        parse_canonical(TRADE | changes, 5)
    assert caught.value.code == code
    assert caught.value.reason.isascii()
    assert "REJECTED" in caught.value.diagnostics()
