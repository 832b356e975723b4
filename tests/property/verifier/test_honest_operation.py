"""A log that is run honestly is never called TAMPERED: clocks, races, crashes, rotations and prunes in any order."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_folder
from tapeproof.auditing.prune import hours_before, prune
from tapeproof.log.errors import AuditError
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.findings import Attack, Verdict
from tapeproof.verifier.verify import Options
from tests.effort import cases
from tests.unit.log.world import MINUTE, World, WorldSource

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


class Operation(RuleBasedStateMachine):
    """What happens to a log in its life."""

    @initialize()
    def begin(self) -> None:
        self.world = World()
        self.first_key = VerifierKey.parse(self.world.vkey())
        self.keys = [self.first_key]
        self.writers = [self.world.writer(f"lambda-{name}-dev") for name in ("trade", "quote", "book")]
        self.seal()
        self.place = Path(tempfile.mkdtemp(prefix="tapeproof-operation-"))

    @rule(who=st.integers(0, 2), count=st.integers(1, 3))
    def write(self, who: int, count: int) -> None:
        self.world.write(self.writers[who], *(self.world.decision() for _ in range(count)))

    @rule(who=st.integers(0, 2), body=st.sampled_from([None, '{"price":"0"}']))
    def write_again(self, who: int, body: str | None) -> None:
        with contextlib.suppress(AuditError):
            self.world.write(self.writers[who], self.world.decision(1, body=body, evt=f"again-{self.world.now}"))

    @rule(who=st.integers(0, 2))
    def start_anew(self, who: int) -> None:
        self.writers[who] = self.world.writer("lambda-trade-dev")

    @rule(minutes=st.sampled_from([0, 1, 7, 30, 61]))
    def wait(self, minutes: int) -> None:
        self.world.now += minutes * MINUTE

    @rule(ahead=st.integers(-120, 120))
    def seal(self, ahead: int = 0) -> None:
        clock, before = self.world.now + ahead * SECOND, self.world.now
        self.world.now = clock
        self.world.sealer().run(lambda: 60_000)
        self.world.now = before

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
        report = verify_folder(folder, Options(keys=[self.first_key], as_of=self.world.now, own=True), jobs=1)
        assert report.verdict is not Verdict.TAMPERED, [str(one) for one in report.findings]
        assert {one.attack for one in report.findings} <= {Attack.STALE}

    def _export(self, folder: Path) -> None:
        export(WorldSource(self.world), folder, ExportOptions(line_lag_ns=0, clock=lambda: self.world.now))

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.audit()
            shutil.rmtree(self.place)


TestOperation = Operation.TestCase
TestOperation.settings = settings(max_examples=cases(200), stateful_step_count=12)
