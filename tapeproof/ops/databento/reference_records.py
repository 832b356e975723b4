"""Records about an instrument or its venue: definitions, states, statistics, imbalances, and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.market.fields import MAX_NS
from tapeproof.ops.databento.members import decimal_text, keep_rest, read_side

if TYPE_CHECKING:
    from tapeproof.ops.databento.decoding import DbnRecord
    from tapeproof.ops.databento.members import Event

__all__ = ["read_definition", "read_imbalance", "read_message", "read_state", "read_statistic"]

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


def read_state(record: DbnRecord, _: str) -> list[Event]:
    """Return the trading state of an instrument."""
    members = record.members
    number = int(members.get("action", 0))
    state = _STATES[number] if number < len(_STATES) else str(number)
    return [{"type": "status", "kind": "trading", "state": state} | keep_rest(members, "ts_event", "ts_recv")]


def read_statistic(record: DbnRecord, _: str) -> list[Event]:
    """Return a statistic that the venue publishes; open interest is an event of its own."""
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
    return [event | keep_rest(members, *taken)]


def read_definition(record: DbnRecord, _: str) -> list[Event]:
    """Return what an instrument is."""
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
    return [event | keep_rest(members, "ts_event", "ts_recv")]


def read_imbalance(record: DbnRecord, _: str) -> list[Event]:
    """Return the imbalance of an auction."""
    members = record.members
    taken = ["ts_event", "ts_recv"]
    event: Event = {"type": "imbalance"} | read_side(members)
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
    return [event | keep_rest(members, *taken)]


def read_message(record: DbnRecord, _: str) -> list[Event]:
    """Return what a gateway says, and whatever else has no type of its own, as a status with all its members."""
    kind = record.kind.removesuffix("Msg").lower()
    whole = not record.kind.startswith("MBO")
    return [
        {"type": "status", "kind": f"dbn:{kind}", "_whole_venue": whole}
        | keep_rest(record.members, "ts_event", "ts_recv")
    ]
