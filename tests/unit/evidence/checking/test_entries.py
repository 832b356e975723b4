"""Bundles held against a transparency log: what was entered cannot be thrown away unnoticed."""

from __future__ import annotations

import base64
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.checking.entries import check_entries, check_entry, entry_of, read_log_keys
from tapeproof.evidence.entering import enter_bundle, log_key
from tapeproof.evidence.errors import EvidenceError
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.merkle import leaf_hash, root_of
from tapeproof.log.note import COSIGNATURE, Signature, VerifierKey, format_note, parse_note
from tests.unit.evidence.samples import NOW, Sample, new_key

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle

ORIGIN = "evidence.example/prod"


def _entry(number: int, subject: str = "prod") -> bytes:
    run = {"id": f"run-{number}", "as_of": f"2026-11-{number:02d}T09:00:00Z", "subject": subject}
    return entry_of(run, f"{number:064x}")


@pytest.fixture
def signer(key: Path) -> KeyFileSigner:
    return KeyFileSigner(key)


@pytest.fixture
def log(tmp_path: Path, signer: KeyFileSigner) -> Path:
    """A log of five bundles of one subject and one of another."""
    folder = tmp_path / "log"
    for number in range(1, 6):
        enter_bundle(folder, ORIGIN, _entry(number), signer)
    enter_bundle(folder, ORIGIN, _entry(6, "dev"), signer)
    return folder


def _codes(log: Path, signer: KeyFileSigner, numbers: list[int], *further: VerifierKey) -> list[tuple[str, str]]:
    bundles = [(f"{number}.zip", "prod", _entry(number)) for number in numbers]
    keys = [log_key(signer, ORIGIN), *further]
    found = check_entries(str(log / "entries.jsonl"), str(log / "checkpoint"), keys, bundles)
    return [(one.code, one.message) for one in found.findings]


def test_bundles_that_are_all_entered_and_all_here_are_missed_by_nobody(log: Path, signer: KeyFileSigner) -> None:
    assert _codes(log, signer, [1, 2, 3, 4, 5]) == []


def test_a_bundle_that_was_thrown_away_is_missed_by_its_run(log: Path, signer: KeyFileSigner) -> None:
    [(code, told)] = _codes(log, signer, [1, 2, 4, 5])
    assert code == "THROWN_AWAY"
    assert "run run-3 of 2026-11-03T09:00:00Z" in told


def test_a_bundle_that_was_made_again_after_its_entry_is_in_no_entry(log: Path, signer: KeyFileSigner) -> None:
    bundles = [(f"{number}.zip", "prod", _entry(number)) for number in (1, 2, 3, 4)]
    again = entry_of({"id": "run-5", "as_of": "2026-11-05T09:00:00Z", "subject": "prod"}, "f" * 64)
    keys = [log_key(signer, ORIGIN)]
    found = check_entries(
        str(log / "entries.jsonl"), str(log / "checkpoint"), keys, [*bundles, ("5.zip", "prod", again)]
    )
    assert [one.code for one in found.findings] == ["NOT_ENTERED", "THROWN_AWAY"]


def _cut(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], *lines[3:]]


def _swap(lines: list[bytes]) -> list[bytes]:
    return [lines[1], lines[0], *lines[2:]]


def _rename(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], lines[2].replace(b'"prod"', b'"dev"'), *lines[3:]]


def _add(lines: list[bytes]) -> list[bytes]:
    return [*lines, _entry(7)]


@pytest.mark.parametrize("change", [_cut, _swap, _rename, _add])
def test_a_list_that_is_not_the_whole_log_is_refused(log: Path, signer: KeyFileSigner, change) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    path = log / "entries.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in change(path.read_bytes().splitlines())))
    assert [code for code, _ in _codes(log, signer, [1, 2, 4, 5])] == ["LOG_INVALID"]


def test_a_list_that_ends_within_a_line_is_refused(log: Path, signer: KeyFileSigner) -> None:
    path = log / "entries.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    assert [code for code, _ in _codes(log, signer, [1])] == ["LOG_INVALID"]


def test_a_checkpoint_of_another_key_or_without_a_witness_is_refused(
    log: Path, signer: KeyFileSigner, tmp_path: Path
) -> None:
    witness = VerifierKey("witness.example", COSIGNATURE, log_key(signer, ORIGIN).material)
    assert [code for code, _ in _codes(log, signer, [1, 2, 3, 4, 5], witness)] == ["LOG_INVALID"]
    note = parse_note((log / "checkpoint").read_bytes())
    when = (1_790_000_000).to_bytes(8, "big")
    message = b"cosignature/v1\ntime 1790000000\n" + note.text.encode()
    cosigned = Signature(witness.name, witness.key_id, when + signer.sign(message))
    (log / "checkpoint").write_bytes(format_note(note.text, [*note.signatures, cosigned]))
    assert _codes(log, signer, [1, 2, 3, 4, 5], witness) == []
    stranger = KeyFileSigner(new_key(tmp_path / "stranger.pem"))
    assert [code for code, _ in _codes(log, stranger, [1, 2, 3, 4, 5])] == ["LOG_INVALID"]


