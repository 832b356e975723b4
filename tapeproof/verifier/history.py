"""The checkpoints of an export: whether each is a state of the one tree, and what anchors the log outside."""

from __future__ import annotations

import calendar
import time
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from tapeproof.log.members import read_json
from tapeproof.log.note import NoteError, VerifierKey, parse_note
from tapeproof.log.objects import read_bounded
from tapeproof.verifier.controls import SKEW_NS
from tapeproof.verifier.findings import Attack, Finding, UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tapeproof.verifier.authority import Authority
    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.index import Index

__all__ = [
    "PIN_FORMAT",
    "PUBLISHED",
    "Found",
    "History",
    "NothingSignedError",
    "Pin",
    "Stored",
    "check_pins",
    "check_states",
    "read_history",
    "read_pin",
    "refuse_other_pins",
]

PIN_FORMAT = "tapeproof-pin/1"
_MOST_PIN_BYTES = 2_000_000
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
PUBLISHED = "the published checkpoint"
"""Where a checkpoint was found that is not one of those stored in the table."""


class NothingSignedError(UnusableError):
    """There is no readable checkpoint at all."""


class Stored(NamedTuple):
    """A checkpoint as it was found.

    Attributes:
        where: In words.
        checkpoint: What it says.
        data: The note.
    """

    where: str
    checkpoint: Checkpoint
    data: bytes


class Found(NamedTuple):
    """What is asked of every checkpoint of a history: its size and root, where it was found, and the note."""

    size: int
    root: bytes
    where: str
    note: bytes


class Pin(NamedTuple):
    """An anchor that was taken out of the account: a checkpoint and the keys that were trusted then.

    Attributes:
        path: The file.
        stored: The checkpoint.
        keys: The keys.
        made: When, nanoseconds since 1970; None where the file does not say.
    """

    path: str
    stored: Stored
    keys: list[VerifierKey]
    made: int | None = None


class History:
    """The checkpoints of an export, smallest first, without exact repetitions; a year of a log has half a million.

    Args:
        index: Where they are kept.
    """

    def __init__(self, index: Index) -> None:
        self._index = index

    def add(self, stored: Stored) -> None:
        """Remember a checkpoint; the first of several with one text is kept."""
        self._index.add_checkpoint(stored.checkpoint.size, stored.checkpoint.root, stored.data, stored.where)

    def __iter__(self) -> Iterator[Found]:
        return map(Found._make, self._index.checkpoints())

    def __len__(self) -> int:
        return self._index.count_checkpoints()

    def largest(self) -> int:
        """Return the size of the largest tree that a checkpoint names; 0 without checkpoints."""
        return next((size for size, *_ in self._index.checkpoints(backwards=True)), 0)

    def newest(self, keys: Iterable[VerifierKey], leaves: int, room: int) -> tuple[list[Stored], list[Stored]]:
        """Return the plausible checkpoints of the largest tree, several when the log was forked; and larger ones.

        Args:
            keys: Keys that may have signed.
            leaves: How many leaves the control leaves reach to. A note that none of the keys signed could claim any
                size; it is looked at only when there is something of that size to look at.
            room: How many leaves the store has room for: whoever signed it, a larger tree is not there.
        """
        plausible: list[Stored] = []
        larger: list[Stored] = []
        known = {(key.name, key.key_id): key for key in keys}
        for size, _, where, data in self._index.checkpoints(backwards=True):
            stored = Stored(where, parse_checkpoint(parse_note(data).text), data)
            if plausible and size < plausible[0].checkpoint.size:
                break
            note = parse_note(stored.data)
            signers = (known.get((one.name, one.key_id)) for one in note.signatures)
            signed = any(note.signed_by(key) for key in signers if key)
            if size > room:
                larger += [stored] if signed else []
            elif signed or size <= leaves:
                plausible.append(stored)
        return plausible, larger


def read_pin(path: Path) -> Pin:
    """Read a pin file.

    Raises:
        UnusableError: It is none.
    """
    try:
        pin: dict[str, Any] = read_json(read_bounded(path, _MOST_PIN_BYTES))
        if pin["format"] != PIN_FORMAT:
            raise UnusableError(f"{path} has format {pin['format']!r}, this program reads {PIN_FORMAT!r}")
        data = str(pin["checkpoint"]).encode()
        stored = Stored(str(path), parse_checkpoint(parse_note(data).text), data)
        keys = [VerifierKey.parse(key) for key in pin["keys"]]
        if not keys:
            raise UnusableError(f"{path} names no key: it would trust whichever the store names")
        open_checkpoint(data, keys)
        told = (pin.get("origin", stored.checkpoint.origin), pin.get("size", stored.checkpoint.size))
        if told != (stored.checkpoint.origin, stored.checkpoint.size):
            raise UnusableError(f"{path} names another origin or size than the checkpoint in it")
        return Pin(str(path), stored, keys, _read_made(path, pin.get("pinned")))
    except OSError as error:
        raise UnusableError(f"the pin {path} cannot be read: {error}", "`tapeproof audit pin` makes one.") from error
    except (AttributeError, LookupError, NoteError, RecursionError, TypeError, ValueError) as error:
        raise UnusableError(f"{path} is not a pin: {error}", "`tapeproof audit pin` makes one.") from error


