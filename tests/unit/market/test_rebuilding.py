"""Books rebuilt from items: records, rejected messages and gaps of shared counts, as they arrived."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tapeproof.market.model import Book, Order
from tapeproof.market.numbering import Numbering
from tapeproof.market.rebuilding import Change, rebuild
from tapeproof.market.stored import AuditReference, Stored

Item = dict[str, Any]
HEAD: dict[str, Any] = {"venue": "v", "symbol": "A", "native_symbol": "A", "ts_event_ns": 5, "ts_source": "venue"}


def book(at: str, action: Any, price: str, channel: str = "c", stream: str = "") -> Item:  # noqa: ANN401 - of Book
    numbering = Numbering(stream, int(at), shared=True) if stream else None
    record = Book(
        **HEAD, received_ns=int(at), channel=channel, action=action, bids=((price, "1"),), asks=(), numbering=numbering
    )
    return {"st_sk": {"S": at}, "evt": {"S": f"e{at}"}, "record": record}


def order(at: str, order_id: str) -> Item:
    record = Order(
        **HEAD, received_ns=int(at), channel="o", action="add", order_id=order_id, side="buy", price="7", size="1"
    )
    return {"st_sk": {"S": at}, "evt": {"S": f"e{at}"}, "record": record}


def rejected(at: str, channel: str = "c") -> Item:
    return {"st_sk": {"S": at}, "evt": {"S": f"e{at}"}, "reason": {"S": "bad-levels"}, "chan": {"S": channel}}


def gap(at: str, stream: str, act: str = "GAP") -> Item:
    return {"sk": {"S": at}, "evt": {"S": f"e{at}"}, "body": {"S": json.dumps({"act": act, "stream": stream})}}


def stored(item: Item) -> Stored:
    return Stored(item["record"], item["evt"]["S"], "", b"", AuditReference("l", 0, b"", None), "k")


def rebuilt(books: list[Item], orders: list[Item] | None = None, notices: list[Item] | None = None) -> list[Change]:
    return list(rebuild("v", books, orders or [], notices or [], stored))


def seen(changes: list[Change]) -> list[tuple[str, str, list[str]]]:
    return [(one.event_id, one.channel, one.outcome.observations) for one in changes]


def test_books_and_orders_are_taken_in_the_order_of_their_arrival() -> None:
    changes = rebuilt([book("1", "snapshot", "9"), book("4", "delta", "8")], [order("2", "a"), order("3", "b")])
    assert [one.event_id for one in changes] == ["e1", "e2", "e3", "e4"]
    assert changes[-1].builder.levels()[0] == (("9", "1"), ("8", "1"))


def test_each_channel_is_a_book_of_its_own() -> None:
    changes = rebuilt([book("1", "snapshot", "9"), book("2", "snapshot", "5", "d"), book("3", "delta", "8")])
    books = {one.channel: one.builder.levels()[0] for one in changes}
    assert books == {"c": (("9", "1"), ("8", "1")), "d": (("5", "1"),)}


@pytest.mark.parametrize(
    ("lost", "expected"),
    [
        (rejected("2"), ("e2", "c", ["STALE"])),
        (rejected("2", "other"), ("e2", "other", ["STALE"])),
    ],
)
def test_a_rejected_message_breaks_the_book_it_was_for(lost: Item, expected: tuple[str, str, list[str]]) -> None:
    changes = rebuilt([book("1", "snapshot", "9"), lost, book("3", "snapshot", "8")])
    assert seen(changes)[1] == expected
    assert not changes[-1].builder.view().stale


@pytest.mark.parametrize(
    ("notice", "stale"),
    [
        (gap("2", "connection"), True),
        (gap("2", "another"), False),
        (gap("2", "connection", "FILLED"), False),
        (gap("2", "connection", "RESET"), False),
    ],
)
def test_a_gap_of_a_shared_count_breaks_the_books_that_count_in_it(notice: Item, stale: bool) -> None:
    changes = rebuilt([book("1", "snapshot", "9", stream="connection"), book("3", "delta", "8", "d")], notices=[notice])
    of_c = [one for one in changes if one.channel == "c"]
    assert of_c[-1].builder.view().stale is stale


def test_a_gap_before_any_book_breaks_nothing() -> None:
    changes = rebuilt([book("3", "snapshot", "9", stream="connection")], notices=[gap("2", "connection")])
    assert seen(changes) == [("e3", "c", [])]
