"""What a run of the sealer stands on: the head in the table, held against what the log's key has signed.

Whoever may write the table may write its head. A head at rest must be the one that the published checkpoint and its
SEAL leaf tell of. One that commits to more than is published, as a sealer leaves it that died, must carry the signature
that the sealer made under its commitment before it wrote it: without that, a stranger's leaves would be signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.checkpoint import Checkpoint, open_checkpoint
from tapeproof.log.errors import AuditError
from tapeproof.log.head import Head
from tapeproof.log.hours import SKEW_SECONDS
from tapeproof.log.note import Note, VerifierKey
from tapeproof.log.recovery import published_seal, retired_keys
from tapeproof.log.tiles import Tree

if TYPE_CHECKING:
    from tapeproof.log.objects import Objects
    from tapeproof.log.table import AuditTable

__all__ = ["CHECKPOINT", "Footing", "SealerError", "open_published", "refuse_to_go_back"]

CHECKPOINT = "checkpoint"
_READINGS = 3
_REMEDY = "Find who wrote it, and make it again from what is published: tapeproof ops recover-head."
_RESTORE = "Restore the newest version of the object `checkpoint`; where the head is behind that: "
_RESTORE += "tapeproof ops recover-head."


class SealerError(AuditError):
    """The sealer cannot go on without a person."""


class _Published(NamedTuple):
    """The newest checkpoint that the log's key is known to have signed, and the keys that signed it."""

    checkpoint: Checkpoint
    note: Note
    signers: list[VerifierKey]


class Footing(NamedTuple):
    """Where a run begins.

    Attributes:
        head: The sealer's head.
        seal: The newest published SEAL leaf, if the head goes on from just there; else nothing.
    """

    head: Head
    seal: dict[str, Any]

    @classmethod
    def find(cls, table: AuditTable, objects: Objects, key: VerifierKey, origin: str) -> Footing:
        """Read head and checkpoint, and hold them against each other.

        Args:
            table: The audit table.
            objects: Where tiles and the checkpoint are.
            key: The key that is to sign.
            origin: The log.

        Raises:
            SealerError: The head is not the log's.
        """
        head, published = _read(table, objects, key)
        if published is None:
            if head.published:
                raise SealerError(
                    f"the head in the table says that {head.published} leaves are published, no checkpoint of them is",
                    _RESTORE,
                )
        else:
            _refuse_to_fork(head, published.checkpoint)
        size = published.checkpoint.size if published else 0
        if head.published > head.size:
            raise SealerError(
                f"the head in the table has {head.size} leaves, and says that {head.published} are published", _REMEDY
            )
        if size == head.size and published:
            _refuse_foreign_keys(head, published)
            seal = published_seal(Tree(objects.get, size), published.checkpoint.root) if size else {}
            _refuse_to_be_misled(head, seal)
            return cls(head, seal)
        if size != head.published or head.size < head.published:
            raise SealerError(
                f"the head in the table says that {head.published} leaves are published, the checkpoint has {size}",
                _RESTORE,
            )
        if head.size > size:
            _refuse_uncommitted(head, origin, [key, *_find_committers(objects, published)])
        return cls(head, {})


def refuse_to_go_back(seal: dict[str, Any], now: int) -> None:
    """Raise when the clock is far behind the newest checkpoint: what it dated would look like a forgery for good.

    Args:
        seal: The newest published SEAL leaf, or nothing.
        now: Nanoseconds since 1970, by this clock.

    Raises:
        SealerError: It is.
    """
    behind = (int(seal.get("ts", 0)) - now) / 10**9
    if behind > SKEW_SECONDS:
        raise SealerError(
            f"the clock is {behind:.0f} s behind the newest checkpoint; nothing is sealed until it is not",
            "Nothing is lost. Set the clock right; if it was ahead before, sealing goes on when that time has come.",
        )


def _read(table: AuditTable, objects: Objects, key: VerifierKey) -> tuple[Head, _Published | None]:
    """Return head and checkpoint of one moment, as well as that can be had while another sealer may be at work."""
    for _ in range(_READINGS):
        # In this order: what is shown was committed before, so a head that is read later never has less.
        shown = objects.get(CHECKPOINT)
        item = table.head()
        head = Head.from_item(item) if item else Head()
        keys = [key, *(VerifierKey.parse(one.vkey) for one in (head.key, head.previous_key) if one)]
        published = _open(shown or b"", keys)
        found = [one for one in (_open(note, keys) for note in table.checkpoints_from(head.published)) if one]
        stored = {one.checkpoint.size: one for one in found}
        later = max(stored, default=0) > head.size
        if not later and (published is None or published.checkpoint.size >= head.published):
            break
    if later:
        raise SealerError(
            f"the table stores a checkpoint of {max(stored)} leaves that the log's key signed, its head has "
            f"{head.size}: to go on would be to sign another history",
            _RESTORE,
        )
    if head.published > (published.checkpoint.size if published else 0):
        # A stranger's, nobody's, or set back: what is stored says the same.
        published = stored.get(head.published, published)
    return head, published


def _find_committers(objects: Objects, published: _Published | None) -> list[VerifierKey]:
    """Return the keys that a sealer of the log signed the published checkpoint with, and has not given up by that."""
    if published is None or not published.checkpoint.size:
        return published.signers if published else []
    retired = retired_keys(Tree(objects.get, published.checkpoint.size), published.checkpoint.root)
    return [key for key in published.signers if str(key) not in retired]


def _open(note: bytes, keys: list[VerifierKey]) -> _Published | None:
    try:
        return _Published(*open_checkpoint(note, keys))
    except AuditError:
        return None


def open_published(note: bytes, keys: list[VerifierKey]) -> Checkpoint | None:
    """Return the checkpoint that a note is, or None when none of the keys signed it."""
    found = _open(note, keys)
    return found.checkpoint if found else None


def _refuse_to_fork(head: Head, published: Checkpoint) -> None:
    """Raise when the head was set back: to go on would be to sign another history."""
    if published.size >= head.size and published.root != head.frontier.root():
        raise SealerError(
            f"the published checkpoint has {published.size} leaves, the head in the table {head.size} of another tree",
            "The table was set back. Restore it to the newest point in time; or go on as a new log, of another origin.",
        )


def _refuse_foreign_keys(head: Head, published: _Published) -> None:
    """Raise when the head names a key that did not sign what it is the head of: the log would be said to be its."""
    for one in (head.key, head.previous_key):
        if one and VerifierKey.parse(one.vkey) not in published.signers:
            raise SealerError("the head in the table names a key that did not sign the published checkpoint", _REMEDY)


def _refuse_to_be_misled(head: Head, seal: dict[str, Any]) -> None:
    """Raise when the head goes on from other hours and lanes than the newest published SEAL leaf says."""
    if seal.get("state") not in {None, head.state()}:
        raise SealerError(
            "the head in the table goes on from other hours and lanes than the newest SEAL leaf says",
            _REMEDY,
        )


def _refuse_uncommitted(head: Head, origin: str, keys: list[VerifierKey]) -> None:
    """Raise when the head commits to leaves of which no sealer of the log said so: they would be signed unseen."""
    text = head.commitment(origin).encode()
    if not any(key.verify(text, head.commit) for key in keys):
        raise SealerError(
            f"the head in the table commits to {head.size} leaves, which no sealer of this log has signed for",
            _REMEDY,
        )
