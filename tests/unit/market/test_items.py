from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeproof.market.errors import Rejection, StoreError
from tapeproof.market.items import MAX_BODY_BYTES, MIN_ITEM_BYTES, ItemFormat, body_of
from tapeproof.market.keys import KeyLayout

FORMAT = ItemFormat(KeyLayout(), MIN_ITEM_BYTES)


def kept(body: str) -> list[Any]:
    return FORMAT.build_kept_items("REJECTED#x#2024010100", 5, "evt", "why", body)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40), times=st.integers(1, 4000))
def test_a_body_of_any_characters_is_whole_again_and_no_item_is_over_the_cap(text: str, times: int) -> None:
    body = text * times
    parent, *parts = kept(body)
    assert body_of(parent, {part["sk"]["S"]: part for part in parts}) == body
    room = max(MIN_ITEM_BYTES - 2048, len(body.encode()) // 90 + 1)
    assert all(len(item["body"]["S"].encode()) <= room for item in (parent, *parts))
    assert len(parts) < 98


@pytest.mark.parametrize("character", ["x", "\u20ac", "\U0001f600"])
def test_the_longest_body_fits_into_one_transaction_beside_its_entry_and_no_item_is_too_long(character: str) -> None:
    items = kept(character * (MAX_BODY_BYTES // len(character.encode())))
    assert len(items) <= 98
    assert max(len(item["body"]["S"].encode()) for item in items) < 400 * 1024


def test_a_longer_body_than_a_transaction_holds_is_refused_with_a_reason() -> None:
    with pytest.raises(Rejection, match="at most 3300000"):
        kept("x" * (MAX_BODY_BYTES + 1))


def test_a_body_without_one_of_its_parts_is_an_error() -> None:
    parent, *parts = kept("x" * 200_000)
    with pytest.raises(StoreError, match="part 1 of"):
        body_of(parent, {part["sk"]["S"]: part for part in parts[1:]})
