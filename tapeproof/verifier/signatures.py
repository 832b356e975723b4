"""Who signed the checkpoints of an export, and who must have.

A checkpoint is believed when it is signed by the key the reader trusts, or by a key that this one was rotated from or
to: the first checkpoint over a KEYROT leaf must carry both signatures, that of the key in use until then included,
whatever the leaf says. Verifying is the slow part and needs to know
nothing of the tree, so it starts first, for every key that may turn out to matter; what it found is judged later.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.log.control import parse_control
from tapeproof.log.errors import AuditError
from tapeproof.log.note import VerifierKey, parse_note
from tapeproof.verifier.findings import Attack, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tapeproof.verifier.history import History

__all__ = [
    "Keyring",
    "Outcomes",
    "SignatureTask",
    "check_signatures",
    "likely_keys",
    "rotation_keys",
    "signature_tasks",
]

_NOTES_PER_TASK = 20
_MOST_KEYS = 8
"""A store may name any number of keys; those beyond are verified only for the checkpoints that need them."""


class SignatureTask(NamedTuple):
    """Checkpoints for one worker.

    Attributes:
        notes: The checkpoints.
        keys: Keys that may have signed them.
    """

    notes: list[bytes]
    keys: list[VerifierKey]


Outcomes = tuple[bool | None, ...]
"""For each key of a task, whether its signature is under a note and verifies; None when there is none."""


def signature_tasks(history: History, keys: Sequence[VerifierKey]) -> Iterator[SignatureTask]:
    """Yield the work of verifying the signatures of some keys under every checkpoint, in chunks."""
    notes = (found.note for found in history)
    while chunk := list(islice(notes, _NOTES_PER_TASK)):
        yield SignatureTask(chunk, list(keys))


def check_signatures(task: SignatureTask) -> list[Outcomes]:
    """Verify the signatures under some checkpoints."""
    return [tuple([note.signed_by(key) for key in task.keys]) for note in map(parse_note, task.notes)]


def likely_keys(keys: Iterable[VerifierKey]) -> list[VerifierKey]:
    """Return the keys whose signatures are worth verifying before it is known who must have signed."""
    return list(dict.fromkeys(keys))[:_MOST_KEYS]


class Keyring:
    """Which keys must have signed a checkpoint of which size.

    Args:
        trusted: Keys the reader trusts; the store's own when there are none.
        claimed: Keys the store names.
        rotations: Leaf, old and new key of each rotation, oldest first.
    """

    def __init__(
        self,
        trusted: Sequence[VerifierKey],
        claimed: Sequence[VerifierKey],
        rotations: Sequence[tuple[int, VerifierKey, VerifierKey]],
    ) -> None:
        self._rotations = rotations
        named = [
            key for key in trusted if key in claimed
        ]  # of several logs' keys the one that this log is said to have
        chain = [key for _, old, new in rotations for key in (old, new)] or named or list(trusted) or list(claimed[-1:])
        self.linked = not trusted or any(key in chain for key in trusted)
        self.accepted = {*chain, *trusted}
        self._first = (chain if self.linked else list(trusted))[:1]

    def signers(self, size: int, before: int) -> list[VerifierKey]:
        """Return who must have signed a checkpoint of ``size`` leaves that follows one of ``before`` leaves."""
        keys = self._first
        for leaf, old, new in self._rotations if self.linked else ():
            if leaf >= size:
                break
            # A rotation adds to what is demanded until a checkpoint has shown that the old key agreed to it.
            keys = [*keys, old, new] if leaf >= before else [new]
        return list(dict.fromkeys(keys))

    def findings(self, history: History, keys: Sequence[VerifierKey], found: Iterable[Outcomes]) -> Iterator[Finding]:
        """Yield what is wrong with the signatures of the checkpoints.

        Args:
            history: The checkpoints.
            keys: Keys whose signatures were looked for.
            found: What was found of them under each checkpoint, in order.
        """
        before = 0
        for checkpoint, outcomes in zip(history, found, strict=True):
            size, known = checkpoint.size, dict(zip(keys, outcomes, strict=True))
            detail = _fault(checkpoint.note, self.signers(size, before), known)
            if detail:
                yield Finding(
                    Attack.FOREIGN_SIGNATURE, f"{checkpoint.where} ({size} leaves): {detail}", subject=checkpoint.where
                )
            before = size


def _fault(data: bytes, keys: list[VerifierKey], known: Mapping[VerifierKey, bool | None]) -> str:
    if all(known.get(key) for key in keys):
        return ""
    note = parse_note(data)
    # A rotation that only the published copy of the control leaves names was not looked for in advance.
    signed = {key: known[key] if key in known else note.signed_by(key) for key in keys}
    for key in keys:
        if signed[key] is False:
            return f"the signature of {key.label} does not verify"
    missing = [key.label for key in keys if not signed[key]]
    if not missing:
        return ""
    named = ", ".join(one.label for one in note.signatures)
    return f"it is not signed by {' and '.join(missing)}, but by {named}"


def rotation_keys(control: bytes) -> list[VerifierKey]:
    """Return the keys that a KEYROT leaf names; none for any other control leaf."""
    if b'"act":"KEYROT"' not in control:
        return []
    try:
        members = parse_control(control)
        return [VerifierKey.parse(members["new"]), VerifierKey.parse(members["old"])]
    except AuditError:
        return []
