from __future__ import annotations

import base64
import gzip
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_folder
from tapeproof.log.canonical import canonical
from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.kms import KmsSigner
from tapeproof.log.note import VerifierKey, format_note
from tapeproof.log.objects import Folder, read_regular
from tapeproof.verifier.findings import Absence, Attack, UnusableError, Verdict
from tapeproof.verifier.folder import ExportFolder
from tapeproof.verifier.history import PIN_FORMAT, Pin, read_pin
from tapeproof.verifier.verify import Options
from tests.unit.log.world import HOUR, ORIGIN, WorldSource, populated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.verifier.findings import Report
    from tests.unit.log.world import World

MOST = 2**53 - 1
LANE = "2025112308.lambda-trade-dev." + "a" * 32


@pytest.fixture
def copy(exported: Path, tmp_path: Path) -> Path:
    """A copy of the export that may be changed."""
    return shutil.copytree(exported, tmp_path / "export")


def attacks(folder: Path, pin: Path) -> set[Attack]:
    return {one.attack for one in verify_folder(folder, Options(pins=[read_pin(pin)])).findings}


def manifest(folder: Path, **changes: object) -> None:
    path = folder / "export.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **changes}))


def seal(at: int, **members: object) -> bytes:
    form = {"_log": ORIGIN, "_n": at, "act": "SEAL", "broken": [], "first": 0, "runs": [], "ts": "1" * 19, "v": 1}
    return canonical({**form, **members})


@pytest.mark.parametrize(
    "forged",
    [
        lambda at: seal(at, ts="1" * 5_000),
        lambda at: seal(at, ts="\u0661" * 19),
        lambda at: seal(at, first=-5),
        lambda at: seal(at, first=MOST),
        lambda at: seal(at, runs=[[LANE, 0, MOST]] * 1_500),
        lambda at: seal(at, runs=[[LANE, MOST, 1]]),
        lambda at: seal(at, broken=[7]),
        lambda at: seal(at, broken=[{"a": 1}]),
        lambda at: seal(at).replace(b'"act"', b'"act":"CLOSE","act"'),
        lambda at: canonical(
            {"_log": ORIGIN, "_n": at, "act": "KEYROT", "new": "x", "old": "y", "ts": "1" * 19, "v": 1}
        ),
        lambda _: b'{"_log":' + b"[" * 50_000,
        lambda _: b"",
    ],
)
@pytest.mark.parametrize("tiles", [True, False], ids=["tiles", "no tiles"])
def test_a_forged_control_leaf_of_any_form_is_named(
    forged: Callable[[int], bytes], *, tiles: bool, copy: Path, pin: Path
) -> None:
    leaves = dict(ExportFolder(copy).controls())
    for at in [max(leaves), max(at for at, data in leaves.items() if b'"CLOSE"' in data)]:
        rows = sorted({**leaves, at: forged(at)}.items())
        (copy / "controls.gz").write_bytes(gzip.compress(b"".join(b"%d %b\n" % row for row in rows)))
        if not tiles:
            shutil.rmtree(copy / "tile", ignore_errors=True)
        assert attacks(copy, pin) & {Attack.CONTROL_DAMAGED, Attack.ROOT_MISMATCH}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ["checkpoint", "export.json", "keys.txt", "tile/0/000", "tile/entries/000.p/84"])
@pytest.mark.parametrize("kind", ["pipe", "device", "links that lead to each other", "folder"])
def test_what_is_no_plain_file_is_a_file_that_is_missing(name: str, kind: str, copy: Path, pin: Path) -> None:
    path = copy / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero" if kind == "device" else path.name)
    if name == "export.json":
        with pytest.raises(UnusableError, match=r"export\.json is missing"):
            attacks(copy, pin)
    else:
        attacks(copy, pin)
        assert Folder(copy).get(name) is None


def test_of_a_file_that_is_too_long_only_the_beginning_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long"
    with path.open("wb") as file:
        file.truncate(10**12)
    assert len(read_regular(path, 1_000) or b"") == 1_001


