"""That the log a proof is of goes on from a pin: whoever holds the log's key may sign any history, but not both.

RFC 9162 section 2.1.4 describes the paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.auditing.errors import SourceError
from tapeproof.log.merkle import verify_consistency

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tapeproof.log.checkpoint import Checkpoint
    from tapeproof.log.tiles import Tree
    from tapeproof.verifier.history import Pin

__all__ = ["find_pin_fault", "find_unproved_pins", "prove_paths", "read_hashes"]

_MOST_PATHS = 1_000


def prove_paths(pins: Sequence[Pin], tree: Tree, origin: str) -> list[dict[str, Any]]:
    """Return, for a proof, the path from the size of each pin to a tree's.

    Args:
        pins: Pins of the log.
        tree: The tree that the proof is of.
        origin: The log.

    Raises:
        SourceError: A pin is of another log, or of a larger tree.
    """
    for pin in pins:
        pinned = pin.stored.checkpoint
        if pinned.origin != origin:
            raise SourceError(f"{pin.path} is a pin of {pinned.origin}, not of {origin}", "Give a pin of this log.")
        if pinned.size > tree.size:
            raise SourceError(
                f"{pin.path} has {pinned.size} leaves, the export only {tree.size}", "Make the export again."
            )
    sizes = sorted({pin.stored.checkpoint.size for pin in pins} - {0})
    return [{"size": size, "path": [one.hex() for one in tree.consistency_proof(size)]} for size in sizes]


def find_pin_fault(proof: Mapping[str, Any], checkpoint: Checkpoint, pins: Iterable[Pin]) -> str:
    """Return what is wrong with the log of a proof, held against pins; nothing when nothing is, or nothing is shown.

    Args:
        proof: The parsed file.
        checkpoint: The checkpoint in it, whose signature is right.
        pins: Pins of the reader.

    Raises:
        SourceError: One is of another log: nothing can be held against it.
    """
    paths = _read_paths(proof)
    for pin in pins:
        pinned = pin.stored.checkpoint
        if pinned.origin != checkpoint.origin:
            raise SourceError(
                f"{pin.path} is a pin of {pinned.origin}, the proof is of {checkpoint.origin}",
                "Give a pin of this log, or the proof of that pin.",
            )
        if pinned.size == checkpoint.size and pinned.root != checkpoint.root:
            return f"{pin.path} has another root of {pinned.size} leaves than the proof: the log was forked"
        path = paths.get(pinned.size)
        if path is None or not 0 < pinned.size < checkpoint.size:
            continue
        if not verify_consistency(pinned.size, checkpoint.size, pinned.root, checkpoint.root, path):
            return f"the log of the proof does not go on from {pin.path}: it was forked, or rolled back"
    return ""


def find_unproved_pins(proof: Mapping[str, Any], checkpoint: Checkpoint, pins: Iterable[Pin]) -> list[Pin]:
    """Return the pins of which a proof does not show whether its log goes on from them."""
    paths = _read_paths(proof)
    return [
        pin
        for pin in pins
        if (size := pin.stored.checkpoint.size) > checkpoint.size or (0 < size < checkpoint.size and size not in paths)
    ]


def read_hashes(texts: Sequence[str]) -> list[bytes]:
    """Return the hashes that a proof has in hex.

    Raises:
        ValueError: One is written otherwise, or it is no list of them.
    """
    if type(texts) is not list:
        raise ValueError("a path is a list of hashes")
    hashes = [bytes.fromhex(text) for text in texts]
    if [one.hex() for one in hashes] != list(texts):
        raise ValueError("a hash of a path is not written in small hex digits")
    return hashes


def _read_paths(proof: Mapping[str, Any]) -> dict[int, list[bytes]]:
    told = list(proof.get("consistency", ()))[:_MOST_PATHS]
    return {int(one["size"]): read_hashes(one["path"]) for one in told}
