"""What the code of format 1 called VERIFIED is named now, and the honest logs that it called TAMPERED are not.

``format_1/attacks.py`` does the same to the same bytes under both. Where the history of the project is at hand, the
code of then is asked too, so that each of these is known to have passed it.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_folder
from tapeproof.auditing.proof import proofs_of
from tapeproof.auditing.proof_check import check_proof
from tapeproof.auditing.source import Line
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.findings import Absence, Attack, Report, UnusableError, Verdict
from tapeproof.verifier.history import PIN_FORMAT, Pin, read_pin
from tapeproof.verifier.verify import Options
from tests.places import PROJECT
from tests.unit.log.world import World, WorldSource
from tests.unit.verifier.format_1 import attacks

if TYPE_CHECKING:
    from collections.abc import Callable

A = Attack
MADE = Path(__file__).parent / "format_1"
COMMIT = "a241575"
WEEK = 7 * 24 * 3_600 * 10**9
FORMS = {
    "a record deleted behind a second sequence", "a member twice", "white space", "an escape that is not needed",
    "another version", "an object for a text", "an infinite number", "a lone surrogate",
}  # fmt: skip
NAMED = {
    **dict.fromkeys(FORMS, A.ENTRY_MALFORMED),
    "another newest record": A.LATEST_FORGED,
    "an entry dated 55 minutes back": A.CLOCK_WRONG,
    "a record in a lane on no list for 18 minutes": A.LANE_INSERTED,
    "checkpoints deleted in the middle": A.CHECKPOINT_MISSING,
    "a time to live on lists of lanes": A.ALIEN_ITEM,
    "a time to live on checkpoints and leaves": A.ALIEN_ITEM,
    "a time to live on the head": A.ALIEN_ITEM,
    "a request to prune by any writer, with another count": A.REQUEST_FORGED,
    "30,000 brackets in place of a sealed entry": A.ENTRY_REHASHED,
}
OF_FILES = {
    "an export of a week ago": (Verdict.STALE, []),
    "lines left out, with a narrower window": (Verdict.WITNESS_GAP, []),
    "records left out": (Verdict.INCOMPLETE, [Absence.RECORDS]),
}
PASSED_THEN = {
    **dict.fromkeys([*attacks.LIVE, *attacks.FILES, *attacks.PROOFS, *attacks.COSIGNED], "VERIFIED"),
    **dict.fromkeys([*attacks.HONEST_LIVE, *attacks.HONEST_FILES], "TAMPERED"),
    "30,000 brackets in place of a sealed entry": "RecursionError",
    "a proof, with the key of before a rotation": "TAMPERED",
    "an event struck from the index": "no entry about 'evt-3'",
    "a pin that nobody signed": "READ",
    "a log that was emptied and sealed anew": "VERIFIED",
    "a pruned hour without its copies": "VERIFIED",
}


def world_of_then() -> World:
    world: World = attacks.load(
        World(), Line, lambda number: ec.derive_private_key(number, ec.SECP256R1()), MADE / "stores.json.gz"
    )
    return world


def key_of(world: World, name: str = "") -> VerifierKey:
    world.key = name or world.key
    return VerifierKey.parse(world.vkey())


FIRST_KEY, NEWEST_KEY = key_of(world_of_then(), "arn:key/one"), key_of(world_of_then())


def pin_of(path: Path, note: str) -> Pin:
    path.write_text(json.dumps({"format": PIN_FORMAT, "checkpoint": note, "keys": [str(NEWEST_KEY)]}))
    return read_pin(path)


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """The export that was made then."""
    with tarfile.open(MADE / "exports.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / "whole"


def created(folder: Path) -> int:
    return int(json.loads((folder / "export.json").read_bytes())["created"])


def after(attack: Callable[[Any], None], place: Path) -> Report:
    """Return what is said of a log after an attack, with its first key and a pin of before."""
    world = world_of_then()
    pin = pin_of(place / "pin.json", world.bucket.files["checkpoint"].decode())
    attack(world)
    export(WorldSource(world), place / "export", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    return verify_folder(place / "export", Options(keys=[FIRST_KEY], pins=[pin], as_of=world.now), jobs=1)


def test_each_attack_has_what_it_is_named() -> None:
    assert NAMED.keys() == attacks.LIVE.keys()
    assert OF_FILES.keys() == attacks.FILES.keys()


def test_the_log_is_sound_before(tmp_path: Path) -> None:
    assert after(lambda world: world.seal(), tmp_path).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("name", attacks.LIVE)
def test_what_was_done_to_a_log_is_named(name: str, tmp_path: Path) -> None:
    report = after(attacks.LIVE[name], tmp_path)
    assert report.verdict is Verdict.TAMPERED
    assert NAMED[name] in {one.attack for one in report.findings}


@pytest.mark.parametrize("name", attacks.FILES)
def test_what_was_done_to_an_export_is_told(name: str, whole: Path, tmp_path: Path) -> None:
    pin, made = pin_of(tmp_path / "pin.json", (whole / "checkpoint").read_text()), created(whole)
    attacks.FILES[name](whole)
    as_of = made + (WEEK if "week" in name else 0)
    report = verify_folder(whole, Options(keys=[FIRST_KEY], pins=[pin], as_of=as_of), jobs=1)
    assert (report.verdict, report.absent) == OF_FILES[name]


@pytest.mark.parametrize("name", attacks.HONEST_LIVE)
def test_an_honest_log_that_was_called_tampered_is_verified(name: str, tmp_path: Path) -> None:
    assert after(attacks.HONEST_LIVE[name], tmp_path).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("name", attacks.HONEST_FILES)
def test_an_honest_export_that_was_called_tampered_is_verified(name: str, whole: Path, tmp_path: Path) -> None:
    pin = pin_of(tmp_path / "pin.json", (whole / "checkpoint").read_text())
    attacks.HONEST_FILES[name](whole)
    report = verify_folder(whole, Options(keys=[FIRST_KEY], pins=[pin], as_of=created(whole)), jobs=1)
    assert report.verdict is Verdict.VERIFIED


@pytest.mark.parametrize("name", attacks.PROOFS)
def test_a_record_of_a_proof_cites_its_entry_in_all_that_it_says(name: str, whole: Path) -> None:
    (proof, *_) = proofs_of(whole, "evt-3")
    assert check_proof(proof, [FIRST_KEY]).verdict is Verdict.VERIFIED  # the key was rotated since
    attacks.PROOFS[name](proof)
    assert check_proof(proof, [FIRST_KEY]).verdict is Verdict.TAMPERED


@pytest.mark.parametrize("name", attacks.COSIGNED)
def test_only_all_witnesses_of_the_right_time_anchor(name: str, whole: Path) -> None:
    witnesses = attacks.COSIGNED[name]
    attacks.cosign(whole, witnesses)
    keys = [VerifierKey.parse(attacks.witness_key(one)) for one in witnesses]
    options = Options(keys=[FIRST_KEY], witnesses=keys, as_of=(attacks.SEALED_AT + 60) * 10**9)
    if name == "a plain key for a witness's":
        with pytest.raises(UnusableError, match="does not make cosignatures"):
            verify_folder(whole, options, jobs=1)
        return
    expected = Verdict.VERIFIED if name == "all of three witnesses" else Verdict.UNANCHORED
    assert verify_folder(whole, options, jobs=1).verdict is expected


def by_key(world: World, key: VerifierKey, place: Path, *, bundles: bool = True) -> Report:
    """Return what is said of an export by a key alone."""
    taken = ExportOptions(line_lag_ns=0, clock=lambda: world.now, bundles=bundles)
    export(WorldSource(world), place / "export", taken)
    return verify_folder(place / "export", Options(keys=[key], as_of=world.now), jobs=1)


def test_nothing_vouches_for_a_log_that_was_emptied_and_sealed_anew(tmp_path: Path) -> None:
    world = world_of_then()
    attacks.seal_anew(world)
    assert by_key(world, NEWEST_KEY, tmp_path).verdict is Verdict.UNANCHORED


def test_a_pruned_hour_whose_copies_are_left_out_is_incomplete(tmp_path: Path) -> None:
    report = by_key(world_of_then(), FIRST_KEY, tmp_path, bundles=False)
    assert (report.verdict, report.absent) == (Verdict.INCOMPLETE, [Absence.PRUNED])


def test_an_event_that_was_struck_from_the_index_is_proved(whole: Path) -> None:
    attacks.strike_events(whole)
    assert len(proofs_of(whole, "evt-3")) == 1


def test_a_pin_that_nobody_signed_is_not_taken(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "pin.json"
    pin_of(path, (whole / "checkpoint").read_text())
    attacks.spoil_pin(path)
    with pytest.raises(UnusableError, match="no known key signed"):
        read_pin(path)


def test_each_of_them_passed_the_code_of_then(tmp_path: Path) -> None:
    parts = ["lambda/audit_log", "compliance", "tests/unit/audit_log"]
    archived = subprocess.run(["git", "archive", COMMIT, *parts], cwd=PROJECT, capture_output=True, check=False)
    if archived.returncode:
        pytest.skip(f"the history of the project, which has {COMMIT}, is not here")
    with tarfile.open(fileobj=io.BytesIO(archived.stdout)) as archive:
        archive.extractall(tmp_path, filter="data")
    command = [sys.executable, "-P", str(MADE / "replay.py"), str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == PASSED_THEN
