"""From a delivered event to the decisions on it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from handlers.decisions import Decider
from handlers.deliveries import delivery

from tests.unit.handlers.steps import NOW, decide, make_event, make_settings

SECOND = 10**9
QUOTE = {
    "type": "quote", "symbol": "BRK.B", "venue": "coinbase", "ts_event_ns": str(NOW), "sequence": "7",
    "bid_price": "10", "ask_price": "9.5", "bid_size": "1", "ask_size": "1", "schema": "tapeproof/1", "raw": ...,
}  # fmt: skip


def _told(event: Any, **environment: str) -> list[tuple[str, str]]:  # noqa: ANN401 - whatever is delivered
    return [(step.decision.act, step.code) for step in decide(event, **environment)]


def test_a_trade_becomes_one_record_under_its_natural_key() -> None:
    (step,) = decide(make_event())
    assert (step.decision.act, step.decision.evt, step.decision.src) == ("RECORDED", "e-1", "marketdata.coinbase")
    assert step.record is not None
    assert step.decision.key == step.record.key
    assert step.decision.body == step.body.encode()
    assert json.loads(step.body)["trade_id"] == "1"


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ({"schema": "native/2"}, "bad-schema"),
        ({"schema": ...}, "bad-schema"),
        ({"raw": None}, "bad-shape"),
        ({"raw": {"type": "match"}}, "bad-shape"),
        ({"venue": "kraken"}, "venue-mismatch"),
        ({"venue": None}, None),
        ({"venue": "../x"}, None),
        ({"received_ns": "yesterday"}, None),
        ({"raw": "{"}, None),
        ({"raw": ""}, None),
    ],
)
def test_what_does_not_fit_is_rejected_with_a_code_and_kept_whole(detail: dict[str, Any], code: str | None) -> None:
    (step,) = decide(make_event(**detail))
    assert step.decision.act == "REJECTED"
    assert step.code == code or code is None
    assert step.code
    assert step.decision.extra is not None
    assert step.decision.extra["reason"].startswith(f"{step.code}: ")
    assert step.decision.body == step.delivery.text.encode()


@pytest.mark.parametrize(
    "event", [None, [], "text", 7, {}, {"id": "e", "detail": []}, {"source": "marketdata.coinbase"}]
)
def test_whatever_is_delivered_is_decided_on(event: object) -> None:
    assert [act for act, _ in _told(event)] == ["REJECTED"]


def test_a_venue_without_a_module_is_quarantined_and_so_is_what_no_route_takes() -> None:
    stranger = make_event(venue="luno") | {"source": "marketdata.luno"}
    assert [act for act, _ in _told(stranger)] == ["QUARANTINED"]
    assert _told(make_event(), ROUTE="quarantine") == [("QUARANTINED", "no-route")]


@pytest.mark.parametrize(
    ("account", "code"), [("111122223333", ""), ("444455556666", "wrong-publisher"), ("", "wrong-publisher")]
)
def test_only_the_accounts_that_publish_a_venue_are_believed(account: str, code: str) -> None:
    event = make_event() | ({"account": account} if account else {})
    ((act, told),) = _told(event, PUBLISHERS="coinbase=111122223333")
    assert (act, told) == ("REJECTED" if code else "RECORDED", code)


@pytest.mark.parametrize(
    ("event", "acts"),
    [
        (make_event(), ["RECORDED"]),
        (make_event(received_ns=str(NOW + 2 * SECOND)), ["RECORDED", "LATE"]),
        (make_event(received_ns=str(NOW - 61 * SECOND)), ["RECORDED", "AHEAD"]),
        (make_event(venue="kraken"), ["REJECTED"]),
        (make_event(venue="luno") | {"source": "marketdata.luno"}, ["QUARANTINED"]),
        (make_event() | {"replay-name": "again"}, ["RECORDED"]),
    ],
)
def test_every_entry_names_the_account_that_sent_its_event(event: dict[str, Any], acts: list[str]) -> None:
    steps = decide(event | {"account": "111122223333"}, NOW + (0 if "AHEAD" not in acts else -61 * SECOND))
    assert [step.decision.act for step in steps] == acts
    assert {(step.decision.extra or {}).get("account") for step in steps} == {"111122223333"}


@pytest.mark.parametrize(
    "forged", ["not an account", "\uff11" * 12, "1" * 13, "1" * 11, 111122223333, ["111122223333"], "111122223333\n"]
)
def test_no_entry_names_an_account_that_eventbridge_did_not(forged: object) -> None:
    for event in (make_event(account="111122223333"), make_event() | {"account": forged}):
        assert not any("account" in (step.decision.extra or {}) for step in decide(event))


@pytest.mark.parametrize(
    ("received", "now", "acts"),
    [
        (0, 0, ["RECORDED"]),
        (1, 1, ["RECORDED"]),
        (2, 2, ["RECORDED", "LATE"]),
        (-60, -60, ["RECORDED"]),
        (-61, -61, ["RECORDED", "AHEAD"]),
        (0, -61, ["RECORDED", "AHEAD"]),
    ],
)
def test_late_and_early_ticks_are_recorded_and_observed(received: int, now: int, acts: list[str]) -> None:
    steps = decide(make_event(received_ns=str(NOW + received * SECOND)), NOW + now * SECOND)
    assert [step.decision.act for step in steps] == acts
    assert steps[0].ahead is ("AHEAD" in acts)


def test_a_quote_whose_bid_is_above_its_ask_is_recorded_and_observed() -> None:
    assert [act for act, _ in _told(make_event(**QUOTE))] == ["RECORDED", "CROSSED"]
    assert [act for act, _ in _told(make_event(**QUOTE | {"ask_price": "10.0"}))] == ["RECORDED"]


def test_records_stand_in_the_order_in_which_they_were_decided_on() -> None:
    decider = Decider(make_settings())
    arrivals = [decider.decide(delivery(make_event(number)), NOW)[0].arrival for number in (3, 1, 2)]
    assert arrivals == sorted(arrivals)
    assert len(set(arrivals)) == 3


def test_the_same_delivery_is_decided_on_in_the_same_way_whatever_the_clock_says() -> None:
    event = make_event(received_ns=...) | {"time": "2024-01-01T00:00:00Z"}
    (one,), (other,) = decide(event, NOW), decide(event, NOW + 5 * SECOND)
    assert (one.decision.key, one.decision.body) == (other.decision.key, other.decision.body)
