"""A newest quote made of changes is honest when it says what its record says, and carries sides only."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tapeproof.verifier.carried import is_carried

CHANGE = {"symbol": "BTC-USD", "bid_price": "99", "bid_size": "1", "ask_price": None, "is_delta": True}
WHOLE = {"symbol": "BTC-USD", "bid_price": "99", "bid_size": "1", "ask_price": "101", "ask_size": "2"}


def _item(body: object) -> dict[str, Any]:
    return {"body": {"S": json.dumps(body)}}


def test_the_other_side_is_carried_along() -> None:
    assert is_carried(_item(WHOLE), _item(CHANGE))


@pytest.mark.parametrize(
    ("whole", "change"),
    [
        ({**WHOLE, "bid_price": "98"}, CHANGE),
        ({**WHOLE, "symbol": "ETH-USD"}, CHANGE),
        ({**WHOLE, "trade_id": "1"}, CHANGE),
        (WHOLE, {**CHANGE, "is_delta": None}),
        (WHOLE, {**CHANGE, "is_delta": 1}),
        ({**WHOLE, "depth": True}, {**CHANGE, "depth": 1}),
        ({**WHOLE, "depth": 1.0}, {**CHANGE, "depth": 1}),
        ({**WHOLE, "ask_price": {"x": "101"}}, CHANGE),
        ({**WHOLE, "ask_price": 101}, CHANGE),
        ([], CHANGE),
        (WHOLE, "text"),
    ],
)
def test_anything_else_is_not(whole: object, change: object) -> None:
    assert not is_carried(_item(whole), _item(change))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "{" * 10, "x" * (2 << 20)])
def test_no_bytes_stop_it(text: str) -> None:
    assert not is_carried({"body": {"S": text}}, _item(CHANGE))
    assert not is_carried({}, _item(CHANGE))


@pytest.mark.parametrize("member", ['"bid_price":"98",', '"ask_price":"98",', '"symbol":"X",'])
def test_a_member_that_is_there_twice_is_no_quote(member: str) -> None:
    whole = {"body": {"S": json.dumps(WHOLE).replace("{", "{" + member, 1)}}
    assert not is_carried(whole, _item(CHANGE))
