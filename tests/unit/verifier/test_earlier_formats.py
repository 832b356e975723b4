"""A log that was written before keeps its verdict, and goes on: its code made what lies in ``format_1``."""

from __future__ import annotations

import gzip
import json
import tarfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tapeproof.auditing.operations import verify_folder
from tapeproof.auditing.proof import proofs_of
from tapeproof.auditing.proof_check import check_proof
from tapeproof.auditing.source import Line
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.findings import Absence, Attack, Report, Verdict
from tapeproof.verifier.verify import Options
from tests.unit.log.world import HOUR, MINUTE, World, verified
from tests.unit.verifier.format_1.attacks import load

MADE = Path(__file__).parent / "format_1"
THEIR_TIME = "The export and its log are of earlier formats, and were held to the rules of their time."


@pytest.fixture
def old() -> World:
    """The stores of the log, under the code of now."""
    world: World = load(
        World(), Line, lambda number: ec.derive_private_key(number, ec.SECP256R1()), MADE / "stores.json.gz"
    )
    return world


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    with tarfile.open(MADE / "exports.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


def first_key(world: World) -> VerifierKey:
    world.key = "arn:key/one"
    return VerifierKey.parse(world.vkey())


def judged(folder: Path, key: VerifierKey) -> Report:
    created = int(json.loads((folder / "export.json").read_text())["created"])
    return verify_folder(folder, Options(keys=[key], as_of=created), jobs=1)


@pytest.mark.parametrize(("name", "pruned"), [("whole", 0), ("pruned", 1)])
def test_an_export_of_format_1_is_held_to_the_rules_of_its_time(
    name: str, pruned: int, exports: Path, old: World
) -> None:
    report = judged(exports / name, first_key(old))
    assert report.findings == []
    assert (report.verdict, report.absent) == (Verdict.UNANCHORED, [])
    assert THEIR_TIME in report.notes
    counts = report.counts
    assert (counts["entries"], counts["records"], counts["witness lines"], counts["hours pruned"]) == (
        36,
        49,
        36,
        pruned,
    )


def test_an_event_of_an_export_of_format_1_is_proved_with_the_key_of_its_time(exports: Path, old: World) -> None:
    (proof, *_) = proofs_of(exports / "whole", "evt-3")
    assert check_proof(proof, [first_key(old)]).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(("file", "attack"), [("records", Attack.RECORD_EDITED), ("lanes", Attack.ENTRY_REHASHED)])
def test_what_was_changed_in_an_export_of_format_1_is_found(
    file: str, attack: Attack, exports: Path, old: World
) -> None:
    path = min((exports / "whole" / file).glob("20*.gz"))
    changed = gzip.decompress(path.read_bytes()).replace(b"coinbase", b"coinbose", 1)
    path.write_bytes(gzip.compress(changed))
    report = judged(exports / "whole", first_key(old))
    assert report.verdict is Verdict.TAMPERED
    assert attack in {one.attack for one in report.findings}


def test_a_log_of_format_1_goes_on_under_the_code_of_now(old: World, tmp_path: Path) -> None:
    old.write(old.writer(), old.decision(501), old.decision(502))
    old.seal()
    old.now = (old.now // HOUR + 1) * HOUR + 21 * MINUTE
    old.key = "arn:key/one"  # rotated once more
    old.write(old.writer(), old.decision(503))
    old.seal()
    report = verified(old, tmp_path / "export", keys=[first_key(old)])
    assert report.findings == []
    assert report.absent == []
    assert report.counts["hours closed"] == 3
    assert report.verdict in {Verdict.UNANCHORED, Verdict.VERIFIED}


def test_an_export_of_format_1_of_a_log_that_went_on_lacks_what_is_compared_now(old: World, tmp_path: Path) -> None:
    old.seal()
    verified(old, tmp_path / "export")
    manifest = json.loads((tmp_path / "export" / "export.json").read_text()) | {"format": 1}
    (tmp_path / "export" / "export.json").write_text(json.dumps(manifest))
    assert Absence.YOUNGER in judged(tmp_path / "export", first_key(old)).absent
