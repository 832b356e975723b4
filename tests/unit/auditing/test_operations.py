from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.export import ExportOptions
from tapeproof.auditing.operations import export_for_use, make_pin, read_keys, verify_folder, verify_live, write_json
from tapeproof.log.kms import KmsSigner
from tapeproof.log.note import VerifierKey, format_note
from tapeproof.verifier.findings import Attack, Verdict
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options
from tests.unit.log.world import ORIGIN, World, WorldSource, verified

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


@pytest.mark.parametrize(
    ("kept_days", "lines_since", "verdict"),
    [
        (0, None, Verdict.WITNESS_GAP),
        (29, None, Verdict.WITNESS_GAP),
        (400, None, Verdict.WITNESS_GAP),
        (0, 0, Verdict.UNANCHORED),  # complete lines were its anchor; from the time of the export on none is wanted
    ],
)
def test_an_account_that_keeps_lines_for_less_than_a_month_excuses_no_line_but_the_reader_may(
    tmp_path: Path, kept_days: int, lines_since: int | None, verdict: Verdict
) -> None:
    world = World()
    world.write(world.writer(), world.decision())
    world.seal()
    world.lines.clear()
    world.keeps_lines_since = world.now - kept_days * 86_400 * 10**9
    since = None if lines_since is None else world.now - lines_since
    report = verified(world, tmp_path / "export", lines_since=since)
    assert report.verdict is verdict
    assert ("The account says" in " ".join(report.notes)) is (lines_since is None)


def test_entries_of_before_the_time_for_which_an_account_keeps_lines_need_none(tmp_path: Path) -> None:
    world = World()
    world.write(world.writer(), world.decision())
    world.seal()
    world.lines.clear()
    world.now += 31 * 86_400 * 10**9
    world.seal()
    world.keeps_lines_since = world.now - 30 * 86_400 * 10**9
    assert verified(world, tmp_path / "export").verdict is Verdict.UNANCHORED


def test_where_the_reader_brings_a_pin_no_key_that_the_account_names_is_trusted_beside_its_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a checkpoint of the very tree that was pinned is none of the log's when another key signed it."""
    world = World()
    world.write(world.writer(), world.decision())
    world.seal()
    monkeypatch.setattr("tapeproof.verifier.verify._now", lambda: world.now)
    options = ExportOptions(line_lag_ns=0, clock=lambda: world.now)
    with export_for_use(WorldSource(world), options) as folder:
        write_json(tmp_path / "pin.json", make_pin(folder, []))
    trusted = Options(pins=[read_pin(tmp_path / "pin.json")])
    assert verify_live(WorldSource(world), trusted, export_options=options, jobs=1).verdict is Verdict.VERIFIED
    (size,) = (key[2] for key in world.model.items if key[2].startswith("0" * 8) and key[1] == "C")
    world.key = "arn:key/two"
    signer, item = KmsSigner(world.kms, ORIGIN), world.model.items["audit", "C", size]
    key = signer.verifier_key(world.key)
    text = item["note"]["S"].partition("\n\n")[0] + "\n"
    note = format_note(text, [signer.sign(world.key, key, text)])
    item |= {"note": {"S": note.decode()}, "key_id": {"S": key.key_id.hex()}}
    world.bucket.files["checkpoint"] = note
    report = verify_live(WorldSource(world), trusted, export_options=options, jobs=1)
    assert report.verdict is Verdict.TAMPERED


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