@pytest.mark.parametrize(
    "changes",
    [
        {"created": "1" * 40},
        {"created": 1e400},
        {"created": "9" * 5_000},
        {"head": {"size": "1e5"}},
        {"head": 7},
        {"witness": {"since": 0, "until": 10**40}},
    ],
    ids=str,
)
def test_a_manifest_with_impossible_numbers_is_damaged(changes: dict[str, Any], copy: Path, pin: Path) -> None:
    manifest(copy, **changes)
    with pytest.raises(UnusableError, match=r"export\.json is damaged"):
        attacks(copy, pin)


def test_an_export_without_its_manifest_does_not_pass_as_a_bare_log(copy: Path, pin: Path) -> None:
    (copy / "export.json").unlink()
    with pytest.raises(UnusableError, match=r"export\.json is missing"):
        attacks(copy, pin)


def test_a_store_of_which_only_checkpoints_are_left_is_wiped(copy: Path, pin: Path) -> None:
    shutil.rmtree(copy / "lanes")
    shutil.rmtree(copy / "tile")
    report = verify_folder(copy, Options(pins=[read_pin(pin)]))
    assert [one.attack for one in report.findings] == [Attack.WIPED]
    assert report.verdict is Verdict.TAMPERED


def test_records_are_compared_even_when_the_manifest_denies_them(copy: Path, pin: Path) -> None:
    manifest(copy, records=False)
    path = min((copy / "records").glob("2*.gz"))
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"price", b"prise", 1)))
    assert attacks(copy, pin) == {Attack.RECORD_EDITED}


def test_lines_of_an_unknown_time_are_refused(copy: Path, pin: Path) -> None:
    manifest(copy, witness=None)
    with pytest.raises(UnusableError, match="does not say from when"):
        attacks(copy, pin)


def test_lines_and_keys_inside_an_export_anchor_nothing(copy: Path, vkey: VerifierKey) -> None:
    assert verify_folder(copy, Options(keys=[vkey])).verdict is Verdict.UNANCHORED
    assert verify_folder(copy, Options(keys=[vkey], own=True)).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("until", ["-1", "0", "1763870000000000000"])
def test_lines_that_end_long_before_the_newest_checkpoint_anchor_nothing(
    until: str, copy: Path, vkey: VerifierKey
) -> None:
    manifest(copy, witness={"since": "0", "until": until})
    assert verify_folder(copy, Options(keys=[vkey], own=True)).verdict is Verdict.UNANCHORED


@pytest.mark.parametrize("window", [{"since": "0", "until": "0"}, {"since": str(10**19 - 1), "until": str(10**19 - 1)}])
def test_a_window_that_the_manifest_narrows_still_wants_its_lines(
    window: dict[str, str], copy: Path, pin: Path
) -> None:
    for path in (copy / "witness").glob("*.gz"):
        path.write_bytes(gzip.compress(b"", mtime=0))
    manifest(copy, witness=window)
    report = verify_folder(copy, Options(pins=[read_pin(pin)]))
    assert (report.verdict, {one.attack for one in report.findings}) == (Verdict.WITNESS_GAP, {Attack.LINE_MISSING})


def test_lines_that_are_no_longer_kept_are_excused_by_the_reader_alone(copy: Path, pin: Path, world: World) -> None:
    for path in (copy / "witness").glob("*.gz"):
        path.write_bytes(gzip.compress(b"", mtime=0))
    options = Options(pins=[read_pin(pin)], lines_since=world.now)
    assert verify_folder(copy, options).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    ("stores", "changes", "absent"),
    [
        (("witness",), {"witness": None}, [Absence.LINES]),
        (("records",), {"records": False}, [Absence.RECORDS]),
        (("tile/entries",), {"bundles": False}, [Absence.COPIES]),
    ],
)
def test_an_export_that_leaves_a_store_out_is_incomplete(
    stores: tuple[str, ...], changes: dict[str, object], absent: list[Absence], copy: Path, pin: Path
) -> None:
    manifest(copy, **changes)
    for store in stores:
        shutil.rmtree(copy / store)
    report = verify_folder(copy, Options(pins=[read_pin(pin)]))
    assert (report.verdict, report.verdict.value, report.absent) == (Verdict.INCOMPLETE, 6, absent)
    assert report.notes


