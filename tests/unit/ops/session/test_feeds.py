"""What four exchanges say in their own words is what their venues' modules read."""

from __future__ import annotations

import json

import pytest

from tapeproof.market import venues
from tapeproof.market.model import Book, Quote, Trade
from tapeproof.ops.session import feeds
from tapeproof.ops.session.feeds import FEEDS, Feed, Moment

AT = 1_718_000_000_123_456_789
MOMENT = Moment(0, AT, 7)
LEVELS = [("buy", "99.5", "2.00000000"), ("sell", "100.5", "0.00000000")]
each_feed = pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.venue)


@each_feed
@pytest.mark.parametrize("side", ["buy", "sell"])
def test_a_trade_is_read_as_it_was_meant(feed: Feed, side: str) -> None:
    raw = feed.trade(feed.instruments[0], MOMENT, feeds.Trade("100.0000", "1.50000000", side))
    (record,) = venues.parse(feed.venue, raw, AT)
    assert isinstance(record, Trade)
    assert (float(record.price), float(record.size), record.side) == (100.0, 1.5, side)
    assert record.symbol == "BTC-USD"
    assert abs(record.ts_event_ns - AT) < 1_000_000


@each_feed
def test_a_change_of_the_book_takes_a_level_away_where_its_size_is_zero(feed: Feed) -> None:
    records = venues.parse(feed.venue, feed.changes(feed.instruments[0], MOMENT, LEVELS), AT)
    assert all(isinstance(record, Book) for record in records)
    assert {record.symbol for record in records} == {"BTC-USD"}
    text = json.dumps([record.document() for record in records])
    assert "99.5" in text
    assert "100.5" in text


@each_feed
def test_a_feed_that_publishes_quotes_or_snapshots_writes_what_is_read(feed: Feed) -> None:
    if feed.quote is not None:
        last = feeds.Trade("100", "1", "buy")
        quote = feeds.Quote("99.5", "2", "100.5", "3", last)
        (record,) = venues.parse(feed.venue, feed.quote(feed.instruments[0], MOMENT, quote), AT)
        assert isinstance(record, Quote)
    if feed.snapshot is not None:
        assert venues.parse(feed.venue, feed.snapshot(feed.instruments[0], MOMENT, LEVELS), AT)
    assert (feed.quote is None) is (feed.venue in {"bitstamp", "gemini"})


@each_feed
def test_a_heartbeat_is_taken_for_no_trade(feed: Feed) -> None:
    records = venues.parse(feed.venue, feed.heartbeat(MOMENT), AT)
    assert [record.type for record in records] == ["status"]


@each_feed
def test_every_instrument_is_known_by_the_same_symbol_everywhere(feed: Feed) -> None:
    trade = feeds.Trade("100", "1", "buy")
    symbols = [venues.parse(feed.venue, feed.trade(one, MOMENT, trade), AT)[0].symbol for one in feed.instruments]
    assert symbols == ["BTC-USD", "ETH-USD", "SOL-USD"]
