"""Every book of the real captures, rebuilt from what is stored: the states of arrival, none wrong."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from tapeproof.market import venues
from tapeproof.market.books import BookBuilder
from tapeproof.market.items import ItemFormat, record_of
from tapeproof.market.keys import KeyLayout, arrival_text
from tapeproof.market.model import Book, Order, Record
from tapeproof.market.outcomes import CHECKSUM_MISMATCH, CROSSED, OUT_OF_SEQUENCE
from tests.conformance.market.test_captures import CAPTURES, messages

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CAPTURES.is_dir(), reason=f"no captures in {CAPTURES}"),
]
DEPTH = 5
State = tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...], bool]


def changes(name: str) -> list[tuple[str, Record]]:
    """Return the records of books with their place in the order of arrival."""
    venue = name.partition("-")[0]
    found = []
    for clock, (raw, received) in enumerate(messages(name)):
        for item, record in enumerate(venues.parse(venue, raw, received)):
            if isinstance(record, (Book, Order)):
                found.append((arrival_text(record, clock, item), record))
    return found


def states(venue: str, records: list[Record]) -> tuple[list[State], list[str]]:
    """Return the best levels after each record, and everything that was observed."""
    builders: dict[tuple[str, str], BookBuilder] = defaultdict(lambda: BookBuilder(venue))
    found, observed = [], []
    for record in records:
        assert isinstance(record, (Book, Order))
        builder = builders[record.symbol, record.channel]
        observed += builder.apply(record).observations
        found.append((*builder.levels(DEPTH), builder.stale))
    return found, observed


@pytest.mark.parametrize(
    ("name", "books"), [("coinbase", 9729), ("kraken-book", 4279), ("bitstamp", 717), ("gemini", 655)]
)
def test_books_rebuilt_from_the_table_are_those_of_arrival(name: str, books: int) -> None:
    venue = name.partition("-")[0]
    arrived = changes(name)
    assert len(arrived) == books
    expected, observed = states(venue, [record for _, record in arrived])
    writer = ItemFormat(KeyLayout())
    items = [
        writer.record(record, record.body, f"e{number}", arrival)[0] for number, (arrival, record) in enumerate(arrived)
    ]
    assert len({(item["pk"]["S"], item["sk"]["S"]) for item in items}) == books
    random.Random(7).shuffle(items)
    items.sort(key=lambda item: str(item["st_sk"]["S"]))
    rebuilt, _ = states(venue, [record_of(item, item["body"]["S"]) for item in items])
    wrong = sum(one != two for one, two in zip(expected, rebuilt, strict=True))
    assert wrong == 0
    assert not {CROSSED, OUT_OF_SEQUENCE, CHECKSUM_MISMATCH} & set(observed)


def test_every_sum_that_kraken_sent_is_that_of_the_book() -> None:
    arrived = [record for _, record in changes("kraken-book")]
    assert sum(bool(record.checksum) for record in arrived if isinstance(record, Book)) > 4000
    assert CHECKSUM_MISMATCH not in states("kraken", arrived)[1]