def write_pin(path: Path, world: World, note: bytes) -> Pin:
    path.write_text(json.dumps({"format": PIN_FORMAT, "checkpoint": note.decode(), "keys": [world.vkey()]}))
    return read_pin(path)


def test_an_export_that_was_cut_back_to_an_old_checkpoint_is_stale(tmp_path: Path) -> None:
    folder, world = tmp_path / "cut", populated(1)
    made = world.now
    export(WorldSource(world), folder, ExportOptions(line_lag_ns=0, clock=lambda: made))
    early = write_pin(tmp_path / "early.json", world, next(world.table().checkpoints())[1])
    world.seal()
    late = write_pin(tmp_path / "late.json", world, world.bucket.files["checkpoint"])
    options = Options(pins=[early], keys=early.keys, as_of=made + 7 * 24 * HOUR)
    assert verify_folder(folder, options).verdict is Verdict.STALE
    assert verify_folder(folder, options._replace(as_of=made)).verdict is Verdict.VERIFIED
    assert verify_folder(folder, options._replace(pins=[late])).verdict is Verdict.TAMPERED


def test_an_export_from_the_future_is_named(copy: Path, pin: Path, world: World) -> None:
    manifest(copy, created=str(world.now + HOUR))
    assert attacks(copy, pin) == {Attack.FUTURE_TIME}


def test_a_pin_that_nobody_signed_is_refused(pin: Path, tmp_path: Path) -> None:
    told = json.loads(pin.read_bytes())
    text, _, _ = told["checkpoint"].rpartition(" ")
    path = tmp_path / "pin.json"
    path.write_text(json.dumps({**told, "checkpoint": f"{text} {base64.b64encode(bytes(75)).decode()}\n"}))
    with pytest.raises(UnusableError, match="is not a pin"):
        read_pin(path)


def signed(world: World, size: int) -> bytes:
    text = Checkpoint(ORIGIN, size, bytes(32)).text()
    signer = KmsSigner(world.kms, ORIGIN)
    return format_note(text, [signer.sign(world.key, signer.verifier_key(world.key), text)])


@pytest.mark.timeout(20)
@pytest.mark.parametrize("bare", [True, False], ids=["tlog-tiles folder", "export"])
def test_an_enormous_tree_that_is_signed_but_nowhere_is_told_at_once(
    *, bare: bool, copy: Path, world: World, tmp_path: Path
) -> None:
    folder = copy
    if bare:
        folder = tmp_path / "bare"
        shutil.copytree(copy / "tile", folder / "tile")
    (folder / "checkpoint").write_bytes(signed(world, 2**62))
    report: Report = verify_folder(folder, Options(keys=[VerifierKey.parse(world.vkey())]))
    assert {one.attack for one in report.findings} == {Attack.ROOT_MISMATCH}


def test_checkpoints_that_no_trusted_key_signed_are_named_however_large_they_claim_to_be(
    copy: Path, world: World, pin: Path
) -> None:
    stranger = VerifierKey.parse(world.vkey())._replace(name="stranger")
    note = signed(world, 60_000).replace(f"\u2014 {ORIGIN}".encode(), b"\xe2\x80\x94 stranger")
    (copy / "checkpoint").write_bytes(note)
    (copy / "checkpoints.gz").unlink()
    assert attacks(copy, pin) == {Attack.FOREIGN_SIGNATURE}
    with pytest.raises(UnusableError, match="no checkpoint is signed"):
        verify_folder(copy, Options())
    report = verify_folder(copy, Options(keys=[stranger]))
    assert Attack.ROOT_MISMATCH in {one.attack for one in report.findings}
