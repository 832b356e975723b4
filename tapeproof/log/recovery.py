"""The sealer's head, recomputed from nothing but what the log has published: checkpoint, tiles and entry bundles.

Whoever may write the audit table may write its head. The newest SEAL leaf commits to the state that the sealer goes on
from, and the signed checkpoint commits to that leaf, so a head can be checked, and a lost one made again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.checkpoint import open_checkpoint
from tapeproof.log.control import BROKEN, CLOSE, KEYROT, SEAL, Run, is_control, parse_control
from tapeproof.log.entry import genesis, hour_of
from tapeproof.log.errors import AuditError
from tapeproof.log.head import Cursor, Head
from tapeproof.log.hours import SKEW_SECONDS, hour_seconds, next_hour
from tapeproof.log.merkle import Frontier, leaf_hash
from tapeproof.log.tiles import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.log.head import SigningKey
    from tapeproof.log.note import VerifierKey
    from tapeproof.log.objects import Objects

__all__ = ["perfect_roots", "published_seal", "recover_head", "retired_keys"]

_LOOK_BACK_HOURS = 50


class _Placed(NamedTuple):
    run: Run
    leaf: int


def published_seal(tree: Tree, root: bytes) -> dict[str, Any]:
    """Return the SEAL leaf that ends a published tree.

    Args:
        tree: The tree, read from tiles.
        root: Its signed root.

    Raises:
        AuditError: The tiles do not lead to the root, or the leaf is none of the sealer's.
    """
    if tree.root() != root:
        raise AuditError(f"the tiles do not lead to the root that was signed for {tree.size} leaves")
    members = _control(tree, tree.size - 1)
    if members is None or members["act"] != SEAL:
        raise AuditError(f"leaf {tree.size - 1} is not a SEAL leaf")
    return members


def retired_keys(tree: Tree, root: bytes) -> set[str]:
    """Return the verifier keys that signed a published tree for the last time, as its last leaves say.

    Args:
        tree: The tree, read from tiles.
        root: Its signed root.

    Raises:
        AuditError: The tiles do not lead to the root, or do not hold what its last leaves are.
    """
    retired, at = set[str](), tree.size - 2
    published_seal(tree, root)
    while at >= 0 and (members := _control(tree, at)) and members["act"] != SEAL:
        retired |= {members["old"]} if members["act"] == KEYROT else set()
        at -= 1
    return retired


def recover_head(objects: Objects, origin: str, keys: list[VerifierKey], key: SigningKey, version: int) -> Head:
    """Return the head of a log as its newest published checkpoint has it.

    Args:
        objects: Where tiles and the checkpoint are.
        origin: The log's origin.
        keys: Keys that may have signed the checkpoint.
        key: The key that signs now.
        version: The version of the head that is replaced.

    Raises:
        AuditError: The checkpoint is not signed by these keys, or what is published does not lead to it.
    """
    checkpoint, _, _ = open_checkpoint(objects.get("checkpoint") or b"", keys)
    if checkpoint.origin != origin:
        raise AuditError(f"the published checkpoint is of the log {checkpoint.origin}")
    tree = Tree(objects.get, checkpoint.size)
    newest = published_seal(tree, checkpoint.root)
    closed, runs, broken, last = _walk(tree)
    frontier = Frontier(tree.size, perfect_roots(tree))
    for hour in [closed] if closed else _candidates(last):
        cursors = _cursors(tree, origin, _open_hours(hour, last), runs, broken)
        head = Head(version, frontier, tree.size, hour, key, None, cursors)
        if newest.get("state") in {None, head.state()}:
            return head
    raise AuditError(
        "what is published does not add up to the state that the newest SEAL leaf commits to",
        "Verify the log; what the sealer went on from cannot be told.",
    )


def perfect_roots(tree: Tree) -> list[bytes]:
    """Return the roots of a tree's perfect subtrees, largest first."""
    roots, low = [], 0
    for height in range(tree.size.bit_length() - 1, -1, -1):
        if tree.size >> height & 1:
            roots.append(tree.root(low, low + (1 << height)))
            low += 1 << height
    return roots


def _control(tree: Tree, leaf: int) -> dict[str, Any] | None:
    data = tree.entry(leaf)
    if leaf_hash(data) != tree.leaf(leaf):
        raise AuditError(f"the published entry of leaf {leaf} is not the one that its tile has")
    return parse_control(data) if is_control(data) else None


def _walk(tree: Tree) -> tuple[str, list[_Placed], dict[str, int], str]:
    """Return the newest closed hour, runs and broken lanes as far back as open hours reach, and the last hour seen."""
    last, closed, runs, broken = "", "", list[_Placed](), dict[str, int]()
    at = tree.size - 1
    while at >= 0:
        seal = _control(tree, at)
        if seal is None or seal["act"] != SEAL:
            raise AuditError(f"leaf {at} is not a SEAL leaf")
        last, leaf = max(last, hour_of(int(seal["ts"]))), seal["first"]
        for run in seal["runs"]:
            runs.append(_Placed(run, leaf))
            leaf += run.length
        for between in range(leaf, at):
            members = _control(tree, between) or {"act": ""}
            if members["act"] == CLOSE:
                closed = max(closed, members["epoch"])
            elif members["act"] == BROKEN:
                broken[members["lane"]] = members["seq"]
        if closed and int(seal["ts"]) < hour_seconds(next_hour(closed)) * 10**9 - SKEW_SECONDS * 10**9:
            break
        at = seal["first"] - 1
    return closed, runs, broken, last


def _candidates(last: str) -> Iterator[str]:
    """Yield the hours that a log which has closed none may have begun after."""
    for step in range(1, _LOOK_BACK_HOURS + 1):
        yield next_hour(last, -step)


def _open_hours(closed: str, last: str) -> list[str]:
    hours, hour = [], next_hour(closed)
    while hour <= last:
        hours.append(hour)
        hour = next_hour(hour)
    return hours


def _cursors(
    tree: Tree, origin: str, hours: list[str], runs: list[_Placed], broken: dict[str, int]
) -> dict[str, dict[str, Cursor]]:
    cursors: dict[str, dict[str, Cursor]] = {hour: {} for hour in hours}
    for run, leaf in runs:
        lanes = cursors.get(run.lane[:10])
        if lanes is None:
            continue
        end = run.first + run.length
        if run.lane not in lanes or lanes[run.lane].entries < end:
            lanes[run.lane] = Cursor(end, tree.leaf(leaf + run.length - 1), run.lane in broken)
    for lane in broken:
        lanes = cursors.get(lane[:10])
        if lanes is not None and lane not in lanes:
            lanes[lane] = Cursor(0, bytes.fromhex(genesis(origin, lane)), broken=True)
    return cursors
