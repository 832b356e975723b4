"""What the instrument numbers of a DBN file stand for: by its mappings, and by what a live stream tells on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tapeproof.market.errors import Rejection
from tapeproof.market.symbols import valid_symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.ops.databento.decoding import DbnRecord

__all__ = ["SymbolMap"]

_SECOND_NS = 1_000_000_000


class SymbolMap:
    """Finds the symbol of an instrument number on a day.

    Args:
        mappings: Of the file: (first day, day after the last, instrument number) by symbol.
    """

    def __init__(self, mappings: Mapping[str, tuple[tuple[str, str, str], ...]]) -> None:
        self._by_number: dict[str, list[tuple[str, str, str]]] = {}
        self._live: dict[int, str] = {}
        for symbol, intervals in mappings.items():
            for first, end, number in intervals:
                self._by_number.setdefault(number, []).append((first, end, symbol))

    def learn(self, record: DbnRecord) -> None:
        """Take in a record that tells a symbol: a mapping of a live stream, or a definition."""
        name = "stype_out_symbol" if record.kind.startswith("SymbolMapping") else "raw_symbol"
        if name in record.members:
            self._live[int(record.members["instrument_id"])] = str(record.members[name])

    def find(self, number: int, ts_ns: int) -> tuple[str, str]:
        """Return our symbol of an instrument number and the venue's; the number itself where nothing maps it.

        Args:
            number: The instrument number.
            ts_ns: When, nanoseconds since 1970 UTC: numbers are given anew.
        """
        day = datetime.fromtimestamp(ts_ns // _SECOND_NS, UTC).date().isoformat()
        intervals = self._by_number.get(str(number), ())
        native = next((symbol for first, end, symbol in intervals if first <= day < end), None)
        native = native or self._live.get(number) or str(number)
        try:
            return valid_symbol(native), native
        except Rejection:
            return str(number), native  # longer than a key takes, or with what separates the parts of keys
