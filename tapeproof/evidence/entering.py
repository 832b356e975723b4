"""A transparency log of bundles in a folder: every entry in one file, and a signed checkpoint over them.

Any C2SP log can hold the same entries instead; this one needs no server, and may lie in a repository or a bucket.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

from tapeproof.evidence.bundle.holding import hold_folder
from tapeproof.evidence.checking.entries import PROOF_HEADER
from tapeproof.evidence.errors import EvidenceError
from tapeproof.evidence.verifier.keys import SPKI_ED25519, PublicKey
from tapeproof.log.checkpoint import Checkpoint, open_checkpoint
from tapeproof.log.errors import AuditError
from tapeproof.log.merkle import inclusion_path, leaf_hash, root_of
from tapeproof.log.note import ECDSA_P256, ED25519, Signature, VerifierKey, format_note

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.signing import Signer

__all__ = ["CHECKPOINT_NAME", "ENTRIES_NAME", "enter_bundle", "log_key"]

ENTRIES_NAME: Final = "entries.jsonl"
CHECKPOINT_NAME: Final = "checkpoint"


def log_key(signer: Signer, origin: str) -> VerifierKey:
    """Return the verifier key that readers of the log are given."""
    key = PublicKey.from_pem(signer.public_pem)
    if key.algorithm == "ed25519":
        return VerifierKey(origin, ED25519, key.spki[len(SPKI_ED25519) :])
    return VerifierKey(origin, ECDSA_P256, key.spki)


def enter_bundle(folder: Path, origin: str, entry: bytes, signer: Signer) -> bytes:
    """Append an entry to a log and sign its new checkpoint.

    Args:
        folder: The log; it is made when it is not there.
        origin: The log's name.
        entry: What is entered; entered once, however often it is asked for.
        signer: The log's own key, which is not the key of the bundles.

    Returns:
        The entry's proof, as a C2SP tlog-proof.

    Raises:
        EvidenceError: What lies in the folder is not what this key signed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with hold_folder(folder):
        lines = _read_entries(folder, log_key(signer, origin))
        if entry not in lines:
            lines.append(entry)
            _replace_file(folder / ENTRIES_NAME, b"".join(line + b"\n" for line in lines))
        note = _sign_checkpoint(lines, origin, signer)
        _replace_file(folder / CHECKPOINT_NAME, note)
    return _write_proof(lines, lines.index(entry), note)


def _read_entries(folder: Path, key: VerifierKey) -> list[bytes]:
    """Return the entries under the checkpoint; one more may stand there that a run which was stopped did not sign."""
    entries, note = folder / ENTRIES_NAME, folder / CHECKPOINT_NAME
    if not entries.exists() and not note.exists():
        return []
    try:
        lines = entries.read_bytes().split(b"\n")[:-1]
        checkpoint = open_checkpoint(note.read_bytes(), [key])[0] if note.exists() else Checkpoint("", 0, root_of(()))
    except (OSError, AuditError) as error:
        raise EvidenceError(
            f"{folder} is no log of this key", why=str(error), fix="name its key, or another"
        ) from error
    signed = lines[: checkpoint.size]
    if len(signed) != checkpoint.size or root_of(map(leaf_hash, signed)) != checkpoint.root:
        why = f"{ENTRIES_NAME} does not hold the {checkpoint.size} entries that were signed"
        raise EvidenceError(f"{folder} was changed", why=why, fix="take it back from where it is kept")
    return signed


def _sign_checkpoint(lines: list[bytes], origin: str, signer: Signer) -> bytes:
    text = Checkpoint(origin, len(lines), root_of(map(leaf_hash, lines))).text()
    key = log_key(signer, origin)
    return format_note(text, [Signature(origin, key.key_id, signer.sign(text.encode("utf-8")))])


def _write_proof(lines: list[bytes], index: int, note: bytes) -> bytes:
    leaves = [leaf_hash(line) for line in lines]
    hashes = [root_of(leaves[low:high]) for low, high in inclusion_path(index, len(leaves))]
    shown = [PROOF_HEADER, f"index {index}", *(base64.b64encode(one).decode("ascii") for one in hashes)]
    return "\n".join(shown).encode("ascii") + b"\n\n" + note


def _replace_file(path: Path, data: bytes) -> None:
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(data)
    temporary.replace(path)
