from __future__ import annotations

import threading
from itertools import count

import pytest

from tapeproof.log.entry import LANE_NAME, genesis
from tapeproof.log.errors import AuditError
from tapeproof.log.lane import FORKED, NEW_ENVIRONMENT, NEXT_HOUR, UNKNOWN, CodeIdentity, LanePool

HOUR = 3_600 * 10**9
T0 = 1_763_877_600_000_000_000
ORIGIN = "example.com/log"


def _pool(function: str = "lambda-trade-dev") -> LanePool:
    numbers = count(1)
    return LanePool(
        ORIGIN, function, CodeIdentity("ab" * 32, "0.1.0"), lambda size: next(numbers).to_bytes(size, "big")
    )


def test_a_lane_begins_at_its_genesis_and_is_named_by_hour_function_and_chance() -> None:
    lane = _pool().take(T0)
    assert LANE_NAME.fullmatch(lane.name)
    assert (lane.hour, lane.function, lane.sequence) == ("2025112306", "lambda-trade-dev", 0)
    assert lane.previous == genesis(ORIGIN, lane.name)
    assert lane.opening["reason"] == NEW_ENVIRONMENT
    assert lane.shard == int(lane.name[-1], 16) % 8


def test_a_lane_that_was_given_back_is_taken_again_within_its_hour() -> None:
    pool = _pool()
    lane = pool.take(T0)
    pool.give_back(lane)
    assert pool.take(T0 + HOUR - 1) is lane


def test_two_at_once_never_hold_one_lane() -> None:
    pool, taken = _pool(), []
    threads = [threading.Thread(target=lambda: taken.append(pool.take(T0))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({lane.name for lane in taken}) == 8


def test_a_new_hour_opens_a_lane_that_goes_on_from_the_last_one() -> None:
    pool = _pool()
    lane = pool.take(T0)
    lane.advance(b"\x07" * 32)
    pool.give_back(lane)
    later = pool.take(T0 + HOUR)
    assert later.opening["reason"] == NEXT_HOUR
    assert later.opening["prior"] == {"hash": "07" * 32, "lane": lane.name, "seq": 0}
    assert pool.take(T0 + HOUR).opening["reason"] == NEW_ENVIRONMENT


@pytest.mark.parametrize(("reason", "unknown"), [(UNKNOWN, b"\x09" * 32), (FORKED, None)])
def test_a_lane_that_was_abandoned_is_cited_by_the_next_and_never_used_again(
    reason: str, unknown: bytes | None
) -> None:
    pool = _pool()
    lane = pool.take(T0)
    pool.abandon(lane, reason, unknown)
    after = pool.take(T0)
    assert after.name != lane.name
    cited = {"hash": lane.previous, "lane": lane.name, "seq": -1}
    assert after.opening["prior"] == ({**cited, "next": unknown.hex()} if unknown else cited)
    assert after.opening["reason"] == reason
    assert pool.take(T0).opening["prior"] is None


@pytest.mark.parametrize("function", ["", "a.b", "x" * 65, "caf\u00e9", "a b", "a\n"])
def test_a_function_that_cannot_be_part_of_a_name_is_refused(function: str) -> None:
    with pytest.raises(AuditError, match="cannot be part of a lane's name"):
        _pool(function)
