"""What a restored audit table lacks of what its log has published, by lane and sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tapeproof.log.checkpoint import open_checkpoint
from tapeproof.log.control import is_control
from tapeproof.log.entry import parse
from tapeproof.log.errors import AuditError
from tapeproof.log.tiles import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.log.note import VerifierKey
    from tapeproof.log.objects import Objects
    from tapeproof.log.table import AuditTable

__all__ = ["Comparison", "MissingRun", "compare_with_published"]


class MissingRun(NamedTuple):
    """Entries of a lane, one after the other, that are published and not in the table.

    Attributes:
        lane: The lane.
        first: Sequence of the first of them.
        number: How many there are.
        decided_ns: When the first was decided, in nanoseconds since 1970.
    """

    lane: str
    first: int
    number: int
    decided_ns: int


class Comparison(NamedTuple):
    """A restored table beside the published log.

    Attributes:
        published: Leaves that the signed checkpoint covers.
        held: Leaves that the restored head covers; all before them were sealed when the table was as it is now.
        missing: Entries that are published and not in the table.
    """

    published: int
    held: int
    missing: list[MissingRun]


def compare_with_published(
    table: AuditTable, objects: Objects, origin: str, keys: list[VerifierKey], *, thorough: bool = False
) -> Comparison:
    """Return what a table lacks of the published log.

    Args:
        table: The restored audit table.
        objects: Where tiles and the checkpoint are; nothing of them is restored, because nothing of them was lost.
        origin: The log's origin.
        keys: Keys that may have signed the checkpoint.
        thorough: Look for every published entry, not only for those after the restored head.

    Raises:
        AuditError: The checkpoint is not signed by these keys, or is of another log, or the tiles do not lead to it.
    """
    checkpoint, _, _ = open_checkpoint(objects.get("checkpoint") or b"", keys)
    if checkpoint.origin != origin:
        raise AuditError(f"the published checkpoint is of the log {checkpoint.origin}")
    tree = Tree(objects.get, checkpoint.size)
    if tree.root() != checkpoint.root:
        raise AuditError(f"the tiles do not lead to the root that was signed for {tree.size} leaves")
    held = min(int((table.head() or {}).get("size", {}).get("N", "0")), tree.size)
    return Comparison(tree.size, held, _runs(_missing(table, tree, 0 if thorough else held)))


def _missing(table: AuditTable, tree: Tree, first: int) -> Iterator[MissingRun]:
    for leaf in range(first, tree.size):
        data = tree.entry(leaf)
        if is_control(data):
            continue
        entry = parse(data)
        if table.get(f"L#{entry.lane}", f"{entry.sequence:010d}") is None:
            yield MissingRun(entry.lane, entry.sequence, 1, entry.timestamp)


def _runs(missing: Iterator[MissingRun]) -> list[MissingRun]:
    """Join entries that follow one another."""
    found: dict[str, list[MissingRun]] = {}
    for one in missing:
        runs = found.setdefault(one.lane, [])
        if runs and runs[-1].first + runs[-1].number == one.first:
            runs[-1] = runs[-1]._replace(number=runs[-1].number + 1)
        else:
            runs.append(one)
    return sorted((run for runs in found.values() for run in runs), key=lambda run: run.decided_ns)
