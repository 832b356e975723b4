"""The proof of one event: its entry, its record, the path to the signed root. One small file that anyone can check.

``docs/formats/audit-log.md`` describes the file; checking it needs SHA-256, JSON and the log's verifier key.
"""

from __future__ import annotations

import json
import mmap
import re
from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.auditing.consistency import find_pin_fault, find_unproved_pins, prove_paths
from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.index import EVENTS, ROW_BYTES, event_digest, event_rows
from tapeproof.auditing.members import find_records
from tapeproof.log.attributes import binary, record_hashes
from tapeproof.log.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from tapeproof.log.control import KEYROT, is_control, parse_control
from tapeproof.log.entry import Entry, entry_hash, parse
from tapeproof.log.errors import AuditError, MalformedRecordError
from tapeproof.log.merkle import verify_inclusion
from tapeproof.log.note import NoteError, VerifierKey, parse_note
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import TILE_WIDTH, Tree
from tapeproof.verifier.findings import Verdict
from tapeproof.verifier.folder import ExportFolder, part_of
from tapeproof.verifier.leaves import leaf_room, levels_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tapeproof.verifier.history import Pin

__all__ = ["PROOF_FORMAT", "Checked", "check_proof", "proof_at", "proofs_of"]

_MOST_PROOFS, _MOST_ROTATIONS = 1_000, 100
PROOF_FORMAT = "tapeproof-proof/1"


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


def proofs_of(root: Path, event: str, pins: Sequence[Pin] = ()) -> list[dict[str, Any]]:
    """Return a proof for each entry that an event has in an export.

    Args:
        root: The export; it must hold entry bundles.
        event: An EventBridge event id, a natural key, or a leaf's index as ``#<index>``.
        pins: Pins that the log is proved to go on from.

    Raises:
        SourceError: The export has no such event, was made without bundles, or is older than a pin.
    """
    if re.fullmatch(r"#\d{1,18}", event, re.ASCII):
        return [proof_at(root, int(event[1:]), pins)]
    found = [proof_at(root, leaf, pins) for leaf in sorted(set(_leaves(root, event)))]
    found = [one for one in found if event in one["about"]] or _search_proofs(root, event, pins)
    if not found:
        raise SourceError(
            f"{root} has no entry about {event!r}",
            "Name an event id or a natural key type#venue#symbol#day#identity (docs/market-data.md).",
        )
    return found


def _leaves(root: Path, event: str) -> Iterator[int]:
    path = root / EVENTS
    if not (root / "tile" / "entries").is_dir():
        raise SourceError(f"{root} has no published entries", "Make the export with entry bundles.")
    if not path.is_file() or not path.stat().st_size:
        return
    wanted = event_digest(event)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as rows:
        count = len(rows) // ROW_BYTES
        at = bisect_left(range(count), wanted, key=lambda row: rows[row * ROW_BYTES : row * ROW_BYTES + 8])
        while at < count and rows[at * ROW_BYTES : at * ROW_BYTES + 8] == wanted:
            yield int.from_bytes(rows[at * ROW_BYTES + 8 : (at + 1) * ROW_BYTES], "big")
            at += 1


def _search_proofs(root: Path, event: str, pins: Sequence[Pin]) -> list[dict[str, Any]]:
    """Return the proofs of an event that the index does not know, from all entries: an index is not trusted."""
    note = Folder(root).get("checkpoint")
    if note is None:
        return []
    size = parse_checkpoint(parse_note(note).text).size
    rows = event_rows(root, min(size, leaf_room(root)))
    leaves = islice((leaf for name, leaf in rows if name == event), _MOST_PROOFS)
    return [proof_at(root, leaf, pins) for leaf in leaves]


def proof_at(root: Path, leaf: int, pins: Sequence[Pin] = ()) -> dict[str, Any]:
    """Return the proof for a leaf of an export, and that the log goes on from each of some pins.

    Raises:
        SourceError: There is no such leaf, or the export was made without bundles.
    """
    try:
        return _proof(root, leaf, pins)
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise SourceError(
            f"{root} is damaged at leaf {leaf}: {type(error).__name__}: {error}", "Verify the export first."
        ) from error


