from __future__ import annotations

import json
import zlib
from typing import Any

import pytest

from tapeproof.log.errors import AuditError
from tapeproof.log.head import MAX_CURSOR_BYTES, MAX_INFLATED_BYTES, Cursor, Head, SigningKey, pages_of, with_pages
from tapeproof.log.merkle import Frontier, leaf_hash

LEAVES = Frontier()
for _number in range(5):
    LEAVES.append(leaf_hash(b"%d" % _number))
HEAD = Head(
    version=3,
    frontier=LEAVES,
    published=4,
    closed="2025112306",
    key=SigningKey("arn:new", "new"),
    previous_key=SigningKey("arn:old", "old"),
    cursors={"2025112307": {"lane": Cursor(2, b"\x01" * 32), "bad": Cursor(1, b"\x02" * 32, broken=True)}},
)


@pytest.mark.parametrize("head", [Head(), HEAD, Head(cursors={"2025112307": {}})])
def test_a_head_is_read_as_it_was_stored(head: Head) -> None:
    again = Head.from_item(head.item())
    assert again.item() == head.item()
    assert (again.size, again.state(), again.cursors) == (head.size, head.state(), head.cursors)


def test_what_the_next_run_goes_on_from_is_in_the_state_and_what_is_counted_is_not() -> None:
    assert HEAD.state() == HEAD.as_published().state()
    other = Head.from_item(HEAD.item() | {"closed": {"S": "2025112307"}})
    assert other.state() != HEAD.state()


def test_a_published_head_has_no_key_to_announce_and_a_version_of_its_own() -> None:
    done = HEAD.as_published()
    assert (done.version, done.published, done.previous_key, done.key) == (4, 5, None, HEAD.key)


@pytest.mark.parametrize(
    "changes",
    [
        {"frontier": {"B": b""}},
        {"frontier": {"B": b"x" * 31}},
        {"frontier": {"B": bytes(64)}},
        {"root": {"B": bytes(32)}},
        {"size": {"N": "4"}},
        {"size": {"N": "x"}},
        {"ver": {}},
        {"keys": {"S": "["}},
        {"keys": {"S": "[[1,2,3],null]"}},
        {"keys": {"S": "[null]"}},
        {"cursors": {"B": b"not zlib"}},
        {"cursors": {"B": zlib.compress(b"{")}},
        {"cursors": {"B": zlib.compress(b'{"h":{"l":[1]}}')}},
        {"cursors": {"B": zlib.compress(b'{"h":{"l":["x","00"]}}')}},
        {"cursors": {"B": zlib.compress(b"[]")}},
        {"cursors": {"B": zlib.compress(b'{"h":[]}')}},
        {"cursors": {"B": zlib.compress(b'{"h":{"l":{}}}')}},
        {"cursors": {"B": zlib.compress(b'{"h":' * 100_000)}},
        {"cursors": {"B": zlib.compress(bytes(MAX_INFLATED_BYTES + 1))}},
        {"cursors": {"B": zlib.compress(b"{}")[:-3]}},
        {"keys": {"S": "[" * 100_000}},
        {"frontier": {"N": "1"}},
        {"size": {"N": "1" + "0" * 10_000}},
    ],
)
def test_a_head_that_somebody_changed_is_not_gone_on_from(changes: dict[str, Any]) -> None:
    with pytest.raises(AuditError, match="HEAD item is damaged"):
        Head.from_item({**HEAD.item(), **changes})


@pytest.mark.parametrize("size", [0, MAX_CURSOR_BYTES, MAX_CURSOR_BYTES + 1, 3 * MAX_CURSOR_BYTES])
def test_cursors_too_long_for_the_item_are_in_pages_named_by_their_hash(size: int) -> None:
    packed = bytes(number % 251 for number in range(size))
    pages = pages_of(packed)
    assert bool(pages) is (size > MAX_CURSOR_BYTES)
    item = {"pages": {"L": [{"S": name} for name in pages]}, "cursors": {"B": b""}, "size": {"N": "1"}}
    if pages:
        assert with_pages(item, pages.get) == {"size": {"N": "1"}, "cursors": {"B": packed}}


def test_a_page_that_is_missing_or_changed_is_told_by_its_name() -> None:
    item = {"pages": {"L": [{"S": "ab"}]}, "cursors": {"B": b""}}
    for page in (None, b"another"):
        with pytest.raises(AuditError, match="the page ab"):
            with_pages(item, lambda _, page=page: page)
    assert with_pages(HEAD.item(), lambda _: None) == HEAD.item()


@pytest.mark.parametrize("row", [[1e400, "00"], [1, 7], {"a": 1}, None])
def test_cursors_of_any_shape_make_a_head_damaged(row: object) -> None:
    packed = zlib.compress(json.dumps({"2025112307": {"lane": row}}).encode())
    with pytest.raises(AuditError, match="HEAD item is damaged"):
        Head.from_item({**HEAD.item(), "cursors": {"B": packed}})


def test_a_head_of_more_pages_than_any_log_has_is_not_fetched() -> None:
    item = {"pages": {"L": [{"S": "ab"}] * 201}, "cursors": {"B": b""}}
    with pytest.raises(AuditError, match="names 201 pages"):
        with_pages(item, lambda _: pytest.fail("fetched"))


@pytest.mark.parametrize("text", [b'{"h":{"l":[' + b"[]," * 20 + b"0]}}", b'{"h":' + b"[" * 30])
def test_cursors_of_more_parts_than_any_log_has_are_not_read(text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tapeproof.log.head._MOST_PARTS", 20)
    with pytest.raises(AuditError, match="have over 20 parts"):
        Head.from_item({**HEAD.item(), "cursors": {"B": zlib.compress(text)}})


def test_a_cursor_says_where_a_lane_is_sealed_to_and_whether_anything_more_is_taken() -> None:
    for cursor in (Cursor(2, b"\x01" * 32), Cursor(0, bytes(32), broken=True)):
        assert Cursor.read(cursor.row()) == cursor
