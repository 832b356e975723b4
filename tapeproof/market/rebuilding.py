"""Books rebuilt from what is stored: records, rejected messages and gaps of shared counts, in the order of arrival."""

from __future__ import annotations

import heapq
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.market.books import BookBuilder
from tapeproof.market.model import Book, Order
from tapeproof.market.numbering import GAP
from tapeproof.market.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tapeproof.market.stored import Stored

__all__ = ["Change", "rebuild"]

Item = dict[str, Any]


class Change(NamedTuple):
    """A step of a book.

    Attributes:
        channel: Which book of the symbol.
        stored: The record; None where a message was lost or could not be read.
        outcome: What became of it.
        builder: The book after it.
        event_id: The event that brought it, or showed the loss.
    """

    channel: str
    stored: Stored | None
    outcome: Outcome
    builder: BookBuilder
    event_id: str


def rebuild(
    venue: str, books: Iterable[Item], orders: Iterable[Item], notices: Iterable[Item], whole: Callable[[Item], Stored]
) -> Iterator[Change]:
    """Yield the steps of all books of a symbol at a venue.

    Args:
        venue: The exchange.
        books: Items of its books, rejected messages among them, in the order of arrival.
        orders: Items of its orders, likewise.
        notices: Items of what was noticed of the venue's counts, likewise.
        whole: Reads the record that an item holds.
    """
    builders: dict[str, BookBuilder] = {}
    streams: dict[str, str] = {}
    for _, item in heapq.merge(
        _rank_items(books, "st_sk"), _rank_items(orders, "st_sk"), _rank_items(notices, "sk"), key=_rank
    ):
        if "st_sk" not in item:
            yield from _apply_gap(item, builders, streams)
        elif "reason" in item:
            channel = item["chan"]["S"]
            yield _interrupt_book(channel, builders.setdefault(channel, BookBuilder(venue)), item)
        else:
            stored = whole(item)
            record = stored.record
            if isinstance(record, (Book, Order)):
                builder = builders.setdefault(record.channel, BookBuilder(venue))
                if record.numbering is not None and record.numbering.shared:
                    streams[record.channel] = record.numbering.stream
                yield Change(record.channel, stored, builder.apply(record), builder, stored.event_id)


def _rank_items(items: Iterable[Item], sort: str) -> Iterator[tuple[str, Item]]:
    return ((item[sort]["S"], item) for item in items)


def _rank(pair: tuple[str, Item]) -> str:
    return pair[0]


def _apply_gap(item: Item, builders: dict[str, BookBuilder], streams: dict[str, str]) -> Iterator[Change]:
    """Yield what a gap does to the books that count in its stream."""
    said = json.loads(item["body"]["S"])
    if said["act"] != GAP:
        return
    for channel, builder in builders.items():
        if streams.get(channel) == said["stream"]:
            yield _interrupt_book(channel, builder, item)


def _interrupt_book(channel: str, builder: BookBuilder, item: Item) -> Change:
    outcome = Outcome(applied=None, observations=builder.interrupt())
    return Change(channel, None, outcome, builder, item["evt"]["S"])