def _read_made(path: Path, when: object) -> int | None:
    """Return when a pin says that it was made; raise for a time that is yet to come: `tapeproof` did not write that."""
    if when is None:
        return None
    if not isinstance(when, str):
        raise TypeError(f"its time is {str(when)[:40]!r}")
    made = calendar.timegm(time.strptime(when, _TIME_FORMAT)) * 10**9
    if made > time.time_ns() + SKEW_NS:
        raise UnusableError(
            f"{path} says that it was pinned at {when}, which is yet to come",
            "Give the pin as `tapeproof audit pin` wrote it; if it is, set this machine's clock right.",
        )
    return made


def read_history(
    notes: Iterable[tuple[str, bytes]], public: bytes | None, origin: str, report: Report, index: Index
) -> History:
    """Read the stored checkpoints and the published one.

    Args:
        notes: Sort key and note of the stored checkpoints.
        public: The published checkpoint, if there is one.
        origin: The log's origin.
        report: Takes findings.
        index: Where the checkpoints are kept.

    Raises:
        NothingSignedError: There is no checkpoint at all.
    """
    history = History(index)
    listed = ((f"the stored checkpoint {sk.lstrip('0') or '0'}", sk, data) for sk, data in notes)
    for where, sk, data in chain(listed, [(PUBLISHED, "", public)] if public is not None else []):
        try:
            checkpoint = parse_checkpoint(parse_note(data).text)
        except NoteError as error:
            report.add(Finding(Attack.CHECKPOINT_DAMAGED, f"{where}: {error.what}", subject=where))
            continue
        if checkpoint.origin != origin or (sk and sk != f"{checkpoint.size:016d}"):
            detail = f"{where} is of the log {checkpoint.origin} and has {checkpoint.size} leaves"
            report.add(Finding(Attack.CHECKPOINT_DAMAGED, detail, subject=where))
            continue
        history.add(Stored(where, checkpoint, data))
    for size in index.forked_sizes():
        report.add(
            Finding(Attack.LOG_FORKED, f"two checkpoints of {size} leaves have different roots", subject=str(size))
        )
    if not len(history):
        raise NothingSignedError(
            "there is no readable checkpoint: nothing was ever signed, or everything signed was removed",
            "Give a pin that was taken earlier (--pin) to hold against it.",
        )
    return history


def check_states(history: History, authority: Authority, report: Report) -> None:
    """Report every checkpoint that is not a state of the one tree."""
    for found in history:
        if found.size <= authority.size and authority.root(found.size) != found.root:
            detail = f"{found.where} names a root that the tree of {found.size} leaves does not have"
            report.add(Finding(Attack.LOG_FORKED, detail, subject=found.where))


def refuse_other_pins(pins: Iterable[Pin], origin: str) -> None:
    """Raise when a pin is of another log: nothing can be held against it.

    Raises:
        UnusableError: One is.
    """
    for pin in pins:
        if pin.stored.checkpoint.origin != origin:
            raise UnusableError(
                f"{pin.path} is a pin of {pin.stored.checkpoint.origin}, this is the log {origin}",
                "Give a pin of this log, or the log of that pin.",
            )


def check_pins(pins: Sequence[Pin], authority: Authority, report: Report) -> None:
    """Hold pinned checkpoints against the tree; those that fit are anchors."""
    for pin in pins:
        pinned = pin.stored.checkpoint
        if pinned.size > authority.size and (pin.made or 0) > report.as_of + SKEW_NS:
            # Of the time it is judged at the log may well have been no larger.
            report.notes.append(f"The pin {pin.path} was made later, of {pinned.size} leaves; it was not compared.")
        elif pinned.size > authority.size:
            detail = f"the pin {pin.path} saw {pinned.size} leaves, the log now has {authority.size}"
            report.add(Finding(Attack.ROLLED_BACK, detail, subject=pin.path))
        elif authority.root(pinned.size) != pinned.root:
            detail = f"the pin {pin.path} saw another tree of {pinned.size} leaves"
            report.add(Finding(Attack.LOG_FORKED, detail, subject=pin.path))
        elif pinned.size:
            text = f"pin {pin.path} at {pinned.size} of {authority.size} leaves, vouched for by whoever kept that file"
            rest = "; what came after rests on the log's own key" if pinned.size < authority.size else ""
            report.anchors.append(text + rest)
