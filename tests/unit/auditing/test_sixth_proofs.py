"""A sixth list, last part: proofs, keys of several logs, and cosignatures of other shapes."""

from __future__ import annotations

import copy
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_folder
from tapeproof.auditing.proof import proofs_of
from tapeproof.auditing.proof_check import check_proof
from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.entry import entry_hash
from tapeproof.log.kms import KmsSigner
from tapeproof.log.note import Signature, VerifierKey, format_note, parse_note
from tapeproof.verifier.findings import Attack, Verdict
from tapeproof.verifier.options import Options
from tests.unit.log.world import ORIGIN, World, WorldSource, populated
from tests.unit.verifier.test_cut_tails import SEEN, WITNESS
from tests.unit.verifier.test_second_attacks import part, rewrite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OTHER = "other.example/log"


def first(proof: dict[str, Any], name: str, value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Put something beside or into an attribute of the first record."""
    record = proof["records"][0]
    record[name] = {**record.get(name, {}), **value} if isinstance(value, dict) else value


PROOFS: dict[str, tuple[Callable[[dict[str, Any]], object], Verdict | None]] = {
    "a body with another type beside it": (lambda p: first(p, "body", {"B": "eA=="}), Verdict.TAMPERED),
    "an index key with another type beside it": (lambda p: first(p, "st_pk", {"N": "1"}), Verdict.TAMPERED),
    "a lane with another type beside it": (lambda p: first(p, "a_lane", {"N": "1"}), Verdict.TAMPERED),
    "a hash with another type beside it": (lambda p: first(p, "a_hash", {"S": "x"}), Verdict.TAMPERED),
    "a salt with another type beside it": (lambda p: first(p, "salt", {"S": "x"}), Verdict.TAMPERED),
    "an attribute of no type": (lambda p: first(p, "more", {}), Verdict.TAMPERED),
    "a record that is a list": (lambda p: p.update(records=[[]]), Verdict.TAMPERED),
    "a path that is an object": (lambda p: p.update(path=dict.fromkeys(p["path"], 1)), None),
    "a path that is text": (lambda p: p.update(path="".join(p["path"])), None),
    "a path of a million": (lambda p: p.update(path=p["path"] * 100_000), Verdict.TAMPERED),
    "a leaf below nothing": (lambda p: p.update(leaf=-1), Verdict.TAMPERED),
    "a leaf of 400 digits": (lambda p: p.update(leaf=10**400), Verdict.TAMPERED),
    "a leaf that is true": (lambda p: p.update(leaf=True), Verdict.TAMPERED),
    "records twice": (lambda p: p.update(records=p["records"] * 2), Verdict.TAMPERED),
    "no records": (lambda p: p.update(records=[]), Verdict.VERIFIED),
    "an entry behind a byte order mark": (lambda p: p.update(entry="\ufeff" + p["entry"]), Verdict.TAMPERED),
    "an entry that is a list": (lambda p: p.update(entry=[p["entry"]]), None),
    "a subject more": (lambda p: p["about"].append("x"), Verdict.TAMPERED),
    "a member of nobody": (lambda p: p.update(note="x"), Verdict.VERIFIED),
}  # fmt: skip


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Path]:
    world, folder = populated(1), tmp_path_factory.mktemp("proofs") / "log"
    export(WorldSource(world), folder, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    return world, folder


@pytest.mark.parametrize("name", PROOFS)
def test_what_a_proof_says_otherwise_is_told(name: str, log: tuple[World, Path]) -> None:
    change, expected = PROOFS[name]
    world, folder = log
    proof = copy.deepcopy(proofs_of(folder, "evt-1")[0])
    change(proof)
    try:
        assert check_proof(proof, [VerifierKey.parse(world.vkey())]).verdict is expected
    except SourceError:
        assert expected is None


@pytest.mark.parametrize("name", ["body", "st_pk", "a_lane", "a_hash", "salt", "sk"])
def test_a_record_of_an_export_with_an_attribute_of_two_types_is_edited(
    name: str, log: tuple[World, Path], tmp_path: Path
) -> None:
    world, folder = log
    shutil.copytree(folder, tmp_path / "log")

    def change(lines: list[bytes]) -> list[bytes]:
        item = json.loads(lines[0])
        item[name] |= {"SS": ["x"]}
        return [json.dumps(item).encode(), *lines[1:]]

    rewrite(part(tmp_path / "log", "records"), change)
    report = verify_folder(tmp_path / "log", Options(keys=[VerifierKey.parse(world.vkey())], as_of=world.now), jobs=1)
    assert Attack.RECORD_EDITED in {one.attack for one in report.findings}


def of_other(stranger: World, text: str) -> tuple[VerifierKey, str]:
    """Return the key of another log, and a note that it signed."""
    signer = KmsSigner(stranger.kms, OTHER)
    key = signer.verifier_key("arn:key/one")
    return key, format_note(text, [signer.sign("arn:key/one", key, text)]).decode()


def test_the_key_of_another_log_that_is_trusted_too_vouches_for_no_proof_of_this_one(log: tuple[World, Path]) -> None:
    world, folder = log
    (proof,) = proofs_of(folder, "evt-1")
    entry = proof["entry"].replace("evt-1", "evt-x")
    key, note = of_other(World(), Checkpoint(ORIGIN, 1, entry_hash(entry.encode())).text())
    about = [one.replace("evt-1", "evt-x") for one in proof["about"]]
    forged = {**proof, "entry": entry, "about": about, "leaf": 0, "path": [], "records": [], "checkpoint": note}
    assert check_proof({**forged, "keys": [str(key)]}, [VerifierKey.parse(world.vkey()), key]).verdict is not (
        Verdict.VERIFIED
    )


def test_the_key_of_another_log_that_is_trusted_too_vouches_for_no_bare_log(
    log: tuple[World, Path], tmp_path: Path
) -> None:
    world, folder = log
    shutil.copytree(folder / "tile", tmp_path / "log" / "tile")
    key, note = of_other(World(), parse_note((folder / "checkpoint").read_bytes()).text)
    (tmp_path / "log" / "checkpoint").write_text(note)
    options = Options(keys=[VerifierKey.parse(world.vkey()), key], as_of=world.now)
    assert verify_folder(tmp_path / "log", options, jobs=1).verdict is Verdict.TAMPERED


@pytest.mark.parametrize("event", ["", "\0", "\ud800", "#\uff11", "# 1", "#-1"])
def test_an_event_of_any_letters_is_looked_for_and_not_found(event: str, log: tuple[World, Path]) -> None:
    with pytest.raises(SourceError, match="no entry"):
        proofs_of(log[1], event)


def cosigned(world: World, ahead: int = 0, raw: bytes | None = None, name: str = WITNESS.name) -> None:
    note = parse_note(world.bucket.files["checkpoint"])
    moment = min(world.now // 10**9 + ahead, 2**64 - 1)
    data = SEEN.sign(f"cosignature/v1\ntime {moment}\n".encode() + note.text.encode())
    line = Signature(name, WITNESS.key_id, moment.to_bytes(8, "big") + data if raw is None else raw)
    world.bucket.files["checkpoint"] = format_note(note.text, [*note.signatures, line])


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ([{}], Verdict.VERIFIED),
        ([{"ahead": -3_600}, {}], Verdict.VERIFIED),
        ([{"ahead": 360}], Verdict.UNANCHORED),
        ([{"ahead": 2**64}], Verdict.UNANCHORED),
        ([{"ahead": -3_600}], Verdict.UNANCHORED),
        ([{"name": "nobody.example"}], Verdict.UNANCHORED),
        ([{"raw": b"x"}], Verdict.TAMPERED),
        ([{"raw": b"x" * 8}], Verdict.TAMPERED),
        ([{"raw": b"x" * 71}], Verdict.TAMPERED),
        ([{}, {"raw": b"x" * 72}], Verdict.TAMPERED),
    ],
    ids=["now", "twice", "ahead", "the last time", "before", "another name", "a byte", "a time", "cut", "one false"],
)
def test_a_cosignature_counts_when_it_is_one_of_now(
    changes: list[dict[str, Any]], verdict: Verdict, tmp_path: Path
) -> None:
    world = populated(1)
    for change in changes:
        cosigned(world, **change)
    export(WorldSource(world), tmp_path / "log", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    options = Options(keys=[VerifierKey.parse(world.vkey())], witnesses=[WITNESS], as_of=world.now)
    assert verify_folder(tmp_path / "log", options, jobs=1).verdict is verdict
