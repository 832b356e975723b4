"""The proof of one event: its entry, its record, the path to the signed root. One small file that anyone can check.

``docs/formats/audit-log.md`` describes the file; checking it needs SHA-256, JSON and the log's verifier key.
"""

from __future__ import annotations

import json
import mmap
import re
from bisect import bisect_left
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from tapeproof.auditing.consistency import prove_paths
from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.index import event_rows
from tapeproof.auditing.members import find_records
from tapeproof.log.checkpoint import parse_checkpoint
from tapeproof.log.control import is_control
from tapeproof.log.entry import parse
from tapeproof.log.errors import AuditError
from tapeproof.log.merkle import leaf_hash
from tapeproof.log.note import parse_note
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import TILE_WIDTH, Tree
from tapeproof.verifier.events import EVENTS, ROW_BYTES, event_digest
from tapeproof.verifier.folder import ExportFolder, part_of
from tapeproof.verifier.leaves import leaf_room, levels_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tapeproof.log.entry import Entry
    from tapeproof.verifier.history import Pin

__all__ = ["MOST_ROTATIONS", "PROOF_FORMAT", "list_subjects", "proof_at", "proofs_of"]

PROOF_FORMAT = "tapeproof-proof/1"
_MOST_PROOFS = 1_000
MOST_ROTATIONS = 100
"""How many key rotations a proof shows and its reader follows."""


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
    prover = _Prover(root, pins)
    told = islice(_leaves(root, event), _MOST_PROOFS)
    found = [prover.prove(leaf) for leaf in sorted(set(told)) if event in prover.list_about(leaf)]
    found = found or [prover.prove(leaf) for leaf in _search_leaves(root, event)]
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


def _search_leaves(root: Path, event: str) -> Iterator[int]:
    """Yield the leaves of an event that the index does not know, from all entries: an index is not trusted."""
    note = Folder(root).get("checkpoint")
    if note is None:
        return
    size = parse_checkpoint(parse_note(note).text).size
    rows = event_rows(root, min(size, leaf_room(root)))
    yield from islice((leaf for name, leaf in rows if name == event), _MOST_PROOFS)


def proof_at(root: Path, leaf: int, pins: Sequence[Pin] = ()) -> dict[str, Any]:
    """Return the proof for a leaf of an export, and that the log goes on from each of some pins.

    Raises:
        SourceError: There is no such leaf, or the export was made without bundles.
    """
    return _Prover(root, pins).prove(leaf)


class _Prover:
    """Makes proofs of an export; what is the same in all of them is made once."""

    def __init__(self, root: Path, pins: Sequence[Pin]) -> None:
        self._root, self._pins, self._folder = root, pins, ExportFolder(root)
        files = Folder(root)
        self._note = files.get("checkpoint")
        if self._note is None:
            raise SourceError(f"{root} has no checkpoint", "Make the export again.")
        with self._explained("its checkpoint"):
            self._tree = Tree(files.get, parse_checkpoint(parse_note(self._note).text).size)
        self._common: dict[str, Any] = {}

    def list_about(self, leaf: int) -> list[str]:
        """Return what a leaf is about; nothing when there is no such leaf."""
        if not 0 <= leaf < self._tree.size:
            return []
        with self._explained(f"leaf {leaf}"):
            data = self._tree.entry(leaf)
            return [] if is_control(data) else list_subjects(parse(data).decisions)

    def prove(self, leaf: int) -> dict[str, Any]:
        """Return the proof for a leaf."""
        if not 0 <= leaf < self._tree.size:
            raise SourceError(f"the log has {self._tree.size} leaves, there is no leaf {leaf}", "Name a smaller index.")
        with self._explained(f"leaf {leaf}"):
            return self._prove(leaf, self._tree.entry(leaf))

    @contextmanager
    def _explained(self, where: str) -> Iterator[None]:
        try:
            yield
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
            if isinstance(error, AuditError):
                raise
            raise SourceError(
                f"{self._root} is damaged at {where}: {type(error).__name__}: {error}", "Verify the export first."
            ) from error

    def _prove(self, leaf: int, data: bytes) -> dict[str, Any]:
        self._common = self._common or {
            "keys": self._folder.verifier_keys(),
            "rotations": _rotations(self._folder, self._tree),
            "about": [],
            "records": [],
            **({"consistency": prove_paths(self._pins, self._tree, self._folder.origin)} if self._pins else {}),
        }
        proof = {
            "format": PROOF_FORMAT,
            "origin": self._folder.origin,
            "leaf": leaf,
            "entry": data.decode(),
            "path": [one.hex() for one in self._tree.inclusion_proof(leaf)],
            "checkpoint": (self._note or b"").decode(),
            **self._common,
        }
        if not is_control(data):
            entry = parse(data)
            proof["about"] = list_subjects(entry.decisions)
            proof["records"] = _records(self._folder, entry)
        return proof


def _rotations(folder: ExportFolder, tree: Tree) -> list[dict[str, Any]]:
    """Return the log's key rotations, oldest first, each with its proof under the first checkpoint over it."""
    leaves = [
        (leaf, data)
        for leaf, data in folder.controls()
        if b'"act":"KEYROT"' in data and leaf < tree.size and tree.leaf(leaf) == leaf_hash(data)
    ]
    notes = {int(sk): note for sk, note in folder.checkpoints() if sk.isdigit()} if leaves else {}
    rotations = []
    for leaf, data in leaves[:MOST_ROTATIONS]:
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


def list_subjects(decisions: list[dict[str, Any]]) -> list[str]:
    """Return what the decisions of an entry are about: event ids and natural keys."""
    return [text for one in decisions for text in (one["evt"], one["key"])]


def _records(folder: ExportFolder, entry: Entry) -> list[dict[str, Any]]:
    part = part_of(entry.lane)
    if part is None or not folder.manifest.get("records"):
        return []
    return [json.loads(line) for line in find_records(folder.path("records", part), entry.lane, entry.sequence)]
