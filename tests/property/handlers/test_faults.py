"""A processor on tables that fail: what was sent is read back, each once, in the order of arrival."""

from __future__ import annotations

import contextlib
import io
import json
import random
import time
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from tapeproof.auditing.source import Line
from tapeproof.log.writer import WriteError
from tapeproof.market.keys import KeyLayout
from tapeproof.market.memory import MemoryTables
from tapeproof.market.store import MarketStore
from tapeproof.verifier.findings import Verdict
from tests.effort import cases
from tests.market_bench import AUDIT, MARKET, Bench, Context, make_batch, make_event
from tests.unit.log.world import ORIGIN, World, verified

if TYPE_CHECKING:
    from pathlib import Path

Json: TypeAlias = Any
SEEDS = cases(12)
START = 1_718_000_000_000_000_000


class Failing(MemoryTables):
    """Loses answers, refuses for want of capacity, and fails puts, each now and then."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance

    def transact_write_items(self, **arguments: Json) -> Json:
        fate = self._chance.random()
        if fate < 0.15:
            raise ConnectionError("the request was lost")
        super().transact_write_items(**arguments)
        if fate < 0.3:
            raise ConnectionError("the answer was lost")
        return {}

    def put_item(self, **arguments: Json) -> Json:
        if self._chance.random() < 0.1:
            raise ConnectionError("lost")
        return super().put_item(**arguments)


class Elapsing(Context):
    def get_remaining_time_in_millis(self) -> int:
        self.remaining -= 150
        return self.remaining


def script(chance: random.Random) -> list[Json]:
    """Return events: numbered trades, equal fills without a number, and levels that go to and fro."""
    events = []
    for place in range(40):
        received = START + place * 1_000
        kind = chance.choice(("numbered", "equal", "level"))
        raw: Json = [0, [["5", "1", "1718000000.000007", "s", "l", ""]], "trade", "XBT/USD"]
        venue = "kraken"
        if kind != "equal":
            venue = "coinbase"
            raw = {"type": "match", "trade_id": place, "side": "buy", "size": "1", "price": "2", "product_id": "A-B"}
            if kind == "level":
                raw = {"type": "l2update", "product_id": "A-B", "changes": [["buy", "1", str(chance.randint(0, 1))]]}
            raw["time"] = "2024-06-10T06:13:20.000001Z"
        detail = {"schema": "native/1", "venue": venue, "raw": json.dumps(raw)}
        events.append(make_event(f"marketdata.{venue}", detail, received))
    return events


def deliver(tables: Failing, events: list[Json], chance: random.Random) -> None:
    """Deliver events in batches until all of them are taken, some of them again and under another id."""
    processors = [Bench(tables).processor(LOG_ORIGIN=ORIGIN) for _ in range(2)]
    for one in processors:
        one._writer._sleep = lambda _: None  # type: ignore[attr-defined]
    waiting = list(events) + [event | {"id": f"again-{n}"} for n, event in enumerate(chance.sample(events, 8))]
    while waiting:
        batch, waiting = waiting[:7], waiting[7:]
        try:
            answer = chance.choice(processors).process(make_batch(*batch), Elapsing(remaining=9_000))
        except WriteError:
            waiting += batch
            continue
        failed = {int(one["itemIdentifier"][1:]) for one in answer["batchItemFailures"]}
        waiting += [event for place, event in enumerate(batch) if place in failed]


def sealed(tables: Failing, printed: str) -> World:
    """Return the log that the processors wrote, sealed, with the lines that they printed."""
    world = World()
    world.now = time.time_ns()
    for name, kept in (("audit", AUDIT), ("market", MARKET)):
        for item in tables.items(kept):
            world.model.put_item(TableName=name, Item=item)
    lines = (line for line in printed.splitlines() if line.startswith('{"audit":'))
    world.lines = [Line(line, world.now // 10**6) for line in lines]
    world.seal()
    return world


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_lost_doubled_or_out_of_order_whatever_fails_and_the_log_verifies(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    tables, events = Failing(chance), script(chance)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        deliver(tables, events, chance)
    store = MarketStore(tables, MARKET, KeyLayout(minute_shards=4))
    for venue in ("coinbase", "kraken"):
        sent = [int(one["detail"]["received_ns"]) for one in events if one["source"].endswith(venue)]
        found = [one.record.received_ns for one in store.by_exchange(venue, START, START + 10**9)]
        assert found == sent
    report = verified(sealed(tables, printed.getvalue()), tmp_path / "export")
    assert report.verdict is Verdict.VERIFIED, report.findings
