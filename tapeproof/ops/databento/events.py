"""From a DBN record to ``tapeproof/1`` events: what has a place there goes there, the rest is kept beside it.

Members that have no place are in ``extra.dbn``, as text. A member that DBN says has no value is nowhere.
The table of schemas is in docs/databento.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.market.fields import MAX_NS
from tapeproof.market.model import SCHEMA
from tapeproof.ops.databento.symbols import SymbolMap

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.ops.databento.decoding import DbnFile, DbnRecord

__all__ = ["EventMaker", "decimal_text"]

Event = dict[str, Any]
Members = dict[str, "int | str"]
_UNIT = 1_000_000_000  # prices are integers of 1e-9
_DIGITS = 9
_LEVELS = 10
_SECOND_NS = 1_000_000_000
_SNAPSHOT = 1 << 5  # RecordFlags.F_SNAPSHOT
_LIVE = "live"  # a live stream has records of several schemas
_SIDES = {"B": "buy", "A": "sell"}
_ORDER_ACTIONS = {"A": "add", "C": "cancel", "M": "modify", "F": "fill", "R": "clear"}
_INTERVALS = {32: ("1s", 1), 33: ("1m", 60), 34: ("1h", 3_600), 35: ("1d", 86_400), 36: ("1d", 86_400)}
_ASSETS = {
    "B": "bond",
    "C": "option",
    "F": "future",
    "I": "index",
    "K": "stock",
    "M": "mixed_spread",
    "P": "option",
    "S": "future_spread",
    "T": "option_spread",
    "X": "fx_spot",
    "Y": "commodity_spot",
}
_OPTIONS = {"C": "call", "P": "put"}
_STATES: tuple[str, ...] = ("none", "pre_open", "pre_cross", "quoting", "cross", "rotation", "new_price_indication")
_STATES += ("trading", "halt", "pause", "suspend", "pre_close", "close", "post_close", "ssr_change")
_STATES += ("not_available_for_trading",)
_STATISTICS: tuple[str, ...] = ("", "opening_price", "indicative_opening_price", "settlement_price")
_STATISTICS += ("session_low_price", "session_high_price", "cleared_volume", "lowest_offer", "highest_bid")
_STATISTICS += ("open_interest", "fixing_price", "close_price", "net_change", "vwap", "volatility", "delta")
_STATISTICS += ("uncrossing_price", "upper_price_limit", "lower_price_limit", "block_volume", "indicative_close_price")
_STATISTICS += ("mwcb_level_1", "mwcb_level_2", "mwcb_level_3", "auction_collar_reference_price")
_STATISTICS += ("auction_collar_upper_price", "auction_collar_lower_price")
_OPEN_INTEREST = 9
_NEVER_EXTRA = frozenset({"instrument_id"})


def decimal_text(units: int) -> str:
    """Return a price in units of 1e-9 as exact decimal text."""
    whole, part = divmod(abs(units), _UNIT)
    text = f"{whole}.{part:0{_DIGITS}d}".rstrip("0").rstrip(".")
    return f"-{text}" if units < 0 else text


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
        events = _READERS.get(record.kind, _message)(record, self._schema)
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


def _rest(members: Members, *taken: str) -> Event:
    """Return the members that have no other place; times are read from the event wherever it has them."""
    left = {name: str(value) for name, value in members.items() if name not in taken and name not in _NEVER_EXTRA}
    return {"extra": {"dbn": left}}


def _price(members: Members, name: str) -> str | None:
    return decimal_text(int(members[name])) if name in members else None


def _keep_given(**members: str | None) -> Event:
    return {name: value for name, value in members.items() if value is not None}


def _side(members: Members, name: str = "side") -> Event:
    own = _SIDES.get(str(members.get(name)))
    return {"side": own} if own else {}


def _trade(record: DbnRecord, _: str) -> list[Event]:
    members = record.members
    deals = [one | _rest(members, "price", "size", "ts_event", "ts_recv") for one in _deals(members)]
    return deals or _message(record, "")


def _deals(members: Members) -> list[Event]:
    """Return the trade of a record; none where it has no price."""
    price = _price(members, "price")
    if price is None or "size" not in members:
        return []
    return [{"type": "trade", "price": price, "size": str(members["size"])} | _side(members)]


def _top(members: Members) -> Event:
    names = ("bid_px_00", "bid_sz_00", "ask_px_00", "ask_sz_00", "ts_recv")
    given = _keep_given(bid_price=_price(members, "bid_px_00"), ask_price=_price(members, "ask_px_00"))
    sizes = {
        f"{side}_size": str(members.get(f"{side}_sz_00", 0)) for side in ("bid", "ask") if f"{side}_px_00" in members
    }
    return {"type": "quote"} | given | sizes | _rest(members, *names)


def _best(record: DbnRecord, schema: str) -> list[Event]:
    """Return the best bid and ask, and the trade of a record that is one: before it, or after it in TBBO."""
    members = record.members
    quote = _top(members)
    if members.get("action") != "T":
        return [quote]
    before = "tbbo" in schema or schema == "tcbbo"
    # The quote keeps all that the record says.
    return [quote, *_deals(members)] if before else [*_deals(members), quote]


def _parse_sample(record: DbnRecord, _: str) -> list[Event]:
    # The time of the event is that of the last trade; the quote stood at the end of the interval.
    return [_top(record.members) | {"_ts_event_ns": record.members.get("ts_recv", 0)}]


def _depth(record: DbnRecord, _: str) -> list[Event]:
    members = record.members
    taken = ["ts_recv"]
    sides: dict[str, list[list[str]]] = {"bid": [], "ask": []}
    counts: dict[str, list[str]] = {"bid": [], "ask": []}
    for side, level in ((side, level) for side in sides for level in range(_LEVELS)):
        price, size, count = (f"{side}_{what}_{level:02d}" for what in ("px", "sz", "ct"))
        if price in members:
            sides[side].append([decimal_text(int(members[price])), str(members.get(size, 0))])
            counts[side].append(str(members.get(count, 0)))
            taken += (price, size, count)
    book: Event = {"type": "book", "action": "snapshot", "depth": str(_LEVELS)}
    book |= {"bids": sides["bid"], "asks": sides["ask"], "order_counts": {"bids": counts["bid"], "asks": counts["ask"]}}
    book |= _rest(members, *taken)
    return [*_deals(members), book] if members.get("action") == "T" else [book]


def _order(record: DbnRecord, _: str) -> list[Event]:
    members = record.members
    action = str(members.get("action"))
    if action == "T":
        return _trade(record, "")
    known = _ORDER_ACTIONS.get(action)
    if known is None:
        return _message(record, "")
    event: Event = {"type": "order", "action": known} | _side(members) | _keep_given(price=_price(members, "price"))
    if known != "clear":
        event["size"] = str(members.get("size", 0))
        event["order_id"] = str(members.get("order_id", 0))
    if int(members.get("flags", 0)) & _SNAPSHOT and known == "add":
        event["is_snapshot"] = True
    return [event | _rest(members, *({"price", "ts_event", "ts_recv"} | ({"size", "order_id"} & event.keys())))]


def _bar(record: DbnRecord, _: str) -> list[Event]:
    members = record.members
    if "close" not in members:
        return _message(record, "")
    interval, seconds = _INTERVALS.get(int(members.get("rtype", 0)), ("1d", 86_400))
    start = int(members.get("ts_event", 0))
    prices = _keep_given(**{name: _price(members, name) for name in ("open", "high", "low", "close")})
    return [
        {
            "type": "bar",
            "interval": interval,
            "start_ns": str(start),
            "volume": str(members.get("volume", 0)),
            "is_closed": True,
            "backfill": True,
            "_received_ns": start + seconds * _SECOND_NS,
        }
        | prices
        | _rest(members, "open", "high", "low", "close", "volume", "ts_event")
    ]


def _state(record: DbnRecord, _: str) -> list[Event]:
    members = record.members
    number = int(members.get("action", 0))
    state = _STATES[number] if number < len(_STATES) else str(number)
    return [{"type": "status", "kind": "trading", "state": state} | _rest(members, "ts_event", "ts_recv")]


def _statistic(record: DbnRecord, _: str) -> list[Event]:
    members = record.members
    number = int(members.get("stat_type", 0))
    kind = _STATISTICS[number] if 0 < number < len(_STATISTICS) else f"stat_{number}"
    taken = ["ts_event", "ts_recv"]
    if number == _OPEN_INTEREST and int(members.get("quantity", -1)) >= 0:
        event: Event = {"type": "open_interest", "amount": str(members["quantity"])}
        taken.append("quantity")
    elif "price" in members:
        event = {"type": "statistic", "kind": kind, "value": decimal_text(int(members["price"]))}
        taken.append("price")
    elif "quantity" in members:
        event = {"type": "statistic", "kind": kind, "value": str(members["quantity"])}
        taken.append("quantity")
    else:  # one that was taken back names no value
        event = {"type": "status", "kind": f"statistic:{kind}"}
    return [event | _rest(members, *taken)]


def _definition(record: DbnRecord, _: str) -> list[Event]:
    members = record.members
    kind = str(members.get("instrument_class", ""))
    event: Event = {"type": "definition", "asset_class": _ASSETS.get(kind, f"class_{kind or 'none'}")}
    for name, theirs in (("strike", "strike_price"), ("price_increment", "min_price_increment")):
        if int(members.get(theirs, -1)) >= 0:
            event[name] = decimal_text(int(members[theirs]))
    if int(members.get("unit_of_measure_qty", 0)) > 0:
        event["multiplier"] = decimal_text(int(members["unit_of_measure_qty"]))
    for name, theirs in (("underlying", "underlying"), ("currency", "currency")):
        if str(members.get(theirs, "")).strip():
            event[name] = str(members[theirs])
    if kind in _OPTIONS:
        event["option_kind"] = _OPTIONS[kind]
    if 0 < int(members.get("expiration", 0)) <= MAX_NS:
        event["expiry_ns"] = str(members["expiration"])
    return [event | _rest(members, "ts_event", "ts_recv")]


def _imbalance(record: DbnRecord, _: str) -> list[Event]:
    members = record.members
    taken = ["ts_event", "ts_recv"]
    event: Event = {"type": "imbalance"} | _side(members)
    for name, theirs in (("reference_price", "ref_price"), ("clearing_price", "cont_book_clr_price")):
        if theirs in members:
            event[name] = decimal_text(int(members[theirs]))
            taken.append(theirs)
    for name, theirs in (("paired_size", "paired_qty"), ("imbalance_size", "total_imbalance_qty")):
        if theirs in members:
            event[name] = str(members[theirs])
            taken.append(theirs)
    if str(members.get("auction_type", "")).strip():
        event["auction"] = str(members["auction_type"])
        taken.append("auction_type")
    return [event | _rest(members, *taken)]


def _message(record: DbnRecord, _: str) -> list[Event]:
    """Return what a gateway says, and whatever else has no type of its own, as a status with all its members."""
    kind = record.kind.removesuffix("Msg").lower()
    whole = not record.kind.startswith("MBO")
    return [
        {"type": "status", "kind": f"dbn:{kind}", "_whole_venue": whole} | _rest(record.members, "ts_event", "ts_recv")
    ]


_READERS: dict[str, Callable[[DbnRecord, str], list[Event]]] = {
    "BBOMsg": _parse_sample,
    "CBBOMsg": _parse_sample,
    "CMBP1Msg": _best,
    "ImbalanceMsg": _imbalance,
    "InstrumentDefMsg": _definition,
    "MBOMsg": _order,
    "MBP10Msg": _depth,
    "MBP1Msg": _best,
    "OHLCVMsg": _bar,
    "StatMsg": _statistic,
    "StatusMsg": _state,
    "TradeMsg": _trade,
}
