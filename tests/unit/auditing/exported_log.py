from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.history import PIN_FORMAT
from tests.unit.log.world import WorldSource, populated

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.log.world import World


@pytest.fixture(scope="session")
def world() -> World:
    """A log that nobody may change."""
    return populated()


@pytest.fixture(autouse=True)
def judged_when_it_was_made(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock of the verifier stand at the time of the export."""
    monkeypatch.setattr("tapeproof.verifier.verify._now", lambda: world.now)


@pytest.fixture(scope="session")
def exported(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its export, made the moment after the last checkpoint."""
    folder = tmp_path_factory.mktemp("exported") / "log"
    export(WorldSource(world), folder, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    return folder


@pytest.fixture(scope="session")
def vkey(world: World) -> VerifierKey:
    return VerifierKey.parse(world.vkey())


@pytest.fixture(scope="session")
def pin(world: World, exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pin") / "pin.json"
    note = (exported / "checkpoint").read_text()
    path.write_text(json.dumps({"format": PIN_FORMAT, "checkpoint": note, "keys": [world.vkey()]}))
    return path
