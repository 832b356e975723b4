"""Bundles in a transparency log: one by its proof, and all by the whole list, so that a missing one is missed.

The log may be anybody's: its checkpoint is a C2SP signed note over an RFC 6962 tree, a proof a C2SP tlog-proof, and an
entry the bytes of `entry_of`. With a list of all entries the tree is built again, so none can be left out of the list.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.evidence.verifier.findings import Finding, Unusable
from tapeproof.evidence.verifier.strict_json import Json, canonical, decode_json
from tapeproof.log.checkpoint import Checkpoint, open_checkpoint
from tapeproof.log.errors import AuditError
from tapeproof.log.merkle import leaf_hash, root_of, verify_inclusion
from tapeproof.log.note import VerifierKey

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ENTRY_FORMAT", "PROOF_HEADER", "check_entries", "check_entry", "entry_of", "read_log_keys"]

ENTRY_FORMAT = "tapeproof/bundle-entry/1"
PROOF_HEADER = "c2sp.org/tlog-proof@v1"
MAX_LIST_BYTES = 256 << 20
MAX_PROOF_BYTES = 1 << 20
LONGEST_PROOF = 63
"""Hashes in a proof for a tree of fewer than 2^63 leaves."""
INVALID = "LOG_INVALID"


class Entered(NamedTuple):
    """What came of holding bundles against a log.

    Attributes:
        findings: What is wrong.
        told: What was checked, in words.
    """

    findings: list[Finding]
    told: str


def entry_of(run: Json, manifest_sha256: str) -> bytes:
    """Return the bytes that are entered into a log for a bundle.

    Args:
        run: The run, of the assessment.
        manifest_sha256: Hex digest of the bundle's manifest.
    """
    named = {name: run[name] for name in ("as_of", "subject")}
    return canonical({"format": ENTRY_FORMAT, "manifest": f"sha256:{manifest_sha256}", "run": run["id"], **named})


def read_log_keys(texts: list[str]) -> list[VerifierKey]:
    """Return the keys of a log and of its witnesses, as the reader named them.

    Raises:
        Unusable: One is no verifier key.
    """
    try:
        return [VerifierKey.parse(text) for text in texts]
    except AuditError as error:
        raise Unusable("BAD_KEY", "--log-key", str(error)) from error


def check_entry(path: str, entry: bytes, keys: list[VerifierKey]) -> Entered:
    """Check that a bundle's entry is in a log.

    Args:
        path: File with a C2SP tlog-proof.
        entry: What `entry_of` gives.
        keys: Whose signatures must all be under the checkpoint.
    """
    try:
        index, hashes, note = _read_proof(_read_file(path, MAX_PROOF_BYTES))
        checkpoint = _open_signed(note, keys)
    except (AuditError, OSError, ValueError) as error:
        return Entered([Finding(INVALID, path, str(error))], "")
    if not verify_inclusion(index, checkpoint.size, leaf_hash(entry), hashes, checkpoint.root):
        told = f"this bundle is not entry {index} of {checkpoint.origin} at {checkpoint.size} entries"
        return Entered([Finding("NOT_ENTERED", path, told)], "")
    return Entered([], f"entry {index} of {checkpoint.size} of {checkpoint.origin}, signed by {_names(keys)}")


def check_entries(
    path: str, checkpoint_path: str, keys: list[VerifierKey], bundles: list[tuple[str, str, bytes]]
) -> Entered:
    """Hold bundles against all entries of a log: each bundle is in it, and each entry of their subjects is here.

    Args:
        path: File with every entry up to the checkpoint, a line each, in order.
        checkpoint_path: File with the checkpoint.
        keys: Whose signatures must all be under the checkpoint.
        bundles: Name, subject and entry of each bundle.
    """
    try:
        lines = _lines_of(_read_file(path, MAX_LIST_BYTES))
        checkpoint = _open_signed(_read_file(checkpoint_path, MAX_PROOF_BYTES), keys)
    except (AuditError, OSError, ValueError) as error:
        return Entered([Finding(INVALID, path, str(error))], "")
    if (len(lines), root_of(map(leaf_hash, lines))) != (checkpoint.size, checkpoint.root):
        told = f"these {len(lines)} lines are not the {checkpoint.size} entries that the checkpoint commits to"
        return Entered([Finding(INVALID, path, told)], "")
    here, entered = {entry for _, _, entry in bundles}, set(lines)
    subjects = {subject for _, subject, _ in bundles}
    told = "it is in no entry of the log"
    found = [Finding("NOT_ENTERED", name, told) for name, _, entry in bundles if entry not in entered]
    found += _thrown_away(path, lines, here, subjects)
    others = sum(_subject_of_entry(line) not in subjects for line in lines)
    words = f"{len(lines)} entries of {checkpoint.origin}, {others} of them about other subjects"
    return Entered(found, f"{words}, signed by {_names(keys)}")


def _thrown_away(path: str, lines: list[bytes], here: set[bytes], subjects: set[str]) -> Iterator[Finding]:
    for number, line in enumerate(lines, 1):
        if line not in here and _subject_of_entry(line) in subjects:
            entry = decode_json(line, path)
            told = (
                f"run {entry.get('run')} of {entry.get('as_of')} was entered, {entry.get('manifest')}, and is not here"
            )
            yield Finding("THROWN_AWAY", f"{path}:{number}", told)


def _subject_of_entry(line: bytes) -> str | None:
    """Return what an entry is about; None for one of another kind, of which a log may hold any."""
    try:
        entry = decode_json(line, "an entry")
    except Unusable:
        return None
    known = isinstance(entry, dict) and entry.get("format") == ENTRY_FORMAT
    return str(entry.get("subject")) if known else None


def _open_signed(note: bytes, keys: list[VerifierKey]) -> Checkpoint:
    """Return a checkpoint that every key has signed, for the log that the first key is of."""
    checkpoint, _, signers = open_checkpoint(note, keys)
    absent = [key.label for key in keys if key not in signers]
    if absent:
        raise ValueError(f"the checkpoint is not signed by {', '.join(absent)}")
    if checkpoint.origin != keys[0].name:
        raise ValueError(f"the checkpoint is of {checkpoint.origin}, the first key you named is of {keys[0].name}")
    return checkpoint


def _read_proof(data: bytes) -> tuple[int, list[bytes], bytes]:
    """Return index, hashes and checkpoint of a C2SP tlog-proof."""
    head, gap, note = data.partition(b"\n\n")
    lines = head.decode("ascii").split("\n")
    if not gap or lines.pop(0) != PROOF_HEADER:
        raise ValueError(f"this is no proof: it begins with {PROOF_HEADER}, and a checkpoint follows an empty line")
    if lines and lines[0].startswith("extra "):
        del lines[0]  # nobody vouches for it
    name, _, digits = lines.pop(0).partition(" ") if lines else ("", "", "")
    if name != "index" or not digits.isdigit() or str(int(digits)) != digits or len(lines) > LONGEST_PROOF:
        raise ValueError("the proof names no index")
    return int(digits), [base64.b64decode(line, validate=True) for line in lines], note


def _lines_of(data: bytes) -> list[bytes]:
    if data and not data.endswith(b"\n"):
        raise ValueError("the list of entries ends within a line")
    return data.split(b"\n")[:-1]


def _read_file(path: str, limit: int) -> bytes:
    with Path(path).open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ValueError(f"it is larger than {limit} bytes")
    return data


def _names(keys: list[VerifierKey]) -> str:
    return ", ".join(key.label for key in keys)
