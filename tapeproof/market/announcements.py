"""Records of what a venue announces: of itself, of an instrument, and of the figures that it computes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from tapeproof.market.record import Record

if TYPE_CHECKING:
    from tapeproof.market.schema import RecordType

__all__ = ["Definition", "Funding", "Imbalance", "OpenInterest", "Statistic", "Status"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Record):
    """What a feed says about itself: heartbeat, subscription, halt, auction. ``text`` is what it said."""

    type: ClassVar[RecordType] = "status"

    kind: str
    text: str = ""
    state: str = ""
    reason: str = ""

    @property
    def is_trading(self) -> bool | None:
        """Return whether the instrument trades in that state, None where the status has none."""
        return self.state.lower() in {"trading", "online", "open", "live", "started"} if self.state else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic(Record):
    """A number that a venue publishes of an instrument: mark price, settlement price, volume."""

    type: ClassVar[RecordType] = "statistic"

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Record):
    """What an instrument is. ``multiplier`` is what one contract stands for."""

    type: ClassVar[RecordType] = "definition"

    asset_class: str
    underlying: str = ""
    expiry_ns: int | None = None
    strike: str | None = None
    option_kind: str = ""
    multiplier: str | None = None
    price_increment: str | None = None
    size_increment: str | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imbalance(Record):
    """What an auction would do if it were held now."""

    type: ClassVar[RecordType] = "imbalance"

    auction: str = ""
    reference_price: str | None = None
    paired_size: str | None = None
    imbalance_size: str | None = None
    side: str = ""
    clearing_price: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding(Record):
    """The funding rate of a perpetual future."""

    type: ClassVar[RecordType] = "funding"

    rate: str
    next_funding_ns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInterest(Record):
    """How much of a derivative is held open, in the venue's own unit."""

    type: ClassVar[RecordType] = "open_interest"

    amount: str