@pytest.mark.parametrize("size", range(1, 10))
def test_each_entry_is_proven_in_a_log_of_any_size(tmp_path: Path, signer: KeyFileSigner, size: int) -> None:
    for number in range(1, size + 1):
        enter_bundle(tmp_path / "log", ORIGIN, _entry(number), signer)
    for number in range(1, size + 1):
        proof = tmp_path / "proof"
        proof.write_bytes(enter_bundle(tmp_path / "log", ORIGIN, _entry(number), signer))  # entered once, proven again
        assert check_entry(str(proof), _entry(number), [log_key(signer, ORIGIN)]).findings == []
        other = check_entry(str(proof), _entry(number + 1), [log_key(signer, ORIGIN)])
        assert [one.code for one in other.findings] == ["NOT_ENTERED"]
    assert len((tmp_path / "log/entries.jsonl").read_bytes().splitlines()) == size


def test_a_proof_of_a_log_that_others_keep_is_read(tmp_path: Path, signer: KeyFileSigner) -> None:
    leaves = [leaf_hash(b"what others entered"), leaf_hash(_entry(1))]
    text = Checkpoint("log.example", 2, root_of(leaves)).text()
    key = log_key(signer, "log.example")
    note = format_note(text, [Signature("log.example", key.key_id, signer.sign(text.encode()))])
    head = f"c2sp.org/tlog-proof@v1\nextra aGk=\nindex 1\n{base64.b64encode(leaves[0]).decode()}\n\n"
    (tmp_path / "proof").write_bytes(head.encode() + note)
    assert check_entry(str(tmp_path / "proof"), _entry(1), [key]).findings == []


@pytest.mark.parametrize(
    "text", ["", "c2sp.org/tlog-proof@v2\nindex 0\n\nx", "c2sp.org/tlog-proof@v1\nindex -1\n\nx\n"]
)
def test_what_is_no_proof_is_refused(tmp_path: Path, signer: KeyFileSigner, text: str) -> None:
    (tmp_path / "proof").write_text(text)
    found = check_entry(str(tmp_path / "proof"), _entry(1), [log_key(signer, ORIGIN)])
    assert [one.code for one in found.findings] == ["LOG_INVALID"]


def test_a_log_that_was_changed_takes_no_entry(log: Path, signer: KeyFileSigner, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="is no log of this key"):
        enter_bundle(log, ORIGIN, _entry(7), KeyFileSigner(new_key(tmp_path / "other.pem")))
    path = log / "entries.jsonl"
    path.write_bytes(path.read_bytes().replace(b"run-3", b"run-9"))
    with pytest.raises(EvidenceError, match="was changed"):
        enter_bundle(log, ORIGIN, _entry(7), signer)


def test_an_entry_that_a_stopped_run_left_unsigned_is_entered_again(log: Path, signer: KeyFileSigner) -> None:
    with (log / "entries.jsonl").open("ab") as out:
        out.write(_entry(7) + b"\n")
    enter_bundle(log, ORIGIN, _entry(8), signer)
    enter_bundle(log, ORIGIN, _entry(7), signer)
    assert _codes(log, signer, [1, 2, 3, 4, 5, 7, 8]) == []


def test_the_command_enters_a_bundle_and_the_verifier_misses_the_one_that_is_gone(
    bundle: Bundle, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = Sample()
    sample.as_of = NOW.replace(month=10)
    older_bundle, other_key = sample.bundle(tmp_path / "older", key=key), new_key(tmp_path / "log.pem")
    folder, log = tmp_path / "bundles", tmp_path / "log"
    folder.mkdir()
    for one in (bundle, older_bundle):
        copied = folder / one.zip.name
        shutil.copy(one.zip, copied)
        command = ["evidence", "enter", str(copied), "--log", str(log), "--key", str(other_key), "--origin", ORIGIN]
        assert main(command) == 0
    vkey = capsys.readouterr().out.strip().rpartition(" ")[2]
    trust = ["--fingerprint", bundle.fingerprint, "--log-key", vkey]
    copied = folder / older_bundle.zip.name
    assert main(["evidence", "verify", str(copied), *trust, "--entry", f"{copied}.tlog-proof"]) == 0
    assert f"entered     entry 1 of 2 of {ORIGIN}" in capsys.readouterr().out
    copied.unlink()
    whole = ["--entries", str(log / "entries.jsonl"), "--checkpoint", str(log / "checkpoint")]
    assert main(["evidence", "verify", "--chain", str(folder), *trust, *whole, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in told["findings"]] == ["THROWN_AWAY"]


@pytest.mark.parametrize(
    "options",
    [["--log-key", "k"], ["--entry", "p"], ["--entries", "e", "--log-key", "k"], ["--entry", "p", "--log-key", "k"]],
)
def test_a_log_that_is_named_in_part_is_refused_before_anything_is_verified(
    bundle: Bundle, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", "verify", str(bundle.zip), *options]) == 5
    assert "error: " in capsys.readouterr().err


def test_what_is_no_verifier_key_is_refused() -> None:
    with pytest.raises(Unusable):
        read_log_keys(["nothing"])
