"""The built-in session: the same every time, and with everything in it that goes wrong on a feed."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tapeproof.local.terraform_run import VARIABLES
from tapeproof.market import venues
from tapeproof.ops.publication import MAX_ENTRY_BYTES, prepare
from tapeproof.ops.session import KINDS, Scheduled, session

if TYPE_CHECKING:
    from tapeproof.ops.capture import NativeMessage

START_NS = 1_700_000_000_000_000_000


@pytest.fixture(scope="module")
def script() -> list[Scheduled]:
    return list(session(7, START_NS, 1_000))


def _of(script: list[Scheduled], kind: str) -> list[NativeMessage]:
    return [scheduled.message for scheduled in script if scheduled.kind == kind]


def test_equal_seeds_give_equal_sessions(script: list[Scheduled]) -> None:
    assert list(session(7, START_NS, 1_000)) == script
    assert list(session(8, START_NS, 1_000)) != script


def test_every_kind_of_trouble_is_in_it(script: list[Scheduled]) -> None:
    assert {scheduled.kind for scheduled in script} == set(KINDS)


def test_all_four_exchanges_trade_and_most_of_it_is_ordinary(script: list[Scheduled]) -> None:
    counts = Counter(message.venue for message in _of(script, "market"))
    assert set(counts) == {"bitstamp", "coinbase", "gemini", "kraken"} <= set(venues.names())
    assert sum(counts.values()) > 0.9 * len(script)


def test_it_opens_with_a_burst(script: list[Scheduled]) -> None:
    assert script[299].offset_ns < 0.35 * (script[599].offset_ns - script[299].offset_ns)


def test_messages_are_received_in_order(script: list[Scheduled]) -> None:
    assert all(before.offset_ns <= after.offset_ns for before, after in pairwise(script))


@pytest.mark.parametrize(
    ("kind", "fate"),
    [
        ("market", "record"),
        ("duplicate", "record"),
        ("conflict", "record"),
        ("gap", "record"),
        ("late", "record"),
        ("oversized", "record"),
        ("malformed", "reject"),
        ("unknown-venue", "quarantine"),
    ],
)
def test_each_kind_meets_its_fate(script: list[Scheduled], kind: str, fate: str) -> None:
    assert {prepare(0, message).planned.fate for message in _of(script, kind)} == {fate}


def _keys(message: NativeMessage) -> tuple[str, ...]:
    return prepare(0, message).planned.keys


def test_a_duplicate_has_the_key_and_the_body_of_an_earlier_message(script: list[Scheduled]) -> None:
    for index, scheduled in enumerate(script):
        if scheduled.kind == "duplicate":
            assert scheduled.message.raw in {earlier.message.raw for earlier in script[:index]}


def test_a_conflict_has_the_key_of_an_earlier_message_and_another_body(script: list[Scheduled]) -> None:
    for index, scheduled in enumerate(script):
        if scheduled.kind == "conflict":
            earlier = [said.message for said in script[:index] if _keys(said.message) == _keys(scheduled.message)]
            assert earlier
            assert all(said.raw != scheduled.message.raw for said in earlier)


def test_a_late_tick_happened_long_before_it_is_received(script: list[Scheduled]) -> None:
    for message in _of(script, "late"):
        (record,) = venues.parse(message.venue, message.raw, message.received_ns)
        assert message.received_ns - record.ts_event_ns >= 500 * 10**9


def test_a_gap_skips_trade_numbers_and_nothing_else_does(script: list[Scheduled]) -> None:
    jumps: Counter[str] = Counter()
    last: dict[str, int] = {}
    for scheduled in script:
        message = scheduled.message
        if message.venue != "coinbase" or '"match"' not in message.raw or scheduled.kind in {"duplicate", "conflict"}:
            continue
        if prepare(0, message).planned.fate != "record":
            continue
        (record,) = venues.parse(message.venue, message.raw, message.received_ns)
        if record.sequence - last.get(record.symbol, record.sequence) > 1:
            jumps[scheduled.kind] += 1
        last[record.symbol] = record.sequence
    assert jumps["gap"] >= 5
    assert jumps["market"] <= len(_of(script, "malformed"))


def test_the_oversized_book_outgrows_an_item_of_the_local_stack_and_still_fits_the_bus(
    script: list[Scheduled],
) -> None:
    (message,) = _of(script, "oversized")
    (record,) = venues.parse(message.venue, message.raw, message.received_ns)
    (max_item_bytes,) = re.findall(r"^max_item_bytes += (\d+)$", VARIABLES.read_text(), re.MULTILINE)
    assert len(record.body) > int(max_item_bytes)
    assert 0.85 * MAX_ENTRY_BYTES < prepare(0, message).size_bytes <= MAX_ENTRY_BYTES


@pytest.mark.parametrize("messages", [0, 1, 12, 30])
def test_a_session_has_exactly_the_length_asked_for(messages: int) -> None:
    assert len(list(session(1, START_NS, messages))) == messages
