"""Books as they are built, and what is noticed on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tapeproof.market.books import BookBuilder
from tapeproof.market.model import Book, Order
from tapeproof.market.numbering import Numbering

HEAD: dict[str, Any] = {
    "venue": "v",
    "symbol": "A",
    "native_symbol": "A",
    "ts_event_ns": 5,
    "ts_source": "venue",
    "received_ns": 5,
}


def book(action: Any, bids: dict[str, str], asks: dict[str, str] | None = None, **more: Any) -> Book:  # noqa: ANN401 - of Book
    return Book(**HEAD | more, action=action, bids=tuple(bids.items()), asks=tuple((asks or {}).items()))


def order(action: str, order_id: str = "", size: str | None = None, side: str = "buy", price: str = "10") -> Order:
    return Order(**HEAD, action=action, order_id=order_id, side=side, price=price, size=size)


def built(*records: Book | Order, venue: str = "v") -> tuple[BookBuilder, list[list[str]]]:
    builder = BookBuilder(venue)
    return builder, [builder.apply(one).observations for one in records]


def test_changes_replace_and_remove_levels_and_the_best_comes_first() -> None:
    snapshot = book("snapshot", {"9": "1", "10": "2"}, {"11": "3", "12": "4"})
    builder, observed = built(snapshot, book("delta", {"10": "0", "9.5": "7"}, {"11.0": "5"}))
    assert builder.levels() == ((("9.5", "7"), ("9", "1")), (("11.0", "5"), ("12", "4")))
    assert builder.levels(1) == ((("9.5", "7"),), (("11.0", "5"),))
    assert observed == [[], []]


def test_a_second_snapshot_replaces_the_book() -> None:
    builder, _ = built(book("snapshot", {"9": "1"}), book("snapshot", {"8": "1"}))
    assert builder.levels()[0] == (("8", "1"),)


def test_changes_without_a_snapshot_are_stale_once() -> None:
    builder, observed = built(book("delta", {"9": "1"}), book("delta", {"9": "2"}))
    assert observed == [["STALE"], []]
    assert builder.view().stale
    builder.apply(book("snapshot", {"7": "1"}))
    assert not builder.view().stale


def test_a_crossed_book_is_told_when_it_becomes_one_and_a_locked_one_is_not() -> None:
    snapshot = book("snapshot", {"9": "1"}, {"10": "1"})
    changes = [book("delta", {price: size}) for price, size in (("10", "1"), ("11", "1"), ("9.5", "1"), ("11", "0"))]
    assert built(snapshot, *changes)[1] == [[], [], ["CROSSED"], [], []]


def test_what_falls_out_of_the_venues_view_is_forgotten() -> None:
    builder, _ = built(book("snapshot", {"9": "1", "8": "1"}, depth=2), book("delta", {"10": "1"}))
    assert builder.levels()[0] == (("10", "1"), ("9", "1"))


@pytest.mark.parametrize(
    ("number", "said"), [(11, []), (13, ["STALE"]), (10, ["OUT_OF_SEQUENCE"]), (9, ["OUT_OF_SEQUENCE"])]
)
def test_numbers_of_the_books_own_count_are_followed(number: int, said: list[str]) -> None:
    snapshot = book("snapshot", {"9": "1"}, numbering=Numbering("s", 10, role="snapshot"))
    builder, observed = built(snapshot, book("delta", {"9": "5"}, numbering=Numbering("s", number)))
    assert observed[1] == said
    assert builder.levels()[0] == ((("9", "5"),) if "OUT_OF_SEQUENCE" not in said else (("9", "1"),))


def test_changes_that_came_before_their_snapshot_are_applied_after_it_or_not_at_all() -> None:
    builder = BookBuilder("v")
    early = [
        builder.apply(book("delta", {str(last): "1"}, numbering=Numbering("s", last, first)))
        for first, last in ((990, 996), (997, 1003))
    ]
    builder.apply(book("snapshot", {"5": "1"}, numbering=Numbering("s", 1000, role="rest")))
    assert [(one.applied, one.applied_after) for one in early] == [(False, None), (True, 2)]
    assert builder.levels()[0] == (("1003", "1"), ("5", "1"))


def test_a_loss_that_others_saw_makes_it_stale_once() -> None:
    builder, _ = built(book("snapshot", {"9": "1"}))
    assert (builder.interrupt(), builder.interrupt()) == (["STALE"], [])


@pytest.mark.parametrize(
    ("last", "left"),
    [
        (order("cancel", "a", "4"), "6"),
        (order("cancel", "a", "10"), None),
        (order("cancel", "a"), None),
        (order("execute", "a", "0.5"), "9.5"),
        (order("fill", "a", "3"), "10"),
        (order("modify", "a", "2"), "2"),
        (order("received", "b", "2"), "10"),
        (order("cancel", "unknown", "2"), "10"),
        (order("clear"), None),
    ],
)
def test_what_happens_to_an_order_happens_to_the_book(last: Order, left: str | None) -> None:
    builder, _ = built(order("add", "a", "10"), last)
    assert builder.levels()[0] == (() if left is None else (("10", left),))


def test_orders_of_one_price_are_one_level_and_keep_their_queue() -> None:
    builder, _ = built(order("add", "a", "1.5"), order("add", "b", "2"), order("add", "c", "1", "sell", "12"))
    assert builder.levels() == ((("10", "3.5"),), (("12", "1"),))
    assert [one[0] for one in builder.view().orders] == ["a", "b", "c"]


@pytest.mark.parametrize(("checksum", "said"), [("", []), ("0", []), ("1", ["CHECKSUM_MISMATCH"])])
def test_the_venues_sum_is_compared_where_it_sends_one(checksum: str, said: list[str]) -> None:
    snapshot = book("snapshot", {"9": "1"}, checksum=checksum)
    assert built(snapshot, venue="okx")[1] == [said]
    assert built(snapshot)[1] == [[]]


def test_an_order_that_was_received_is_changed_in_the_book_only_once_it_is_there() -> None:
    builder, _ = built(order("received", "a", "5"))
    assert builder.apply(order("modify", "a", "4")).applied is False
    assert builder.levels()[0] == ()
    builder, _ = built(order("received", "a", "5"), order("add", "a", "5"), order("modify", "a", "4"))
    assert builder.levels()[0] == (("10", "4"),)


@pytest.mark.parametrize(
    ("size", "price", "queue"),
    [
        ("1", "10", ["a", "b"]),  # less keeps its place
        ("2", "10", ["a", "b"]),
        ("3", "10", ["b", "a"]),  # more goes to the end
        ("2", "10.0", ["a", "b"]),  # the same price, written otherwise
        ("2", "11", ["b", "a"]),
        (None, "11", ["b", "a"]),  # the size stays
    ],
)
def test_a_modified_order_keeps_its_place_only_where_it_asks_for_nothing_more(
    size: str | None, price: str, queue: list[str]
) -> None:
    builder, _ = built(order("add", "a", "2"), order("add", "b", "1"), order("modify", "a", size, price=price))
    view = builder.view()
    assert [one[0] for one in view.orders] == queue
    assert next(one for one in view.orders if one[0] == "a")[2:] == (price, size or "2")


def test_a_change_that_names_nothing_to_put_into_the_book_is_not_applied() -> None:
    builder, _ = built(order("add", "b", "1"))
    nameless = Order(**HEAD, action="modify", order_id="m", side="buy")
    assert builder.apply(nameless).applied is False
    assert builder.levels()[0] == (("10", "1"),)


@pytest.mark.parametrize(("venue", "left"), [("v", (("10", "3"),)), ("bitstamp", ()), ("kraken", ()), ("coinbase", ())])
def test_a_cancel_takes_a_part_only_where_the_venue_has_such(venue: str, left: tuple[tuple[str, str], ...]) -> None:
    builder, _ = built(order("add", "a", "5"), order("cancel", "a", "2"), venue=venue)
    assert builder.levels()[0] == left
    builder, _ = built(order("add", "a", "5"), order("execute", "a", "2"), venue=venue)
    assert builder.levels()[0] == (("10", "3"),)


def last(one: Order) -> Order:
    return replace(one, checksum="0")


@pytest.mark.parametrize(
    ("said", "kept"),
    [("2", ["10", "9"]), ("1", ["10"]), ("3", ["10", "9", "8"]), ("many", ["10", "9", "8"]), ("0", ["10", "9", "8"])],
)
def test_orders_at_levels_that_fall_out_of_view_are_forgotten_when_the_message_ends(said: str, kept: list[str]) -> None:
    clear = replace(order("clear"), attributes=(("depth", said),))
    adds = [order("add", price, "1", price=price) for price in ("8", "10", "9")]
    builder, _ = built(clear, *adds[:2], last(adds[2]))
    assert [price for price, _ in builder.levels()[0]] == kept


def test_within_a_message_a_level_may_stand_beyond_the_view() -> None:
    clear = replace(order("clear"), attributes=(("depth", "2"),))
    builder, _ = built(clear, order("add", "a", "1", price="9"), last(order("add", "b", "1", price="8")))
    # One level comes and another goes: nothing falls out between the two.
    for one in (order("add", "c", "1", price="10"), last(order("cancel", "a", "1"))):
        builder.apply(one)
    assert [price for price, _ in builder.levels()[0]] == ["10", "8"]


def test_a_level_in_view_keeps_all_its_orders() -> None:
    clear = replace(order("clear"), attributes=(("depth", "1"),))
    builder, _ = built(
        clear, order("add", "a", "1"), order("add", "b", "2"), last(order("add", "c", "1", side="sell", price="11"))
    )
    assert builder.levels() == ((("10", "3"),), (("11", "1"),))


@pytest.mark.parametrize("size", ["0", "0.00000000", "-0"])
@pytest.mark.parametrize("action", ["modify", "add"])
def test_an_order_of_which_nothing_is_left_is_no_level(action: str, size: str) -> None:
    builder, _ = built(order("add", "a", "5"), order("add", "b", "1", price="9"), order(action, "a", size))
    assert builder.levels()[0] == (("9", "1"),)
    builder, _ = built(order(action, "new", size))
    assert builder.levels()[0] == ()
