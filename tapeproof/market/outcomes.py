"""What building a book tells: what became of each record, what was noticed when it came, and the book as it stood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.market.fields import Level

__all__ = ["CHECKSUM_MISMATCH", "CROSSED", "OUT_OF_SEQUENCE", "STALE", "BookView", "Outcome"]

STALE, CROSSED = "STALE", "CROSSED"
OUT_OF_SEQUENCE, CHECKSUM_MISMATCH = "OUT_OF_SEQUENCE", "CHECKSUM_MISMATCH"


@dataclass(slots=True)
class Outcome:
    """What became of a record in its book.

    Attributes:
        applied: Whether the book has it in; None while it waits for a snapshot.
        applied_after: Number of the record after which it was applied, where that is another one.
        partial: Whether it took a part of an order away.
        observations: What was noticed when it came.
    """

    applied: bool | None = True
    applied_after: int | None = None
    partial: bool = False
    observations: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BookView:
    """A book at an instant.

    Attributes:
        venue: The exchange.
        symbol: The normalised symbol.
        channel: The stream within the venue.
        bids: (price, size) levels, the best first.
        asks: Likewise.
        stale: Whether it cannot be trusted: no snapshot yet, or something was lost since.
        received_ns: Receipt of the last record that is in it, 0 when there is none.
        orders: (order id, side, price, size) in their queue, where the venue shows orders.
    """

    venue: str
    symbol: str
    channel: str
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]
    stale: bool
    received_ns: int
    orders: tuple[tuple[str, str, str, str], ...] = ()
