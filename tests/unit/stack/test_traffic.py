"""The traffic of a change is accounted for by itself: what another publisher's events became is none of it."""

from __future__ import annotations

import json
import time
from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.local.one_process import find_in_process
from tapeproof.ops.audit_tail import AuditTail
from tests.e2e.traffic import Traffic

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TRADE = ["5541.20000", "0.15850568", "1534614057.321597", "s", "l", ""]


def _trades(count: int) -> dict[str, Any]:
    """Return an event as Kraken sends it: several trades in one message."""
    trades = [[*TRADE[:2], f"{1534614057 + second}.321597", *TRADE[3:]] for second in range(count)]
    raw = json.dumps([0, trades, "trade", "XBT/USD"])
    detail = {"schema": "native/1", "venue": "kraken", "received_ns": "1534614100000000000", "raw": raw}
    return {"Source": "marketdata.kraken", "DetailType": "Trade", "Detail": json.dumps(detail)}


def _stack(runs: Path) -> Any:  # noqa: ANN401 - what a test needs of a LocalStack
    addressee = find_in_process(runs)
    return SimpleNamespace(target=addressee.target, outputs=lambda: addressee.outputs)


def _others(stack: Any, entry: dict[str, Any]) -> Callable[[], None]:  # noqa: ANN401 - as above
    return lambda: stack.target.client("events").put_events(Entries=[entry])


def test_a_strangers_message_of_three_trades_is_not_taken_for_an_event_that_was_recorded_thrice(tmp_path: Path) -> None:
    stack = _stack(tmp_path)
    with Traffic(stack, 10, 10_000, _others(stack, _trades(3))) as traffic:
        pass
    assert traffic.account() == {}
    tail = AuditTail(stack.target.client("dynamodb"), stack.outputs().audit_table_name, time.time_ns())
    recorded = Counter(audited.evt for audited in tail.poll() if audited.act == "RECORDED")
    assert 3 in recorded.values(), "the stranger's message is in the same log"
    assert set(traffic.outcomes) == set(traffic.kinds)
    assert all(acts["RECORDED"] <= 1 for acts in traffic.outcomes.values())


def test_an_event_of_the_traffics_own_that_was_recorded_twice_is_seen(tmp_path: Path) -> None:
    stack = _stack(tmp_path)
    with Traffic(stack, 10, 10_000) as traffic:
        pass
    (event, *_) = traffic.kinds
    (answer,) = stack.target.client("events").put_events(Entries=[_trades(2)])["Entries"]
    traffic.kinds[answer["EventId"]] = "marketdata.kraken Trade"
    assert traffic.account() == {}
    assert traffic.outcomes[answer["EventId"]] == Counter(RECORDED=2)
    assert traffic.outcomes[event].total() == 1


def test_what_ends_the_publisher_ends_the_test(tmp_path: Path) -> None:
    def fail() -> None:
        raise ConnectionError("the bus is gone")

    with pytest.raises(ConnectionError, match="the bus is gone"), Traffic(_stack(tmp_path), 10, 10_000, fail):
        pass
