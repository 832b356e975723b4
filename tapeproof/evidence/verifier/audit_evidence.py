"""The audit log as evidence: its verdict, and proofs of a sample that the reader's seed chose.

A proof leads from one event's entry, whose hash is an RFC 6962 leaf, to the root of a signed checkpoint; everything on
that way is computed again here. Where the record itself is in the proof, its salted hash is compared with the entry's.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.log.checkpoint import Checkpoint, open_checkpoint
from tapeproof.log.errors import AuditError
from tapeproof.log.merkle import leaf_hash, verify_inclusion
from tapeproof.log.note import VerifierKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.verifier.contents import Contents
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["AUDIT_POLICY", "SAMPLE_POLICY", "audit_rows", "sample_indices"]

AUDIT_POLICY = "EV_AUD_1"
SAMPLE_POLICY = "EV_AUD_2"
VERDICTS_OF_LOG = {"VERIFIED": "pass", "TAMPERED": "fail"}
"""Every other verdict (UNANCHORED, STALE, WITNESS_GAP) leaves the question open: unknown, which is never a pass."""
MAX_SAMPLE = 100_000


def sample_indices(seed: str, size: int, count: int) -> list[int]:
    """Return the leaves that a seed chooses: SHA-256 of ``seed:0``, ``seed:1`` and so on, modulo the log's size.

    Args:
        seed: Chosen by the auditor, after the log was signed.
        size: Leaves of the log.
        count: How many to choose; all, when the log has no more.
    """
    wanted, number = min(count, size, MAX_SAMPLE), 0
    chosen: list[int] = []
    seen: set[int] = set()
    while len(chosen) < wanted:
        digest = hashlib.sha256(f"{seed}:{number}".encode()).digest()
        index, number = int.from_bytes(digest, "big") % size, number + 1
        if index not in seen:
            seen.add(index)
            chosen.append(index)
    return chosen


def audit_rows(item: dict[str, Json], contents: Contents) -> Iterator[dict[str, Json]]:
    """Yield the rows of the audit log: its verdict, then one for each event of the sample."""
    folder = f"evidence/{item['id']}/raw"
    verification = contents.json(f"{folder}/verification.json")
    verdict, origin = str(verification["verdict"]), str(verification["origin"])
    expected = {"expected": "VERIFIED", "observed": f"{verdict}, {verification['size']} leaves"}
    told = [{"message": f"{one['attack']}: {one['detail']}"} for one in verification["findings"][:20]]
    yield _audit_row(item, AUDIT_POLICY, origin, VERDICTS_OF_LOG.get(verdict, "unknown"), [expected, *told])
    if f"{folder}/sample.json" in contents:
        yield from _sample_rows(item, contents, folder, origin)


def _sample_rows(item: Json, contents: Contents, folder: str, origin: str) -> Iterator[dict[str, Json]]:
    sample = contents.json(f"{folder}/sample.json")
    try:
        keys = [VerifierKey.parse(one) for one in contents.read(f"{folder}/keys.txt").decode("utf-8").split()]
        checkpoint, _, _ = open_checkpoint(contents.read(f"{folder}/checkpoint"), keys)
    except (AuditError, UnicodeDecodeError) as error:
        yield _audit_row(item, SAMPLE_POLICY, origin, "fail", [{"message": f"the checkpoint is not signed: {error}"}])
        return
    proofs = list(contents.lines(f"{folder}/proofs.jsonl"))
    wanted = sample_indices(str(sample["seed"]), checkpoint.size, int(sample["count"]))
    if checkpoint.origin != origin or [proof["leaf"] for proof in proofs] != sorted(wanted):
        message = "the proofs are not of the leaves that the seed chooses in this log"
        yield _audit_row(item, SAMPLE_POLICY, origin, "fail", [{"message": message}])
        return
    for number, proof in enumerate(proofs, 1):
        fault = _proof_fault(proof, checkpoint)
        shown = {"expected": "included under the signed root", "observed": fault or _describe_proof(proof, checkpoint)}
        row = _audit_row(item, SAMPLE_POLICY, f"leaf {proof['leaf']:012d}", "fail" if fault else "pass", [shown])
        yield {**row, "references": [f"{item['id']}:{number}"]}


def _proof_fault(proof: Json, checkpoint: Checkpoint) -> str:
    try:
        data = proof["entry"].encode("utf-8")
        path = [bytes.fromhex(one) for one in proof["path"]]
        if not verify_inclusion(proof["leaf"], checkpoint.size, leaf_hash(data), path, checkpoint.root):
            return "the entry and its path do not lead to the signed root"
        entry = json.loads(data)
        decisions = entry["items"] if entry.get("act") == "BATCH" else [entry] if "_lane" in entry else []
        if proof["about"] != [one[name] for one in decisions for name in ("evt", "key")]:
            return "what the proof says it is about is not what its entry is about"
        return _record_mismatch(decisions, proof["records"])
    except (ValueError, binascii.Error) as error:
        raise Unusable("BAD_EVIDENCE", "proofs.jsonl", f"leaf {proof['leaf']}: {error}") from error


def _record_mismatch(decisions: list[Json], records: list[Json]) -> str:
    """Compare records with what the entry commits to: ``pay`` is SHA-256 over salt and body."""
    places = {number for number, decision in enumerate(decisions) if "rec" in decision}
    if any(int(one.get("a_item", {}).get("N", 0)) not in places for one in records):
        return "the proof holds records that its entry does not commit to"
    for number, decision in enumerate(decisions):
        mine = [one for one in records if int(one.get("a_item", {}).get("N", 0)) == number]
        if not mine or "rec" not in decision:
            continue
        body = "".join(one["body"]["S"] for one in mine if "body" in one).encode("utf-8")
        salt = base64.b64decode(mine[0]["salt"]["B"], validate=True)
        if hashlib.sha256(salt + body).hexdigest() != decision["pay"]:
            return f"the record of {decision['key']} is not the one that the entry commits to"
    return ""


def _describe_proof(proof: Json, checkpoint: Checkpoint) -> str:
    about = proof["about"][0] if proof["about"] else "the log's own entry"
    return f"{about}, leaf {proof['leaf']} of {checkpoint.size}"


def _audit_row(item: Json, policy: str, resource: str, verdict: str, findings: list[Json]) -> dict[str, Json]:
    return {
        "stage": "audit",
        "resource": resource,
        "policy": policy,
        "verdict": verdict,
        "judges": ["criterion"],
        "references": [f"{item['id']}:1"],
        "findings": findings,
    }
