"""The account of a run: every event ends exactly once, or is named."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tapeproof.ops.audit_tail import Audited
from tapeproof.ops.dead_letters import DeadLetter
from tapeproof.ops.manifest import Fate, Manifest, Planned
from tapeproof.ops.reconciliation import DEAD, reconcile


def _manifest(*events: Planned, unanswered: tuple[Planned, ...] = ()) -> Manifest:
    manifest = Manifest(Path("run.jsonl"), "run", 0, "test")
    manifest.planned = {event.n: event for event in (*events, *unanswered)}
    manifest.sent = {event.n: (f"event-{event.n}", 1_000 + event.n) for event in events}
    return manifest


def _event(n: int, *keys: str, fate: Fate = "record", venue: str = "kraken") -> Planned:
    return Planned(n, venue, "Trade", fate, keys)


def _said(n: int, act: str, key: str = "", at_ns: int = 2_000) -> Audited:
    return Audited(f"event-{n}", act, key, at_ns, "lane")


def _letter(event_id: str, *, enveloped: bool = False) -> DeadLetter:
    event = {"id": event_id, "detail": {}}
    body = {"requestPayload": event, "requestContext": {"functionArn": "arn:aws:lambda:x:1:function:f"}}
    return DeadLetter("trade", "url", "m", "r", json.dumps(body if enveloped else event), {})


@pytest.mark.parametrize(
    ("fate", "act"),
    [
        ("record", "RECORDED"),
        ("record", "DUPLICATE"),
        ("record", "CONFLICT"),
        ("reject", "REJECTED"),
        ("quarantine", "QUARANTINED"),
    ],
)
def test_an_event_that_met_its_fate_is_accounted_for(fate: Fate, act: str) -> None:
    event = _event(0, "k", fate=fate) if fate == "record" else _event(0, fate=fate)
    account = reconcile(_manifest(event), [_said(0, act, "k")], [])
    assert account.whole
    assert account.rows["kraken", "Trade"].ended == Counter({act: 1})


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (_event(0, "k"), []),
        (_event(0, "k"), [_said(0, "RECORDED", "another key")]),
        (_event(0, "k"), [_said(0, "REJECTED", "k")]),
        (_event(0, "k"), [_said(1, "RECORDED", "k")]),
        (_event(0, "k"), [_said(0, "GAP", "k")]),
        (_event(0, "k", "l"), [_said(0, "RECORDED", "k")]),
        (_event(0, "k", "k"), [_said(0, "RECORDED", "k")]),
        (_event(0, fate="reject"), [_said(0, "RECORDED", "k")]),
        (_event(0, fate="quarantine"), [_said(0, "REJECTED", "")]),
    ],
)
def test_an_event_that_did_not_is_named(event: Planned, said: list[Audited]) -> None:
    account = reconcile(_manifest(event), said, [])
    assert not account.whole
    (difference,) = account.differences
    assert difference.event_id == "event-0"
    assert account.rows["kraken", "Trade"].missing == 1


@pytest.mark.parametrize("enveloped", [False, True])
def test_a_dead_letter_accounts_for_what_was_not_decided(*, enveloped: bool) -> None:
    manifest = _manifest(_event(0, "k", "l"))
    account = reconcile(manifest, [_said(0, "RECORDED", "k")], [_letter("event-0", enveloped=enveloped)])
    assert account.whole
    assert account.rows["kraken", "Trade"].ended == Counter({"RECORDED": 1, DEAD: 1})


def test_an_event_that_was_decided_and_also_lies_in_a_queue_counts_once() -> None:
    account = reconcile(_manifest(_event(0, "k")), [_said(0, "RECORDED", "k")], [_letter("event-0")])
    assert account.due == account.settled == 1
    assert account.total(DEAD) == 0


def test_a_second_delivery_is_counted_apart() -> None:
    said = [_said(0, "DUPLICATE", "k"), _said(0, "RECORDED", "k")]
    account = reconcile(_manifest(_event(0, "k")), said, [])
    assert account.rows["kraken", "Trade"].ended == Counter({"RECORDED": 1})
    assert account.redelivered == 1


def test_two_events_with_one_key_are_two_decisions() -> None:
    said = [_said(0, "RECORDED", "k"), _said(1, "DUPLICATE", "k")]
    account = reconcile(_manifest(_event(0, "k"), _event(1, "k")), said, [])
    assert account.whole
    assert account.rows["kraken", "Trade"].ended == Counter({"RECORDED": 1, "DUPLICATE": 1})


def test_observations_are_counted_and_account_for_nothing() -> None:
    said = [_said(0, "RECORDED", "k"), _said(0, "GAP", "k"), _said(9, "LATE", "z")]
    account = reconcile(_manifest(_event(0, "k")), said, [])
    assert account.observations == Counter({"GAP": 1})
    assert account.whole


def test_what_eventbridge_refused_makes_the_account_fail() -> None:
    manifest = _manifest()
    manifest.planned[0] = _event(0, "k")
    manifest.failed[0] = "too large"
    account = reconcile(manifest, [], [])
    assert not account.whole
    assert account.refused == [(manifest.planned[0], "too large")]


def test_an_event_without_an_answer_is_found_by_its_natural_keys() -> None:
    lost_answer = _event(1, "k", "l")
    manifest = _manifest(_event(0, "m"), unanswered=(lost_answer,))
    said = [_said(0, "RECORDED", "m"), _said(77, "RECORDED", "k"), _said(77, "DUPLICATE", "l")]
    account = reconcile(manifest, said, [])
    assert account.uncertain == []
    assert account.rows["kraken", "Trade"].due == 3


def test_an_event_without_an_answer_or_a_trace_stays_uncertain_and_is_not_called_lost() -> None:
    account = reconcile(_manifest(unanswered=(_event(0, "k"),)), [], [])
    assert [event.n for event in account.uncertain] == [0]
    assert account.differences == []


def test_latency_runs_from_publishing_to_the_first_entry() -> None:
    said = [_said(0, "DUPLICATE", "k", 9_000), _said(0, "RECORDED", "k", 4_000)]
    account = reconcile(_manifest(_event(0, "k")), said, [])
    assert account.latencies_ns == {"Trade": [3_000]}


def test_rows_are_by_venue_and_type() -> None:
    events = (_event(0, "k"), _event(1, "l", venue="gemini"))
    account = reconcile(_manifest(*events), [_said(0, "RECORDED", "k"), _said(1, "CONFLICT", "l")], [])
    assert set(account.rows) == {("kraken", "Trade"), ("gemini", "Trade")}
    assert account.total("CONFLICT") == 1