def _proof(root: Path, leaf: int, pins: Sequence[Pin]) -> dict[str, Any]:
    folder, files = ExportFolder(root), Folder(root)
    note = files.get("checkpoint")
    if note is None:
        raise SourceError(f"{root} has no checkpoint", "Make the export again.")
    size = parse_checkpoint(parse_note(note).text).size
    if not 0 <= leaf < size:
        raise SourceError(f"the log has {size} leaves, there is no leaf {leaf}", "Name a smaller index.")
    tree = Tree(files.get, size)
    data = tree.entry(leaf)
    proof: dict[str, Any] = {
        "format": PROOF_FORMAT,
        "origin": folder.origin,
        "leaf": leaf,
        "entry": data.decode(),
        "path": [one.hex() for one in tree.inclusion_proof(leaf)],
        "checkpoint": note.decode(),
        "keys": folder.verifier_keys(),
        "rotations": _rotations(folder, tree),
        "about": [],
        "records": [],
    }
    if pins:
        proof["consistency"] = prove_paths(pins, tree, folder.origin)
    if not is_control(data):
        entry = parse(data)
        proof["about"] = _about(entry.decisions)
        proof["records"] = _records(folder, entry)
    return proof


def _rotations(folder: ExportFolder, tree: Tree) -> list[dict[str, Any]]:
    """Return the log's key rotations, oldest first, each with its proof under the first checkpoint over it."""
    leaves = [(leaf, data) for leaf, data in folder.controls() if b'"act":"KEYROT"' in data and leaf < tree.size]
    notes = {int(sk): note for sk, note in folder.checkpoints() if sk.isdigit()} if leaves else {}
    rotations = []
    for leaf, data in leaves[:_MOST_ROTATIONS]:
        size = min((size for size in notes if leaf < size <= tree.size), default=0)
        if size:
            path = levels_tree(_reader(tree), size).inclusion_proof(leaf)
            proof = {"entry": data.decode(), "path": [one.hex() for one in path], "checkpoint": notes[size].decode()}
            rotations.append(proof)
    return rotations


def _reader(tree: Tree) -> Callable[[int, int, int], bytes]:
    """Return what reads consecutive hashes of a level of a tree that has grown since."""

    def read(level: int, index: int, count: int) -> bytes:
        tile, first = divmod(index, TILE_WIDTH)
        return b"".join(tree.tile(level, tile)[first : first + count])

    return read


def _about(decisions: list[dict[str, Any]]) -> list[str]:
    return [text for one in decisions for text in (one["evt"], one["key"])]


def _records(folder: ExportFolder, entry: Entry) -> list[dict[str, Any]]:
    part = part_of(entry.lane)
    if part is None or not folder.manifest.get("records"):
        return []
    return [json.loads(line) for line in find_records(folder.path("records", part), entry.lane, entry.sequence)]


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
        self._keys = [*keys, *(key for pin in pins for key in pin.keys)]

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
        for one in list(self._proof.get("rotations", []))[:_MOST_ROTATIONS]:
            data, path = one["entry"].encode(), [bytes.fromhex(part) for part in one["path"]]
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
        path = [bytes.fromhex(one) for one in self._proof["path"]]
        leaf = int(self._proof["leaf"])
        if verify_inclusion(leaf, checkpoint.size, entry_hash(data), path, checkpoint.root):
            return ""
        return "the entry and its path do not lead to the signed root"

    def _entry(self, data: bytes) -> str:
        try:
            decisions = [] if is_control(data) else parse(data).decisions
        except AuditError as error:
            return error.what
        if self._proof["about"] != _about(decisions):
            return "what the file says it is about is not what the entry is about"
        items = list(self._proof["records"])
        for index, decision in enumerate(decisions):
            mine = [one for one in items if int(one.get("a_item", {}).get("N", 0)) == index]
            if "rec" in decision and mine:
                items = [one for one in items if one not in mine]
                if fault := _record_fault(decision, mine, data):
                    return fault
                self._why.append(f"the record of {decision['key']} is the one that the entry commits to")
            elif "rec" in decision:
                self._why.append(f"the record of {decision['key']} is not in this file")
        return "the file holds records that the entry does not commit to" if items else ""


def _record_fault(decision: dict[str, Any], items: list[dict[str, Any]], data: bytes) -> str:
    entry = parse(data)
    cited = (entry.lane, entry.sequence, entry_hash(data))
    try:
        pay, whole = record_hashes(items)
        cites = {(item["a_lane"]["S"], int(item["a_seq"]["N"]), binary(item["a_hash"]["B"])) for item in items}
    except MalformedRecordError as error:
        return error.what
    except (LookupError, TypeError, ValueError):
        return f"the record of {decision['key']} lacks what the writer adds"
    if pay != decision["pay"]:
        return f"the record of {decision['key']} is not the one that the entry's pay commits to"
    if whole != decision["rec"]:
        return f"the record of {decision['key']} has keys or attributes that the entry's rec does not commit to"
    if cites != {cited}:
        return f"the record of {decision['key']} cites another entry"
    return ""
