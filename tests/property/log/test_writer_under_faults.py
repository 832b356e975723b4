from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.log.entry import parse
from tapeproof.log.note import VerifierKey
from tapeproof.log.writer import OutcomeUnknownError, WriteError
from tapeproof.verifier.findings import Absence, Verdict
from tapeproof.verifier.verify import Options, verify_export
from tests.effort import cases
from tests.unit.log.dynamodb_model import FAULTS, OK
from tests.unit.log.world import HOUR, MINUTE, World, WorldSource

if TYPE_CHECKING:
    from tapeproof.log.decision import Decision

DELIVERY = st.tuples(
    st.integers(0, 2),  # environment
    st.lists(st.integers(1, 12), min_size=1, max_size=5),  # events, some more than once
    st.lists(st.sampled_from([OK, *FAULTS]), max_size=5),  # what happens to its calls
    st.sampled_from([0, 3_000]),  # milliseconds left
    st.sampled_from(["same", "killed", "next hour"]),  # what happens before
)


class _KilledError(BaseException):
    """An environment that is taken away in the middle of a call."""


def _deliver(world: World, deliveries: list[tuple]) -> list[Decision]:
    """Deliver events to environments under faults; return those that nobody reported as committed."""
    writers = {}
    open_events: dict[int, Decision] = {}
    for environment, numbers, plan, remaining, before in deliveries:
        if before == "killed":
            writers.pop(environment, None)
        if before == "next hour":
            world.now = (world.now // HOUR + 1) * HOUR
        writer = writers.setdefault(environment, world.writer())
        decisions = [world.decision(number) for number in numbers]
        open_events.update(zip(numbers, decisions, strict=True))
        world.model._plan = iter(plan)
        try:
            done = writer.commit(decisions, request_id="req", remaining_ms=lambda left=remaining: left)
        except WriteError as error:
            done = error.committed
        for one in done:
            open_events.pop(int(one.decision.sseq or 0), None)
    world.model._plan = iter(())
    world.model.flush()
    return list(open_events.values())


def _check(world: World) -> None:
    entries = [item for item in world.model.table("audit") if item["pk"]["S"].startswith("L#")]
    lanes = Counter(item["pk"]["S"] for item in entries)
    for lane, count in lanes.items():
        sequences = [int(item["sk"]["S"]) for item in entries if item["pk"]["S"] == lane]
        assert sequences == list(range(count)), "a lane has a gap"
    recorded = Counter(
        one["key"] for item in entries for one in parse(item["b"]["B"]).decisions if one["act"] == "RECORDED"
    )
    records = Counter(
        f"trade#coinbase#BTC-USD#{item['sk']['S'].split('#')[0]}#{int(item['sk']['S'].split('#')[1])}"
        for item in world.model.table("market")
    )
    assert recorded == records, "records and entries are not in bijection"


@settings(max_examples=cases(120))
@given(deliveries=st.lists(DELIVERY, min_size=1, max_size=12))
def test_any_interleaving_of_faults_kills_and_duplicates_loses_and_doubles_nothing(deliveries: list[tuple]) -> None:
    world = World()
    left = _deliver(world, deliveries)
    for decision in left:
        world.writer().commit([decision], request_id="again", remaining_ms=lambda: 3_000)
    _check(world)
    delivered = {number for _, numbers, *_ in deliveries for number in numbers}
    assert len(world.model.table("market")) == len(delivered), "an event was lost"


@settings(max_examples=cases(15))
@given(deliveries=st.lists(DELIVERY, min_size=3, max_size=10))
def test_what_survives_faults_is_a_log_that_verifies(
    deliveries: list[tuple], tmp_path_factory: pytest.TempPathFactory
) -> None:
    world = World()
    for decision in _deliver(world, deliveries):
        world.writer().commit([decision], request_id="again", remaining_ms=lambda: 3_000)
    world.now += HOUR + 25 * MINUTE
    world.seal()
    folder = tmp_path_factory.mktemp("faults") / "export"
    export(WorldSource(world), folder, ExportOptions(witness=False, clock=lambda: world.now))
    report = verify_export(folder, Options(keys=[VerifierKey.parse(world.vkey())], as_of=world.now))
    assert report.findings == []
    assert (report.verdict, report.absent) == (Verdict.INCOMPLETE, [Absence.LINES])


@pytest.mark.parametrize("calls", range(4))
def test_an_interrupt_in_the_middle_of_a_call_abandons_the_lane(calls: int) -> None:
    world = World()
    writer = world.writer()
    for _ in range(calls):
        world.write(writer, world.decision())
    original = world.model.transact_write_items

    def killed(**request: object) -> None:
        original(**request)
        raise _KilledError

    world.model.transact_write_items = killed  # type: ignore[method-assign]
    with pytest.raises(_KilledError):
        world.write(writer, world.decision(77))
    world.model.transact_write_items = original  # type: ignore[method-assign]
    (done,) = world.write(writer, world.decision(77))
    assert done.act == "DUPLICATE"
    assert parse(done.entry_bytes).fields["gen"]["reason"] == "unknown"
    _check(world)


def test_a_request_that_arrives_after_its_writer_gave_up_is_cited_and_counted_once() -> None:
    world = World()
    writer = world.writer()
    world.write(writer, world.decision(1))
    world.model._plan = iter(["late"])
    with pytest.raises(OutcomeUnknownError):
        writer.commit([world.decision(2)], request_id="req", remaining_ms=lambda: 0)
    world.model.flush()
    (done,) = world.write(writer, world.decision(2))
    assert done.act == "DUPLICATE"
    _check(world)
