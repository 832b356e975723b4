"""What an arrival says about numbers that did not come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeproof.market.numbering import EMPTY, Notice, Numbering, Stream, follow

SECOND = 1_000_000_000


def after(*arrivals: Numbering | int, start: int = SECOND) -> tuple[Stream, list[tuple[str, int, int]]]:
    """Follow arrivals, each a second after the one before; return the stream and what was said."""
    stream, said = EMPTY, []
    for place, one in enumerate(arrivals):
        numbering = Numbering("s", one) if isinstance(one, int) else one
        stream, notices = follow(stream, numbering, start + place * SECOND)
        said += [(notice.act, notice.first, notice.last) for notice in notices]
    return stream, said


def test_a_jump_is_a_gap_and_a_straggler_fills_its_part_of_it() -> None:
    stream, said = after(100, 104)
    assert said == [("GAP", 101, 103)]
    stream, notices = follow(stream, Numbering("s", 102), 0)
    assert notices == [Notice("FILLED", 102, 102)]
    assert stream.missing == ((101, 101), (103, 103))


def test_the_first_number_says_nothing() -> None:
    assert after(7)[1] == []


def test_a_lower_number_at_a_later_time_begins_the_count_again() -> None:
    stream, said = after(899, 900, 1, 2)
    assert said == [("RESET", 900, 1)]
    assert (stream.newest, stream.missing) == (2, ())


def test_a_lower_number_of_an_earlier_time_is_only_late() -> None:
    stream, _ = after(5, 6, start=10 * SECOND)
    assert follow(stream, Numbering("s", 4), SECOND) == (stream, [])


def test_history_neither_fills_what_is_not_missing_nor_begins_anything_again() -> None:
    stream, _ = after(100, 111)
    for number in range(40, 45):
        stream, notices = follow(stream, Numbering("s", number), 99 * SECOND, backfill=True)
        assert notices == []
    assert stream.missing == ((101, 110),)


def test_history_that_was_missing_fills_the_gap() -> None:
    stream, _ = after(100, 104)
    assert follow(stream, Numbering("s", 103, 101), 0, backfill=True)[1] == [Notice("FILLED", 101, 103)]


@pytest.mark.parametrize(("announced", "said"), [(0, []), (1203, []), (1205, [("GAP", 1204, 1205)])])
def test_a_number_that_is_announced_tells_of_those_that_did_not_come(
    announced: int, said: list[tuple[str, int, int]]
) -> None:
    assert after(1203, Numbering("s", announced, role="announced"))[1] == said


def test_a_message_of_several_numbers_may_overlap_with_the_one_before() -> None:
    assert after(Numbering("s", 1003, 997), Numbering("s", 1006, 1002))[1] == []
    assert after(Numbering("s", 1003, 997), Numbering("s", 1009, 1006))[1] == [("GAP", 1004, 1005)]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (Numbering("s", 5061, 5040, 5002, "chain"), []),
        (Numbering("s", 5061, 5040, 5010, "chain"), [("GAP", 5002, 5010)]),
        (Numbering("s", 4000, None, 3990, "chain"), [("GAP", 5002, 3990)]),
        (Numbering("s", 3, None, 5002, "chain"), [("RESET", 5002, 3)]),
    ],
)
def test_a_chain_holds_where_the_predecessor_is_the_last(second: Numbering, said: list[tuple[str, int, int]]) -> None:
    assert after(Numbering("s", 5000, role="rest"), Numbering("s", 5002, 4990, 4981, "chain"), second)[1] == said


@pytest.mark.parametrize(
    ("ts_ns", "fresh", "said"),
    [
        (SECOND - 1, False, []),  # a straggler
        (SECOND, False, []),  # of the same instant: nobody can tell
        (SECOND + 1, True, []),  # sent before the snapshot that was asked for, whose time is another clock's
        (SECOND + 1, False, [Notice("GAP", 5002, 10, chain=True)]),
        (90 * SECOND, False, [Notice("GAP", 5002, 10, chain=True)]),
    ],
)
def test_an_older_number_of_a_chain_breaks_it_only_at_a_later_time(ts_ns: int, fresh: bool, said: list[Notice]) -> None:
    stream = Stream(5002, SECOND, fresh=fresh)
    after_it, notices = follow(stream, Numbering("s", 12, 11, 10, "chain"), ts_ns)
    assert notices == said
    assert after_it.newest == (12 if said else 5002)


def test_a_snapshot_beside_a_running_stream_does_not_take_it_back() -> None:
    stream, said = after(Numbering("s", 1003, 997), Numbering("s", 1000, role="rest"), Numbering("s", 1004, 1004))
    assert (stream.newest, said) == (1004, [])


def test_a_snapshot_with_a_lower_number_is_a_reset() -> None:
    assert after(500, Numbering("s", 1, role="snapshot"), 2)[1] == [("RESET", 500, 1)]


@given(st.permutations(range(1, 13)))
def test_once_every_number_came_in_any_order_nothing_is_missing(order: list[int]) -> None:
    stream = EMPTY
    for number in (0, *order):
        stream, _ = follow(stream, Numbering("s", number), 1_000 + number)
    assert stream.missing == ()


@given(st.lists(st.integers(0, 40), max_size=30))
def test_what_was_said_adds_up_to_what_is_missing(numbers: list[int]) -> None:
    stream, counted = EMPTY, 0
    for number in numbers:
        stream, notices = follow(stream, Numbering("s", number), number, backfill=True)
        counted += sum((one.last - one.first + 1) * (1 if one.act == "GAP" else -1) for one in notices)
    assert counted == sum(last - first + 1 for first, last in stream.missing) >= 0
