"""Natural keys, as entries name them, and where in the table the record of one lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tapeproof.market.errors import StoreError, describe_value
from tapeproof.market.instants import hour, ns_text
from tapeproof.market.model import DETAIL_TYPES
from tapeproof.market.spans import NS_DIGITS

if TYPE_CHECKING:
    from tapeproof.market.keys import KeyLayout
    from tapeproof.market.schema import RecordType

__all__ = ["find_place"]

_KEY_FIELDS = 5
_DAY_DIGITS = 8


def find_place(layout: KeyLayout, key: str) -> tuple[str, str]:
    """Return partition and sort key of the record with a natural key.

    Args:
        layout: How the table's keys are spread.
        key: ``type#venue#symbol#day#identifier``, or ``type#venue#symbol#<ts_event ns>#<sequence>`` of a record
            that was written before keys held the identity.

    Raises:
        StoreError: The key is of neither form.
    """
    kind, venue, symbol, period, identifier = _parse_key(key)
    sort = identifier
    if len(period) != _DAY_DIGITS:
        period, sort = hour(int(period)), f"{ns_text(int(period))}#{identifier}"
    return layout.partition(kind, venue, symbol, period, sort), sort


def _parse_key(key: str) -> tuple[RecordType, str, str, str, str]:
    fields = key.split("#")
    if len(fields) != _KEY_FIELDS or fields[0] not in DETAIL_TYPES:
        raise StoreError(f"a natural key is type#venue#symbol#day#identifier, got {describe_value(key)}")
    kind, venue, symbol, period, identifier = fields
    is_number = period.isascii() and period.isdecimal()
    if not is_number or len(period) not in {_DAY_DIGITS, NS_DIGITS} or not identifier:
        raise StoreError(
            f"the fourth part of a natural key is a day, or a time in nanoseconds, got {describe_value(key)}"
        )
    if len(period) == NS_DIGITS and not (identifier.isascii() and identifier.isdecimal()):
        raise StoreError(f"time and sequence of a natural key are digits, got {describe_value(key)}")
    return cast("RecordType", kind), venue, symbol, period, identifier
