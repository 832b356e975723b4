"""Items of partition C are the log's own only in the log's own form; everything else is a stranger's."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.log_items import UNREADABLE, checkpoint_of, control_of, head_of, is_log_item, request_of
from tapeproof.log.head import Head
from tapeproof.log.merkle import leaf_hash
from tapeproof.log.request import PruneRequest

if TYPE_CHECKING:
    from tests.unit.log.world import World

CONTROL = {
    "pk": {"S": "C"},
    "sk": {"S": "LEAF#0000000000000007"},
    "b": {"B": b"data"},
    "h": {"B": leaf_hash(b"data")},
}
CHECKPOINT = {"pk": {"S": "C"}, "sk": {"S": "0000000000000009"}, "note": {"S": "n"}, "key_id": {"S": "k"}}
PAGE = {"pk": {"S": "C"}, "sk": {"S": f"LANES#{sha256(b'page').hexdigest()}"}, "b": {"B": b"page"}}
REQUEST = PruneRequest("2025112306", 3, "ab" * 32, "operator", 12).item()


def test_everything_that_a_sealer_wrote_is_the_logs_own(world: World) -> None:
    items = [item for item in world.model.table("audit") if item["pk"]["S"] == "C"]
    assert items
    assert [item["sk"]["S"] for item in items if not is_log_item(item)] == []
    (head,) = filter(None, map(head_of, items))
    assert int(head.numbers["size"]) > 0
    assert head.keys == [world.vkey()]
    assert (len(head.root), bool(head.state)) == (64, True)


@pytest.mark.parametrize("item", [CONTROL, CHECKPOINT, PAGE, REQUEST], ids=["control", "checkpoint", "page", "request"])
def test_an_item_of_the_form_is_the_logs_own_and_with_one_attribute_more_it_is_not(item: dict[str, Any]) -> None:
    assert is_log_item(item)
    assert not is_log_item({**item, "more": {"S": "x"}})


@pytest.mark.parametrize(
    "item",
    [
        {**CONTROL, "h": {"B": leaf_hash(b"other")}},
        {**CONTROL, "b": {"B": b"da\nta"}},
        {**CONTROL, "b": {"S": "data"}},
        {**CONTROL, "sk": {"S": "LEAF#7"}},
        {**CONTROL, "sk": {"S": "LEAF#" + "\u0667" * 16}},
        {**CHECKPOINT, "sk": {"S": "1000000000000009"}},
        {**CHECKPOINT, "note": {"B": b"n"}},
        {**PAGE, "b": {"B": b"another page"}},
        {name: value for name, value in CHECKPOINT.items() if name != "key_id"},
        {"pk": {"S": "C"}, "sk": {"S": "HEAD"}},
        {"pk": {"S": "C"}, "sk": {"S": ""}},
    ],
)
def test_an_item_of_another_form_is_a_strangers(item: dict[str, Any]) -> None:
    assert not is_log_item(item)


def test_a_control_leaf_and_a_checkpoint_are_read_with_their_numbers() -> None:
    assert control_of(CONTROL) == (7, b"data")
    assert checkpoint_of(CHECKPOINT) == (9, "n")
    assert control_of(CHECKPOINT) is checkpoint_of(CONTROL) is None


NUMBERS = {"size": {"N": "5"}, "published": {"N": "5"}, "ver": {"N": "1"}}


@pytest.mark.parametrize(
    "changes",
    [
        {"size": {"N": "-1"}},
        {"size": {"N": "1e3"}},
        {"size": {"N": "1" * 19}},
        {"size": {"N": "\u0667"}},
        {"size": {"S": "5"}},
        {"keys": {"S": "["}},
        {"keys": {"S": "5"}},
        {"keys": {"S": "[[]]" * 2}},
        {"keys": {"S": "[" * 100_000}},
        {"ver": {}},
        {"sk": {"S": "HEAD "}},
    ],
)
def test_a_head_whose_numbers_or_keys_are_none_says_nothing(changes: dict[str, Any]) -> None:
    head = {"pk": {"S": "C"}, "sk": {"S": "HEAD"}, "keys": {"S": '[[1,"old"],[2,"new"]]'}, **NUMBERS}
    told = head_of(head)
    assert told is not None
    assert told.keys == ["new", "old"]
    assert head_of({**head, **changes}) is None


def test_a_head_that_is_damaged_elsewhere_still_names_its_keys_and_is_told() -> None:
    head = {"pk": {"S": "C"}, "sk": {"S": "HEAD"}, "keys": {"S": "[]"}, **NUMBERS, "frontier": {"B": b"x"}}
    told = head_of(head)
    assert told is not None
    assert (told.numbers["size"], told.root, told.state) == ("5", UNREADABLE, UNREADABLE)


@pytest.mark.parametrize("cursors", [b"[]", b'{"x":[]}', b'{"x":{"l":5}}', b"[" * 100_000, b"", b"{"])
def test_a_head_whose_cursors_have_any_shape_does_not_stop_an_export(cursors: bytes) -> None:
    item = {**Head().item(), "cursors": {"B": zlib.compress(cursors)}}
    told = head_of(item)
    assert told is not None
    assert (told.numbers["size"], told.state) == ("0", UNREADABLE)
    assert head_of(Head().item()).state  # type: ignore[union-attr]


@pytest.mark.parametrize(("leaf", "answer"), [(None, -1), ("-1", -1), ("12", 12)])
def test_a_request_says_which_leaf_answered_it(leaf: str | None, answer: int) -> None:
    told = request_of({**REQUEST, **({"leaf": {"N": leaf}} if leaf else {})})
    assert told is not None
    assert told["leaf"] == answer


@pytest.mark.parametrize("item", [{**REQUEST, "leaf": {"N": "1.5"}}, {**REQUEST, "by": {"S": "\n"}}, CONTROL])
def test_a_request_that_is_none_says_nothing(item: dict[str, Any]) -> None:
    assert request_of(item) is None
