"""An export of a log that goes on while it is read is exact for what was sealed when it began."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_folder
from tapeproof.auditing.prune import hours_before, prune
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.findings import Attack
from tapeproof.verifier.verify import Options
from tests.unit.log.world import HOUR, MINUTE, World, WorldSource, populated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tapeproof.auditing.source import Line


class Moved(WorldSource):
    """A log to which something happens just before one of its parts is read."""

    def __init__(self, world: World, before: str, event: Callable[[World], object]) -> None:
        super().__init__(world)
        self._before, self._event, self.objects = before, event, self  # type: ignore[assignment]
        self._bucket = world.bucket

    def _reach(self, place: str) -> None:
        if self._before == place:
            self._before = ""
            self._event(self._world)

    def get(self, path: str) -> bytes | None:
        self._reach(path.split("/", 1)[0])
        return self._bucket.get(path)

    def scan(self, which: str) -> Iterator[dict[str, Any]]:
        self._reach(which)
        return super().scan(which)

    def query_log(self, prefix: str) -> Iterator[dict[str, Any]]:
        self._reach(prefix)
        return super().query_log(prefix)

    def lines(self) -> Iterator[Line]:
        self._reach("lines")
        return super().lines()

    def verifier_key(self) -> str | None:
        self._reach("key")
        return super().verifier_key()


def rotate(world: World) -> None:
    world.key = "arn:key/two"
    world.seal()


def rotate_twice(world: World) -> None:
    rotate(world)
    world.key = "arn:key/edwards"
    world.seal()


def write(world: World) -> None:
    world.write(world.writer(), world.decision(), world.decision())


def write_and_seal(world: World) -> None:
    write(world)
    world.seal()


def close(world: World) -> None:
    world.now = (world.now // HOUR + 1) * HOUR + 21 * MINUTE
    write(world)
    world.seal()


EVENTS = [rotate, rotate_twice, write, write_and_seal, close]
PLACES = ["checkpoint", "HEAD", "LEAF#", "0", "key", "tile", "PRUNE#", "lines", "market", "audit"]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
@pytest.mark.parametrize("before", PLACES)
def test_what_happens_while_an_export_is_made_is_no_finding(
    before: str, event: Callable[[World], object], tmp_path: Path
) -> None:
    world = populated(1)
    key = VerifierKey.parse(world.vkey())
    source = Moved(world, before, event)
    export(source, tmp_path / "export", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    report = verify_folder(tmp_path / "export", Options(keys=[key], as_of=world.now, own=True), jobs=1)
    assert {one.attack for one in report.findings} <= {Attack.STALE}, [str(one) for one in report.findings]


@pytest.mark.parametrize("before", PLACES)
def test_an_hour_that_is_pruned_while_an_export_is_made_is_no_finding_but_said(before: str, tmp_path: Path) -> None:
    world = populated(1)
    key = VerifierKey.parse(world.vkey())
    export(WorldSource(world), tmp_path / "whole", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    (hour, *_) = hours_before(tmp_path / "whole", "9999999999")

    def pruned(world: World) -> None:
        sleep = lambda _: world.seal() and None  # noqa: E731 - one call
        prune(world.model, "audit", tmp_path / "whole", [hour], by="x", wait_seconds=60, sleep=sleep)

    source = Moved(world, before, pruned)
    options = ExportOptions(line_lag_ns=0, clock=lambda: world.now)
    if before not in {"checkpoint", "HEAD"}:
        with pytest.raises(SourceError, match=f"the hour {hour} was pruned while the export was made"):
            export(source, tmp_path / "export", options)
        return
    export(source, tmp_path / "export", options)
    report = verify_folder(tmp_path / "export", Options(keys=[key], as_of=world.now, own=True), jobs=1)
    assert {one.attack for one in report.findings} <= {Attack.STALE}, [str(one) for one in report.findings]
