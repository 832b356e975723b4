"""Every message of six real captures becomes records or a reasoned rejection."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tapeproof.market import venues
from tapeproof.market.canonical import read_stored
from tapeproof.market.model import Record, Trade
from tapeproof.market.wire import decode
from tests.places import SHARED

CAPTURES = SHARED / "marketdata"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CAPTURES.is_dir(), reason=f"no captures in {CAPTURES}"),
]


def messages(name: str) -> Iterator[tuple[str, int]]:
    for line in (CAPTURES / f"{name}.capture").read_text().splitlines():
        head = line.partition("{")[0]
        if line and "<-" not in head:
            seconds, raw = line.split(": ", 1)
            yield raw, int(Decimal(seconds) * 10**9)


def records(name: str) -> list[Record]:
    venue = name.partition("-")[0]
    return [record for raw, received in messages(name) for record in venues.parse(venue, raw, received)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("coinbase", {"book": 9729, "quote": 107, "trade": 107, "status": 3}),
        ("kraken-trade", {"trade": 10, "status": 41}),
        ("kraken-ticker", {"quote": 18, "status": 42}),
        ("kraken-book", {"book": 4279, "status": 42}),
        ("bitstamp", {"book": 717, "trade": 10, "status": 20}),
        ("gemini", {"book": 655, "trade": 516, "status": 7}),
    ],
)
def test_every_message_of_a_capture_becomes_records_with_keys_of_their_own(name: str, expected: dict[str, int]) -> None:
    found = records(name)
    assert Counter(record.type for record in found) == expected
    assert len({record.key for record in found}) == len(found)


@pytest.mark.parametrize("name", ["coinbase", "kraken-trade", "kraken-ticker", "bitstamp", "gemini"])
def test_a_body_read_as_canonical_detail_gives_the_same_body_and_key(name: str) -> None:
    for record in records(name)[:400]:
        again = read_stored(decode(record.body), record.received_ns, record.place, backfill=record.backfill)
        assert (again.key, again.body) == (record.key, record.body)


def test_trade_numbers_of_coinbase_are_contiguous_per_product() -> None:
    newest: dict[str, int] = {}
    for record in records("coinbase"):
        if isinstance(record, Trade):
            assert venues.contiguous(record)
            assert record.sequence is not None
            assert record.sequence == newest.get(record.symbol, record.sequence - 1) + 1
            newest[record.symbol] = record.sequence


def test_a_second_delivery_of_a_capture_has_the_same_keys_and_bodies() -> None:
    for raw, received in list(messages("gemini"))[:60]:
        first, second = (venues.parse("gemini", raw, received) for _ in range(2))
        assert [(r.key, r.body) for r in first] == [(r.key, r.body) for r in second]
