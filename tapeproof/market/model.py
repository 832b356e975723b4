"""The records that messages become, all of them: where the other modules, and those of new venues, get them."""

from __future__ import annotations

from tapeproof.market.announcements import Definition, Funding, Imbalance, OpenInterest, Statistic, Status
from tapeproof.market.identities import Pairs
from tapeproof.market.origin import Head, Origin, check_time, delivery_name
from tapeproof.market.record import SCHEMA, Record, complete_record, place_record
from tapeproof.market.schema import RecordType
from tapeproof.market.trading import Bar, Book, Liquidation, Order, Quote, Trade, without_empty_sides

__all__ = [
    "DETAIL_TYPES",
    "SCHEMA",
    "STATEFUL",
    "Bar",
    "Book",
    "Definition",
    "Funding",
    "Head",
    "Imbalance",
    "Liquidation",
    "OpenInterest",
    "Order",
    "Origin",
    "Pairs",
    "Quote",
    "Record",
    "RecordType",
    "Statistic",
    "Status",
    "Trade",
    "check_time",
    "complete_record",
    "delivery_name",
    "place_record",
    "without_empty_sides",
]

DETAIL_TYPES: dict[RecordType, str] = {
    "trade": "Trade",
    "quote": "Quote",
    "book": "Book",
    "order": "Book",
    "status": "Status",
    "bar": "Trade",
    "statistic": "Trade",
    "definition": "Status",
    "imbalance": "Status",
    "funding": "Trade",
    "open_interest": "Trade",
    "liquidation": "Trade",
}
"""Under which detail type a message is published whose first record is of a type: four routes take them all."""
STATEFUL = frozenset({"book", "order"})
"""Types that mean something only after what arrived before them: they are filed by receipt, the others by event."""
