"""From a DBN record to ``tapeproof/1`` events: what has a place there goes there, the rest is kept beside it.

The table of schemas is in docs/databento.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.market.model import SCHEMA
from tapeproof.ops.databento.reference_records import (
    read_definition,
    read_imbalance,
    read_message,
    read_state,
    read_statistic,
)
from tapeproof.ops.databento.symbols import SymbolMap
from tapeproof.ops.databento.trading_records import (
    read_bar,
    read_best_quote,
    read_depth,
    read_order,
    read_sampled_quote,
    read_trade,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.ops.databento.decoding import DbnFile, DbnRecord
    from tapeproof.ops.databento.members import Event, Members

__all__ = ["EventMaker"]

_LIVE = "live"  # a live stream has records of several schemas


class EventMaker:
    """Makes the events of a file's records, in their order.

    Args:
        file: The file.
        venue: Name of the venue; the dataset's, with hyphens, when empty.
    """

    def __init__(self, file: DbnFile, venue: str = "") -> None:
        self.venue = venue or file.dataset.lower().replace(".", "-")
        self._schema = file.schema
        self._symbols = SymbolMap(file.mappings)
        self._last: dict[int, tuple[int, int]] = {}

    def make(self, record: DbnRecord) -> list[Event]:
        """Return the events of a record: one, or a trade and what stood in the book beside it."""
        if record.kind.startswith(("SymbolMapping", "InstrumentDef")):
            self._symbols.learn(record)
        events = _READERS.get(record.kind, read_message)(record, self._schema)
        return [self._whole(event, record.members) for event in events]

    def _whole(self, event: Event, members: Members) -> Event:
        """Return an event with what every one has: names, times, identity."""
        received = int(event.pop("_received_ns", members.get("ts_recv", members.get("ts_event", 0))))
        happened = event.pop("_ts_event_ns", members.get("ts_event"))
        number = int(members.get("instrument_id", 0))
        symbol, native = self._symbols.find(number, received)
        if event.pop("_whole_venue", False):
            symbol = native = "*"
        index = self._next(number, received)
        identity = {
            "instrument_id": str(number),
            "publisher_id": str(members.get("publisher_id", 0)),
            "received": str(received),
            "schema": self._schema or _LIVE,
            "index": str(index),
        }
        return (
            {
                "schema": SCHEMA,
                "venue": self.venue,
                "symbol": symbol,
                "native_symbol": native,
                "received_ns": str(received),
                "channel": self._schema or _LIVE,
                "identity": identity,
                "index": str(index),
            }
            | ({} if happened is None else {"ts_event_ns": str(happened)})
            | event
        )

    def _next(self, number: int, received: int) -> int:
        """Return the place of an event among those of its instrument that were received at one time."""
        before, index = self._last.get(number, (-1, -1))
        index = index + 1 if before == received else 0
        self._last[number] = (received, index)
        return index


_READERS: dict[str, Callable[[DbnRecord, str], list[Event]]] = {
    "BBOMsg": read_sampled_quote,
    "CBBOMsg": read_sampled_quote,
    "CMBP1Msg": read_best_quote,
    "ImbalanceMsg": read_imbalance,
    "InstrumentDefMsg": read_definition,
    "MBOMsg": read_order,
    "MBP10Msg": read_depth,
    "MBP1Msg": read_best_quote,
    "OHLCVMsg": read_bar,
    "StatMsg": read_statistic,
    "StatusMsg": read_state,
    "TradeMsg": read_trade,
}
