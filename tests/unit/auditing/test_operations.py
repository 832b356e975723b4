from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.operations import make_pin, read_keys
from tapeproof.log.note import VerifierKey
from tests.unit.log.world import World

if TYPE_CHECKING:
    from pathlib import Path

import json
import os
from typing import TYPE_CHECKING

from tapeproof.auditing.operations import write_json

if TYPE_CHECKING:
    from pathlib import Path


def test_a_checkpoint_of_another_key_is_not_pinned(exported: Path, vkey: VerifierKey) -> None:
    world = World()
    assert make_pin(exported, [vkey])["keys"] == [str(vkey)]
    with pytest.raises(SourceError, match="cannot be pinned"):
        make_pin(exported, [VerifierKey.parse(world.vkey())])


def test_keys_are_read_from_text_and_from_files(vkey: VerifierKey, tmp_path: Path) -> None:
    path = tmp_path / "keys.txt"
    path.write_text(f"{vkey}\n\n")
    assert read_keys([str(vkey), str(path)]) == [vkey, vkey]


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write_json(path, {"a": 1})
    assert (json.loads(os.read(reading, 1_000)), path.is_fifo()) == ({"a": 1}, True)
    os.close(reading)


def test_a_draft_that_could_not_be_written_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "pin.json").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_json(tmp_path / "pin.json", {"a": 1})
    assert [path.name for path in tmp_path.iterdir()] == ["pin.json"]
