"""Gaps found again from records, and from what was noticed when they came."""

from __future__ import annotations

from typing import Any

from tapeproof.market.gaps import Gap, missing_of, numbered_gaps
from tapeproof.market.model import Record, Trade
from tapeproof.market.numbering import Numbering


def trade(number: int, *, backfill: bool = False, ts: int | None = None) -> Record:
    return Trade(
        venue="v",
        symbol="A",
        native_symbol="A",
        ts_event_ns=number if ts is None else ts,
        ts_source="venue",
        received_ns=1_000_000,
        backfill=backfill,
        numbering=Numbering("trade/A", number),
        price="1",
        size="1",
    )


def said(act: str, first: int, last: int, **more: str) -> dict[str, Any]:
    return {
        "act": act,
        "stream": "trade/A",
        "symbol": "A",
        "first": str(first),
        "last": str(last),
        "revealed_by": "k",
    } | more


def test_what_never_came_is_missing_whatever_the_order() -> None:
    assert numbered_gaps(map(trade, (1, 5, 3, 9))) == [Gap(2, 2), Gap(4, 4), Gap(6, 8)]
    assert [gap.count for gap in numbered_gaps(map(trade, (1, 5)))] == [3]


def test_history_before_the_first_record_is_no_gap() -> None:
    assert numbered_gaps([trade(10), trade(3, backfill=True), trade(11)]) == []


def test_records_without_a_count_say_nothing() -> None:
    assert numbered_gaps([]) == []


def test_what_was_filled_since_is_not_missing_any_more() -> None:
    notices = [said("GAP", 101, 110), said("FILLED", 103, 104), said("RESET", 900, 1)]
    assert [(one.first, one.last) for one in missing_of(notices)] == [(101, 102), (105, 110)]


def test_another_stream_fills_nothing_and_a_broken_chain_stays() -> None:
    notices = [said("GAP", 101, 110), said("FILLED", 101, 110, stream="other"), said("GAP", 5, 9, chain="true")]
    assert [(one.first, one.last, one.chain) for one in missing_of(notices)] == [(101, 110, False), (5, 9, True)]
