"""A log that is run honestly is never called TAMPERED: clocks, races, crashes, rotations and prunes in any order."""

from __future__ import annotations

import contextlib
import random
import shutil
import tempfile
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_folder
from tapeproof.auditing.prune import hours_before, prune
from tapeproof.auditing.source import Line
from tapeproof.log.decision import witness_lines
from tapeproof.log.errors import AuditError
from tapeproof.log.gather import Limits
from tapeproof.log.head import SigningKey
from tapeproof.log.note import VerifierKey
from tapeproof.log.recovery import recover_head
from tapeproof.log.restoring import restore_head
from tapeproof.log.writer import WriteError
from tapeproof.verifier.findings import Attack, Verdict
from tapeproof.verifier.verify import Options
from tests.effort import SOAKING, cases
from tests.unit.log.dynamodb_model import FAULTS, OK, DynamoDBModel
from tests.unit.log.world import MINUTE, ORIGIN, World, WorldSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.log.decision import Decision
    from tapeproof.log.writer import AuditWriter

SECOND = 10**9


class KilledError(Exception):
    """The sealer's process ended."""


class Fragile:
    """A service that ends its caller at a call."""

    def __init__(self, service: Any, calls: int) -> None:  # noqa: ANN401 - any service
        self._service, self._left = service, calls

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the service has
        def call(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as above
            self._left -= 1
            if self._left < 0:
                raise KilledError
            return getattr(self._service, name)(*arguments, **options)

        return call


class MovingSource(WorldSource):
    """A log that goes on while it is read: something happens before each of its stores is."""

    def __init__(self, world: World, meanwhile: Callable[[], None]) -> None:
        super().__init__(world)
        self._meanwhile = meanwhile

    def scan(self, which: str) -> Iterator[dict[str, Any]]:
        self._meanwhile()
        return super().scan(which)

    def lines(self) -> Iterator[Line]:
        self._meanwhile()
        return super().lines()

    def query_log(self, prefix: str) -> Iterator[dict[str, Any]]:
        if prefix in {"0", "PRUNE#"}:
            self._meanwhile()
        return super().query_log(prefix)


class Operation(RuleBasedStateMachine):
    """What happens to a log in its life."""

    @initialize()
    def begin(self) -> None:
        self.world = World()
        self.fates: deque[str] = deque()
        self.world.model = DynamoDBModel(self.planned(), clock=lambda: self.world.now)
        self.first_key = VerifierKey.parse(self.world.vkey())
        self.keys = [self.first_key]
        self.random = random.Random(0)  # what failed once is to fail again
        self.died = False
        self.writers = [self.writer(f"lambda-{name}-dev") for name in ("trade", "quote", "book")]
        self.seal()
        self.place = Path(tempfile.mkdtemp(prefix="tapeproof-operation-"))

    def planned(self) -> Iterator[str]:
        while True:
            yield self.fates.popleft() if self.fates else OK

    def writer(self, function: str, ahead: int = 0) -> AuditWriter:
        def clock() -> int:
            return self.world.tick() + ahead * SECOND

        return self.world.writer(function, urandom=self.random.randbytes, jitter=lambda: 0.0, clock=clock)

    @rule(who=st.integers(0, 2), count=st.integers(1, 3))
    def write(self, who: int, count: int) -> None:
        self.world.write(self.writers[who], *(self.world.decision() for _ in range(count)))

    @rule(who=st.integers(0, 2), body=st.sampled_from([None, '{"price":"0"}']))
    def write_again(self, who: int, body: str | None) -> None:
        with contextlib.suppress(AuditError):
            self.world.write(self.writers[who], self.world.decision(1, body=body, evt=f"again-{self.world.now}"))

    @rule(who=st.integers(0, 2), ahead=st.integers(-120, 120))
    def start_anew(self, who: int, ahead: int) -> None:
        self.writers[who] = self.writer("lambda-trade-dev", ahead)

    @rule(who=st.integers(0, 2), fates=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3), again=st.booleans())
    def write_on_a_bad_day(self, who: int, fates: list[str], *, again: bool) -> None:
        self.fates.extend(fates)
        decisions = [self.world.decision(), self.world.decision()]
        try:
            self.write_within(5_000, who, decisions)
        except WriteError as error:
            if again:
                self.fates.clear()
                self.write_within(5_000, who, error.outstanding)
        self.fates.clear()
        self.world.model.flush()

    def write_within(self, budget_ms: int, who: int, decisions: list[Decision]) -> None:
        left = iter(range(budget_ms, 0, -1_500))
        try:
            done = self.writers[who].commit(decisions, request_id="req", remaining_ms=lambda: next(left, 0))
        except WriteError as error:
            self.say(error.committed)
            self.died = True  # what may have been written unseen has no line
            raise
        self.say(done)

    def say(self, done: list[Any]) -> None:
        self.world.lines += [Line(text, self.world.now // 10**6 + 200) for text in witness_lines(done)]

    @rule()
    def say_again(self) -> None:
        self.world.lines += self.world.lines[-2:]

    @rule(minutes=st.sampled_from([0, 1, 7, 30, 61]))
    def wait(self, minutes: int) -> None:
        self.world.now += minutes * MINUTE

    @rule(ahead=st.integers(-120, 120))
    def seal(self, ahead: int = 0) -> None:
        clock, before = self.world.now + ahead * SECOND, self.world.now
        self.world.now = clock
        self.world.sealer().run(lambda: 60_000)
        self.world.now = before

    @rule(runs=st.integers(1, 2))
    def seal_little(self, runs: int) -> None:
        """A run has no time for all that there is, and leaves the rest to the next."""
        self.world.sealer(limits=Limits(runs=runs)).run(lambda: 0)

    @rule(calls=st.integers(0, 40), which=st.sampled_from(["table", "objects"]))
    def die(self, calls: int, which: str) -> None:
        parts = {"table": self.world.table(), "objects": self.world.bucket}
        with contextlib.suppress(KilledError):
            self.world.sealer(**{which: Fragile(parts[which], calls)}).run(lambda: 60_000)

    @rule()
    def race(self) -> None:
        world = self.world

        class Late:
            """Lets another sealer run before the first call."""

            begun = False

            def get(self, path: str) -> bytes | None:
                found = world.bucket.get(path)
                if not self.begun:
                    self.begun = True
                    world.sealer().run(lambda: 60_000)
                return found

            put, swap = staticmethod(world.bucket.put), staticmethod(world.bucket.swap)

        with contextlib.suppress(AuditError):
            world.sealer(objects=Late()).run(lambda: 60_000)

    @rule(key=st.sampled_from(["arn:key/one", "arn:key/two", "arn:key/edwards"]))
    def rotate(self, key: str) -> None:
        self.world.key = key
        self.seal()

    @rule()
    def recover(self) -> None:
        """The sealer's head is lost, and made again."""
        world, table = self.world, self.world.table()
        key = VerifierKey.parse(world.vkey())
        with contextlib.suppress(AuditError):
            signing = SigningKey(world.key, str(key))
            head = recover_head(world.bucket, ORIGIN, [key], signing, table.head_version() + 1)
            table.refuse_larger(head.size, key)
            restore_head(table, head)

    @rule()
    def prune(self) -> None:
        self.seal()
        folder = self.place / "pruned"
        shutil.rmtree(folder, ignore_errors=True)
        self._export(folder)
        for hour in hours_before(folder, "9999999999")[:1]:
            prune(
                self.world.model, "audit", folder, [hour], by="x", wait_seconds=60, sleep=lambda _: self.seal() and None
            )

    @rule()
    def audit(self) -> None:
        folder = self.place / "export"
        shutil.rmtree(folder, ignore_errors=True)
        self._export(folder)
        self.judge(folder)

    @rule(
        who=st.integers(0, 2),
        what=st.sampled_from(["write", "seal", "rotate", "close", "prune"]),
        call=st.integers(0, 4),
    )
    def audit_while_it_moves(self, who: int, what: str, call: int) -> None:
        calls = iter(range(99))

        def meanwhile() -> None:
            self.world.write(self.writers[who], self.world.decision())
            if next(calls) == call:
                self.move(what)

        folder = self.place / "moving"
        shutil.rmtree(folder, ignore_errors=True)
        try:
            self._export(folder, MovingSource(self.world, meanwhile))
        except SourceError:  # an hour that goes away under an export is told, and the next export is whole
            assert what == "prune"
            shutil.rmtree(folder, ignore_errors=True)
            self._export(folder)
        self.judge(folder)

    def move(self, what: str) -> None:
        if what == "rotate":
            self.rotate(self.random.choice(["arn:key/one", "arn:key/two", "arn:key/edwards"]))
        elif what == "close":
            self.world.now += 61 * MINUTE
            self.seal()
        elif what == "prune":
            self.prune()
        elif what == "seal":
            self.seal()

    def judge(self, folder: Path) -> None:
        report = verify_folder(folder, Options(keys=[self.first_key], as_of=self.world.now, own=True), jobs=1)
        assert report.verdict is not Verdict.TAMPERED, [str(one) for one in report.findings]
        honest = {Attack.STALE, Attack.LINE_MISSING} if self.died else {Attack.STALE}
        assert {one.attack for one in report.findings} <= honest, [str(one) for one in report.findings]

    def _export(self, folder: Path, source: WorldSource | None = None) -> None:
        export(source or WorldSource(self.world), folder, ExportOptions(line_lag_ns=0, clock=lambda: self.world.now))

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.audit()
            shutil.rmtree(self.place)


TestOperation = Operation.TestCase
if SOAKING:
    TestOperation = pytest.mark.timeout(0)(TestOperation)
TestOperation.settings = settings(max_examples=cases(200), stateful_step_count=12)


def test_a_head_that_is_made_again_while_a_batch_is_open_leaves_no_trace_of_it() -> None:
    state = Operation()
    state.begin()
    state.die(calls=3, which="objects")
    state.recover()
    state.audit()
    state.teardown()
