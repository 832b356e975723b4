"""The check of a proof: its entry and record lie under a root that the log signed, and the log goes on from pins.

``docs/formats/audit-log.md`` describes the file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.auditing.consistency import find_pin_fault, find_unproved_pins, read_hashes
from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.proof import MOST_ROTATIONS, PROOF_FORMAT, list_subjects
from tapeproof.log.attributes import are_stamped, binary, record_hashes
from tapeproof.log.checkpoint import Checkpoint, open_checkpoint
from tapeproof.log.control import KEYROT, is_control, parse_control
from tapeproof.log.entry import entry_hash, parse
from tapeproof.log.errors import AuditError, MalformedRecordError
from tapeproof.log.merkle import verify_inclusion
from tapeproof.log.note import NoteError, VerifierKey, parse_note
from tapeproof.verifier.findings import Verdict
from tapeproof.verifier.streams import record_key
from tapeproof.verifier.trust import select_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.verifier.history import Pin

__all__ = ["MOST_BYTES", "Checked", "check_proof"]

MOST_BYTES = 16_000_000
"""What a proof may have: an entry, its records (a transaction holds 4 MB) and rotations have less."""


class Checked(NamedTuple):
    """What a proof is worth.

    Attributes:
        verdict: VERIFIED, UNANCHORED (signed by a key the reader does not know) or TAMPERED.
        why: In words, what was proved or what failed.
        entry: The entry's members.
    """

    verdict: Verdict
    why: list[str]
    entry: dict[str, Any]


def check_proof(proof: dict[str, Any], keys: Sequence[VerifierKey], pins: Sequence[Pin] = ()) -> Checked:
    """Check a proof.

    Args:
        proof: The parsed file.
        keys: Keys the reader trusts; without any, the keys inside the file only show that it is consistent.
        pins: Checkpoints that the log must go on from; their keys are trusted too. Where the file does not show that
            it does, the verdict is UNANCHORED.

    Raises:
        SourceError: It is no proof.
    """
    try:
        return _Check(proof, keys, pins).run()
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise SourceError(
            f"this is not a proof: {type(error).__name__}: {error}", "`tapeproof audit prove` makes one."
        ) from error


class _Check:
    def __init__(self, proof: dict[str, Any], keys: Sequence[VerifierKey], pins: Sequence[Pin]) -> None:
        if proof["format"] != PROOF_FORMAT:
            raise SourceError(f"this proof has the format {proof['format']!r}", f"This program reads {PROOF_FORMAT!r}.")
        self._proof, self._pins, self._why = proof, pins, list[str]()
        trusted = list(dict.fromkeys([*keys, *(key for pin in pins for key in pin.keys)]))
        self._keys = select_keys(trusted, proof["origin"])

    def run(self) -> Checked:
        data = self._proof["entry"].encode()
        trusted = bool(self._keys)
        keys = self._keys or [VerifierKey.parse(one) for one in self._proof["keys"]]
        note = self._proof["checkpoint"].encode()
        try:
            signed = bool(parse_note(note).signers(keys))
            if not signed and trusted:
                keys, trusted = self._follow_rotations(keys), True
                signed = bool(parse_note(note).signers(keys))
            if not signed:  # by a key that the reader does not know, which is not to say that it is wrong
                trusted, keys = False, [VerifierKey.parse(one) for one in self._proof["keys"]]
            checkpoint, _, signers = open_checkpoint(note, keys)
        except NoteError as error:
            return Checked(Verdict.TAMPERED, [f"the checkpoint is not signed by the log: {error.what}"], {})
        fault = (
            self._check_inclusion(checkpoint, data)
            or self._entry(data)
            or find_pin_fault(self._proof, checkpoint, self._pins)
        )
        if fault:
            return Checked(Verdict.TAMPERED, [fault], {})
        names = ", ".join(key.label for key in signers)
        self._why.insert(0, f"leaf {self._proof['leaf']} of {checkpoint.size} is under the root signed by {names}")
        for pin in find_unproved_pins(self._proof, checkpoint, self._pins):
            self._why.append(f"the file does not show that the log goes on from {pin.path}: ask for a proof with --pin")
            trusted = False
        verdict = Verdict.VERIFIED if trusted else Verdict.UNANCHORED
        return Checked(verdict, self._why, json.loads(data))

    def _follow_rotations(self, keys: list[VerifierKey]) -> list[VerifierKey]:
        """Return the keys and those they were rotated to, as far as the file proves it.

        A rotation is proved by its leaf under a checkpoint that the old key and the new one signed.
        """
        known = list(keys)
        for one in list(self._proof.get("rotations", []))[:MOST_ROTATIONS]:
            data, path = one["entry"].encode(), read_hashes(one["path"])
            members = parse_control(data)
            old, new = (VerifierKey.parse(str(members.get(name))) for name in ("old", "new"))
            checkpoint, _, signers = open_checkpoint(one["checkpoint"].encode(), [old, new])
            right = members["act"] == KEYROT and members["_log"] == checkpoint.origin == self._proof["origin"]
            leaf = int(members["_n"])
            proved = verify_inclusion(leaf, checkpoint.size, entry_hash(data), path, checkpoint.root)
            if right and proved and old in known and {*signers} >= {old, new}:
                known.append(new)
        return known

    def _check_inclusion(self, checkpoint: Checkpoint, data: bytes) -> str:
        if checkpoint.origin != self._proof["origin"]:
            return f"the checkpoint is of the log {checkpoint.origin}"
        path = read_hashes(self._proof["path"])
        leaf = self._proof["leaf"]
        if type(leaf) is not int:
            return f"the leaf {str(leaf)[:40]!r} is no number"
        if verify_inclusion(leaf, checkpoint.size, entry_hash(data), path, checkpoint.root):
            return ""
        return "the entry and its path do not lead to the signed root"

    def _entry(self, data: bytes) -> str:
        try:
            decisions = [] if is_control(data) else parse(data).decisions
        except AuditError as error:
            return error.what
        if self._proof["about"] != list_subjects(decisions):
            return "what the file says it is about is not what the entry is about"
        items = list(self._proof["records"])
        for index, decision in enumerate(decisions):
            mine = [one for one in items if _item_of(one) == index]
            if "rec" in decision and mine:
                items = [one for one in items if one not in mine]
                if fault := _record_fault(decision, mine, data, index if len(decisions) > 1 else None):
                    return fault
                self._why.append(f"the record of {decision['key']} is the one that the entry commits to")
            elif "rec" in decision:
                self._why.append(f"the record of {decision['key']} is not in this file")
        return "the file holds records that the entry does not commit to" if items else ""


def _item_of(record: dict[str, Any]) -> int:
    """Return which decision of its entry a record cites; -1 when it cites none."""
    try:
        return record_key(record)[2]
    except (LookupError, TypeError, ValueError):
        return -1


def _record_fault(decision: dict[str, Any], items: list[dict[str, Any]], data: bytes, item: int | None) -> str:
    entry = parse(data)
    try:
        pay, whole = record_hashes(items)
        is_cited = {record_key(one)[:2] for one in items} == {(entry.lane, entry.sequence)}
        is_stamped = are_stamped(items, item, entry_hash(data)) and binary(items[0]["a_pay"]["B"]).hex() == pay
    except MalformedRecordError as error:
        return error.what
    except (LookupError, TypeError, ValueError):
        return f"the record of {decision['key']} lacks what the writer adds"
    if pay != decision["pay"]:
        return f"the record of {decision['key']} is not the one that the entry's pay commits to"
    if whole != decision["rec"]:
        return f"the record of {decision['key']} has keys or attributes that the entry's rec does not commit to"
    if not (is_cited and is_stamped):
        return f"the record of {decision['key']} cites another entry, or has an attribute that no writer gives it"
    return ""
