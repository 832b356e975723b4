from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.export import ExportOptions
from tapeproof.auditing.operations import export_for_use, make_pin, read_keys, verify_folder, verify_live, write_json
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.findings import Attack, Verdict
from tapeproof.verifier.verify import Options
from tests.unit.log.world import World, WorldSource

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


def test_an_export_is_verified_with_the_keys_that_the_reader_names(exported: Path, vkey: VerifierKey) -> None:
    named, pinned = verify_folder(exported, Options(keys=[vkey]), jobs=1), verify_folder(exported, jobs=1)
    assert (named.findings, pinned.findings) == ([], [])
    assert named.verdict is pinned.verdict is Verdict.UNANCHORED
    assert verify_folder(exported, Options(keys=[vkey], own=True), jobs=1).verdict is Verdict.VERIFIED


def test_an_index_that_leads_elsewhere_is_a_finding(exported: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(exported, tmp_path / "copy")
    (copy / "events.idx").write_bytes(b"\0" * 16)
    report = verify_folder(copy, jobs=1)
    assert [(one.attack, one.subject) for one in report.findings] == [(Attack.INDEX_DAMAGED, "events.idx")]


def test_a_live_log_is_judged_by_the_key_of_the_key_service_and_what_was_read_is_kept_on_demand(
    world: World, tmp_path: Path
) -> None:
    options = ExportOptions(line_lag_ns=0, clock=lambda: world.now)
    report = verify_live(WorldSource(world), export_options=options, keep=tmp_path / "kept", jobs=1)
    assert report.verdict is Verdict.VERIFIED
    assert (tmp_path / "kept/export.json").is_file()
    with export_for_use(WorldSource(world), options) as folder:
        assert (folder / "export.json").is_file()
    assert not folder.exists()


def test_a_pin_holds_the_checkpoint_and_the_keys_that_signed_it(exported: Path, vkey: VerifierKey) -> None:
    made = make_pin(exported, [], now=1_790_000_000 * 10**9)
    assert (made["pinned"], made["keys"]) == ("2026-09-21T14:13:20Z", [str(vkey)])
    assert made["checkpoint"] == (exported / "checkpoint").read_text()


@pytest.mark.parametrize("note", [None, b"", b"\xff", b"text\n\nnothing\n"])
def test_an_export_without_a_signed_checkpoint_is_not_pinned(
    exported: Path, tmp_path: Path, note: bytes | None
) -> None:
    copy = shutil.copytree(exported, tmp_path / "copy")
    (copy / "checkpoint").unlink()
    if note is not None:
        (copy / "checkpoint").write_bytes(note)
    with pytest.raises(SourceError, match="cannot be pinned"):
        make_pin(copy, [])


def test_json_is_written_whole_and_what_was_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("before")
    write_json(tmp_path / "x.json", {"é": [1]})
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8")) == {"é": [1]}
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]
