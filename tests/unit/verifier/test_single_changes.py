"""No single change of an export or of live stores leaves it VERIFIED, but for what is named here, with the reason.

`make soak` makes every change there is; `make test` every so many'th, another one in each file, item and line.
"""

from __future__ import annotations

import copy
import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.editor import clone
from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import make_pin, verify_folder
from tapeproof.log.note import VerifierKey
from tapeproof.verifier import chain
from tapeproof.verifier.findings import UnusableError, Verdict
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options
from tests.effort import SOAKING
from tests.unit.log.world import HOUR, MINUTE, Bucket, World, WorldSource
from tests.unit.verifier.sweeping import changes_of_files, deeds_on_stores

if TYPE_CHECKING:
    from pathlib import Path

HARMLESS = {
    r"export\.json (cut off|with(out| another) (bundles|counts|created|records|source|witness)|with a member more)": (
        "what an export says of itself is the auditee's word and nothing rests on it; a white space, a nanosecond"
    ),
    r"keys\.txt .*": "keys inside an export are not trusted: the reader brings them, or a pin",
    r"events\.idx deleted": "without it events are looked for in all entries",
    r"(records|witness|latest)/\S+\.idx .*": "where to look first; what is there is held against the log",
    r"requests\.gz without lines": "there was none in it",
    r"witness/\S+\.gz \d+ twice": "CloudWatch Logs may deliver a line twice",
    r"line \d+ twice": "likewise",
    r"audit C HEAD with another (ver|published)": (
        "counters of the sealer, which say nothing of the log: behind, and a checkpoint is made again as it is"
    ),
    r"tile/(0|entries)/000\.p/(13|15) .*": "superseded: C2SP tlog-tiles lets them go, and a later tile has all of it",
}
_SHARE = 1 if SOAKING else 45
_MORE_THAN_ANY = 10**9


@pytest.fixture(scope="module")
def small() -> World:
    """A log of a lane of single entries and a batch in a closed hour, and another lane after it."""
    world = World()
    writer = world.writer()
    for _ in range(11):
        world.write(writer, world.decision())
    world.write(writer, world.decision(), world.decision())
    world.seal()
    world.now = (world.now // HOUR + 1) * HOUR + 21 * MINUTE
    world.seal()
    other = world.writer("lambda-quote-dev")
    world.write(other, world.decision(act="REJECTED", puts=()))
    world.write(other, world.decision())
    world.seal()
    return world


@pytest.fixture(scope="module")
def place(small: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its export, and a pin of its end beside it."""
    path = tmp_path_factory.mktemp("single")
    export(WorldSource(small), path / "log", ExportOptions(line_lag_ns=0, clock=lambda: small.now))
    (path / "pin").write_text(json.dumps(make_pin(path / "log", [VerifierKey.parse(small.vkey())])))
    return path


def judged(folder: Path, small: World, place: Path, *, own: bool) -> str:
    options = Options(keys=[VerifierKey.parse(small.vkey())], pins=[read_pin(place / "pin")], as_of=small.now, own=own)
    try:
        return verify_folder(folder, options, jobs=1).verdict.name
    except UnusableError:
        return "UNUSABLE"


def is_harmless(name: str) -> bool:
    return any(re.fullmatch(pattern, name) for pattern in HARMLESS)


@pytest.mark.parametrize("least", [chain._LEAST_RUN, _MORE_THAN_ANY], ids=["in runs", "one by one"])
def test_no_single_change_of_an_export_stays_verified(
    least: int, small: World, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "_LEAST_RUN", least)
    assert judged(place / "log", small, place, own=False) == Verdict.VERIFIED.name
    changes = list(changes_of_files(place / "log"))
    assert len(changes) > 1_000
    start = 0 if least == _MORE_THAN_ANY else _SHARE // 2  # each way of reading looks at others
    for name, change in changes[start::_SHARE]:
        clone(place / "log", tmp_path / "changed")
        change(tmp_path / "changed")
        verdict = judged(tmp_path / "changed", small, place, own=False)
        assert (verdict == Verdict.VERIFIED.name) <= is_harmless(name), name
        shutil.rmtree(tmp_path / "changed")


def test_no_single_change_of_live_stores_stays_verified(small: World, place: Path, tmp_path: Path) -> None:
    deeds = list(deeds_on_stores(small))
    assert len(deeds) > 600
    for name, do in deeds[::_SHARE]:
        world = copy.copy(small)
        world.model, world.bucket, world.lines = copy.copy(small.model), Bucket(), list(small.lines)
        world.model.items, world.bucket.files = dict(small.model.items), dict(small.bucket.files)
        do(world)
        export(WorldSource(world), tmp_path / "log", ExportOptions(line_lag_ns=0, clock=lambda: small.now))
        verdict = judged(tmp_path / "log", small, place, own=True)
        assert (verdict == Verdict.VERIFIED.name) <= is_harmless(name), name
        shutil.rmtree(tmp_path / "log")


# What the whole sweep found first; each stays in every run.
FOUND = (
    r"market trade\S+ \S+00000000000000000012 without a_item",
    r"audit C 0000000000000013 with another key_id",
    r"audit C HEAD (without|with another) (root|frontier|cursors)",
)
FOUND_IN_FILES = (
    r"(checkpoints|controls)\.gz 0 (twice|moved on)",
    r"checkpoints\.gz 0 with a member more",
    r"records/2025112306-\d\.gz 0 with another (salt|a_pay|a_hash)",
    r"records/2025112306-\d\.gz 11 (without a_item|moved on)",
)


def test_what_the_sweep_of_live_stores_found_first_is_told(small: World, place: Path, tmp_path: Path) -> None:
    deeds = [(name, do) for name, do in deeds_on_stores(small) if any(re.fullmatch(one, name) for one in FOUND)]
    assert len(deeds) == 8
    for name, do in deeds:
        world = copy.copy(small)
        world.model = copy.copy(small.model)
        world.model.items = dict(small.model.items)
        do(world)
        export(WorldSource(world), tmp_path / "log", ExportOptions(line_lag_ns=0, clock=lambda: small.now))
        assert judged(tmp_path / "log", small, place, own=True) == Verdict.TAMPERED.name, name
        shutil.rmtree(tmp_path / "log")


def test_what_the_sweep_of_an_export_found_first_is_told(small: World, place: Path, tmp_path: Path) -> None:
    found = [one for one in changes_of_files(place / "log") if any(re.fullmatch(row, one[0]) for row in FOUND_IN_FILES)]
    assert len(found) == 10
    for name, change in found:
        clone(place / "log", tmp_path / "changed")
        change(tmp_path / "changed")
        assert judged(tmp_path / "changed", small, place, own=False) in {"TAMPERED", "UNUSABLE"}, name
        shutil.rmtree(tmp_path / "changed")
