"""The sample of an audit log: chosen by a seed, proven to a signed root, each record held against its salted hash."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tapeproof.evidence.verifier.audit_evidence import audit_rows, sample_indices
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.strict_json import canonical
from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.merkle import leaf_hash, root_of
from tapeproof.log.note import ED25519, Signature, VerifierKey, format_note
from tests.unit.evidence.verifier.files import contents_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ORIGIN = "tapeproof.example/test"
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x05" * 32)
KEY = VerifierKey(ORIGIN, ED25519, PRIVATE.public_key().public_bytes_raw())
SALT, BODY = b"\x01" * 32, '{"price":"1.10"}'
PAY = hashlib.sha256(SALT + BODY.encode()).hexdigest()
ENTRY = json.dumps({"_lane": "l", "act": "RECORDED", "evt": "e-1", "key": "k-1", "pay": PAY, "rec": "r"})
RECORD = {"body": {"S": BODY}, "salt": {"B": base64.b64encode(SALT).decode()}}
PROOF = {"leaf": 0, "entry": ENTRY, "path": [], "about": ["e-1", "k-1"], "records": [RECORD]}


def test_a_seed_chooses_by_sha256_of_seed_and_number_so_that_anybody_can_choose_again() -> None:
    first = int.from_bytes(hashlib.sha256(b"of the auditor:0").digest(), "big") % 1000
    assert sample_indices("of the auditor", 1000, 3)[0] == first
    assert sample_indices("of the auditor", 1000, 3) == sample_indices("of the auditor", 1000, 30)[:3]
    assert sample_indices("another", 1000, 3) != sample_indices("of the auditor", 1000, 3)


@pytest.mark.parametrize(("size", "count", "chosen"), [(5, 5, 5), (5, 50, 5), (0, 3, 0), (7, 0, 0), (7, -1, 0)])
def test_no_leaf_is_chosen_twice_and_none_that_is_not_there(size: int, count: int, chosen: int) -> None:
    indices = sample_indices("s", size, count)
    assert len(set(indices)) == len(indices) == chosen
    assert set(indices) <= set(range(size))


def _rows(folder: Path, *proofs: Any, **changes: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    checkpoint = Checkpoint(changes.get("origin", ORIGIN), 1, root_of([leaf_hash(ENTRY.encode())]))
    signature = Signature(ORIGIN, KEY.key_id, PRIVATE.sign(checkpoint.text().encode()))
    verification = {"verdict": "VERIFIED", "origin": ORIGIN, "size": 1, "findings": [], **changes.get("log", {})}
    files = {
        "verification.json": canonical(verification),
        "checkpoint": changes.get("note", format_note(checkpoint.text(), [signature])),
        "keys.txt": changes.get("keys", str(KEY)).encode(),
        "sample.json": canonical({"seed": "s", "count": 1}),
        "proofs.jsonl": b"".join(canonical(one) + b"\n" for one in proofs),
    }
    left_out = changes.get("without", "")
    kept = {f"evidence/audit-log/raw/{name}": data for name, data in files.items() if name != left_out}
    return audit_rows({"id": "audit-log"}, contents_of(folder, kept))


def test_an_event_that_leads_to_the_signed_root_with_its_record_passes(tmp_path: Path) -> None:
    verdict, leaf = _rows(tmp_path, PROOF)
    assert [(one["policy"], one["verdict"]) for one in (verdict, leaf)] == [("EV_AUD_1", "pass"), ("EV_AUD_2", "pass")]
    assert leaf["resource"] == "leaf 000000000000"
    assert leaf["findings"][0]["observed"] == "e-1, leaf 0 of 1"


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("TAMPERED", "fail"),
        ("UNANCHORED", "unknown"),
        ("STALE", "unknown"),
        ("WITNESS_GAP", "unknown"),
        ("", "unknown"),
    ],
)
def test_only_a_verified_log_passes_and_an_open_question_is_unknown(tmp_path: Path, word: str, verdict: str) -> None:
    findings = [{"attack": "DELETION", "detail": f"entry {number}"} for number in range(30)]
    (row,) = _rows(tmp_path, log={"verdict": word, "findings": findings}, without="sample.json")
    assert row["verdict"] == verdict
    assert len(row["findings"]) == 21
    assert row["findings"][1] == {"message": "DELETION: entry 0"}


OTHER = RECORD | {"body": {"S": "{}"}}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"entry": ENTRY.replace("e-1", "e-2")}, "do not lead to the signed root"),
        ({"path": ["00" * 32]}, "do not lead to the signed root"),
        ({"about": ["e-2", "k-1"]}, "not what its entry is about"),
        ({"about": []}, "not what its entry is about"),
        ({"records": [OTHER]}, "is not the one that the entry commits to"),
        ({"records": [RECORD, OTHER]}, "is not the one that the entry commits to"),
        ({"records": [RECORD | {"a_item": {"N": "1"}}]}, "records that its entry does not commit to"),
    ],
)
def test_a_proof_that_shows_something_else_fails_and_says_what(
    tmp_path: Path, changes: dict[str, Any], told: str
) -> None:
    *_, leaf = _rows(tmp_path, {**PROOF, **changes})
    assert leaf["verdict"] == "fail"
    assert told in leaf["findings"][0]["observed"]


def test_an_event_whose_record_is_not_at_hand_is_still_proven(tmp_path: Path) -> None:
    *_, leaf = _rows(tmp_path, {**PROOF, "records": []})
    assert leaf["verdict"] == "pass"


@pytest.mark.parametrize("proofs", [[], [PROOF, PROOF], [{**PROOF, "leaf": 1}]])
def test_proofs_of_other_leaves_than_the_seed_chooses_fail(tmp_path: Path, proofs: list[Any]) -> None:
    _, row = _rows(tmp_path, *proofs)
    assert (row["policy"], row["verdict"]) == ("EV_AUD_2", "fail")
    assert "the seed chooses" in row["findings"][0]["message"]


@pytest.mark.parametrize(
    "changes",
    [{"note": b""}, {"note": b"text\n"}, {"keys": ""}, {"keys": "nonsense"}, {"keys": str(KEY._replace(name="other"))}],
)
def test_a_checkpoint_that_no_key_of_the_bundle_signed_fails_the_sample(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    _, row = _rows(tmp_path, PROOF, **changes)
    assert (row["policy"], row["verdict"]) == ("EV_AUD_2", "fail")
    assert "not signed" in row["findings"][0]["message"]


def test_a_checkpoint_of_another_log_fails_the_sample(tmp_path: Path) -> None:
    _, row = _rows(tmp_path, PROOF, log={"origin": "another.example/log"})
    assert row["verdict"] == "fail"


@pytest.mark.parametrize("changes", [{"path": ["xy"]}, {"entry": "{"}, {"records": [{"salt": {"B": "\xe9"}}]}])
def test_a_proof_that_nobody_wrote_so_is_refused_by_its_leaf(tmp_path: Path, changes: dict[str, Any]) -> None:
    root = leaf_hash(str(changes.get("entry", ENTRY)).encode())
    checkpoint = Checkpoint(ORIGIN, 1, root)
    note = format_note(checkpoint.text(), [Signature(ORIGIN, KEY.key_id, PRIVATE.sign(checkpoint.text().encode()))])
    with pytest.raises(Unusable, match="leaf 0"):
        list(_rows(tmp_path, {**PROOF, **changes}, note=note))
