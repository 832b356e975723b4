"""Records of trading: what was dealt, offered and asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from tapeproof.market.record import Record

if TYPE_CHECKING:
    from tapeproof.market.fields import Level
    from tapeproof.market.identities import Pairs
    from tapeproof.market.schema import RecordType

__all__ = ["Bar", "Book", "Liquidation", "Order", "Quote", "Trade", "without_empty_sides"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade(Record):
    """An execution. ``side`` is the aggressor's (FIX AggressorSide, tag 2446), empty where the venue does not say.

    ``action`` is empty for a new one; a cancel, correction or bust is a record of its own that refers to the first.
    """

    type: ClassVar[RecordType] = "trade"

    price: str
    size: str
    side: str = ""
    trade_id: str = ""
    action: str = ""
    refers_to: Pairs = ()
    conditions: tuple[str, ...] = ()

    def _own_identity(self) -> Pairs:
        if not self.trade_id:
            return ()
        own: Pairs = (("trade_id", self.trade_id),)
        if self.session:
            own = (*own, ("session", self.session))
        # A trade may be corrected more than once.
        return (*own, ("action", self.action), ("ts", str(self.ts_event_ns))) if self.action else own


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Record):
    """The best bid and ask; a side or a size that the venue does not give is None, in a delta it is unchanged."""

    type: ClassVar[RecordType] = "quote"

    bid_price: str | None = None
    bid_size: str | None = None
    ask_price: str | None = None
    ask_size: str | None = None
    is_delta: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Record):
    """Levels of an order book: all of them (snapshot), or those that changed (delta, size 0 removes a level).

    ``depth`` is how many levels of a side the venue keeps up to date, ``order_counts`` the orders of each bid and ask.
    """

    type: ClassVar[RecordType] = "book"

    action: Literal["snapshot", "delta"]
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]
    checksum: str = ""
    depth: int | None = None
    order_counts: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    @property
    def is_snapshot(self) -> bool:
        """Return whether it is the whole book."""
        return self.action == "snapshot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Record):
    """What happened to one order of the book.

    ``cancel`` and ``execute`` name the size that leaves the book, ``modify`` what stays; ``received`` and ``fill``
    change nothing in it; ``clear`` removes all orders.
    """

    type: ClassVar[RecordType] = "order"

    action: str
    order_id: str = ""
    side: str = ""
    price: str | None = None
    size: str | None = None
    is_snapshot: bool | None = None
    checksum: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar(Record):
    """Prices of an interval (``1m``, ``5m``, ``1d``, …). It comes again and again until it is closed."""

    type: ClassVar[RecordType] = "bar"

    interval: str
    close: str
    start_ns: int | None = None
    open: str | None = None
    high: str | None = None
    low: str | None = None
    volume: str | None = None
    trades: int | None = None
    vwap: str | None = None
    is_closed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Liquidation(Record):
    """A position that was closed by force; ``side`` is the side of the order that closed it."""

    type: ClassVar[RecordType] = "liquidation"

    size: str
    side: str = ""
    price: str | None = None
    average_price: str | None = None
    state: str = ""
    trade_id: str = ""


def without_empty_sides(record: Record) -> Record:
    """Return a record; of a quote, a side that is 0 of 0 is taken away: venues write so that there is none.

    In a quote that names only changes it stays, where None would say that the side is as before.
    """
    if not isinstance(record, Quote) or record.is_delta:
        return record
    if _is_zero(record.bid_price) and _is_zero(record.bid_size):
        record = replace(record, bid_price=None, bid_size=None)
    if _is_zero(record.ask_price) and _is_zero(record.ask_size):
        record = replace(record, ask_price=None, ask_size=None)
    return record


def _is_zero(number: str | None) -> bool:
    return number is not None and not number.strip("-0.")
