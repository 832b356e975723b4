"""What a message says of all its records: when, where from, and under which name it was delivered."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.errors import Rejection
from tapeproof.market.origin import Head, Origin, delivery_name

NOW = 1_718_000_000_000_000_000
ORIGIN = Origin("acme", NOW, "raw")


def head(**more: Any) -> Head:  # noqa: ANN401 - of Origin.head
    return ORIGIN.head("A-B", "ab", **({"ts_event_ns": NOW} | more))


@pytest.mark.parametrize(
    ("ts_event_ns", "unit"),
    [(NOW // 1_000, "microseconds"), (NOW // 1_000_000, "milliseconds"), (NOW // 1_000_000_000, "seconds")],
)
def test_a_time_in_a_wrong_unit_is_refused_and_the_right_one_named(ts_event_ns: int, unit: str) -> None:
    with pytest.raises(Rejection, match=unit):
        head(ts_event_ns=ts_event_ns)
    assert head(ts_event_ns=ts_event_ns, backfill=True)["ts_event_ns"] == ts_event_ns


def test_a_time_that_is_not_there_is_the_receipts_and_says_so() -> None:
    found = head(ts_event_ns=None)
    assert (found["ts_event_ns"], found["ts_source"]) == (NOW, "received")


def test_a_name_of_a_delivery_is_of_its_venue_receipt_and_text() -> None:
    names = {delivery_name(*one) for one in (("a", 1, "x"), ("b", 1, "x"), ("a", 2, "x"), ("a", 1, "y"))}
    assert len(names) == 4
    assert delivery_name("a", 1, "\udcff") == delivery_name("a", 1, "\udcff")
