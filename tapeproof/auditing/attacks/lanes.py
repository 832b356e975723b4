"""Attacks on entries and lanes: edit, delete, insert, reorder, duplicate, swap, fork, and lie about the time."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tapeproof.auditing.attacks.model import Done, found_as
from tapeproof.auditing.editor import Item
from tapeproof.log.entry import genesis, hour_of
from tapeproof.verifier.findings import Attack

if TYPE_CHECKING:
    from tapeproof.auditing.editor import Editor

__all__ = [
    "delete_entry",
    "delete_lane",
    "delete_tail",
    "duplicate_entry",
    "edit_and_rehash",
    "edit_entry",
    "falsify",
    "fork_lane",
    "future_times",
    "insert_entry",
    "insert_lane",
    "linear_fake",
    "relink_items",
    "reorder",
    "rewrite_lane",
    "swap_lanes",
]

_PREV = re.compile(rb'"_prev":"[0-9a-f]{64}"')
_SEQ = re.compile(rb'"_seq":\d+')
_LANE = re.compile(rb'"_lane":"[^"]*"')
_TS = re.compile(rb'"ts":"\d{19}"')
_DAY_NS = 86_400 * 10**9


def falsify(data: bytes) -> bytes:
    """Return an entry whose first payload hash has another first digit."""
    at = data.index(b'"pay":"') + 7
    return data[:at] + (b"0" if data[at : at + 1] != b"0" else b"1") + data[at + 1 :]


def relink_items(items: list[Item], first: int) -> list[Item]:
    """Return a lane's items with links, sequences and hashes recomputed from one on."""
    result = list(items[:first])
    for seq in range(first, len(items)):
        data = items[seq].data
        if seq:
            data = _PREV.sub(b'"_prev":"' + result[-1].digest.hex().encode() + b'"', data, count=1)
        data = _SEQ.sub(b'"_seq":%d' % seq, data, count=1)
        result.append(Item.sound(seq, data))
    return result


def edit_entry(editor: Editor) -> Done:
    """Change one digit of a stored entry and nothing else."""
    lane = editor.take_lane()
    items = editor.items(lane)
    seq = editor.rng.randrange(editor.count_sealed(lane))
    items[seq] = items[seq]._replace(data=falsify(items[seq].data))
    editor.save(lane, items)
    return found_as(Attack.ENTRY_EDITED, lane=lane, seq=seq)


def edit_and_rehash(editor: Editor) -> Done:
    """Change an entry and store its new hash beside it."""
    lane = editor.take_lane(2)
    items = editor.items(lane)
    seq = editor.rng.randrange(editor.count_sealed(lane))
    items[seq] = Item.sound(seq, falsify(items[seq].data))
    editor.save(lane, items)
    return found_as(Attack.ENTRY_REHASHED, lane=lane, seq=seq)


def rewrite_lane(editor: Editor) -> Done:
    """Change an entry and recompute every link and hash after it."""
    lane = editor.take_lane(2)
    items = editor.items(lane)
    seq = editor.rng.randrange(editor.count_sealed(lane) - 1)
    items[seq] = items[seq]._replace(data=falsify(items[seq].data))
    editor.save(lane, relink_items(items, seq))
    return found_as(Attack.LANE_REWRITTEN, lane=lane, seq=seq)


def linear_fake(editor: Editor) -> Done:
    """Link forged entries to each other and let the chain end in an old, genuine entry."""
    lane = editor.take_lane(4)
    items = editor.items(lane)
    seq, last = 0, editor.count_sealed(lane) - 1
    items[seq] = items[seq]._replace(data=falsify(items[seq].data))
    editor.save(lane, [*relink_items(items[:last], seq), *items[last:]])
    return found_as(Attack.LINEAR_FAKE, lane=lane, seq=seq)


def delete_entry(editor: Editor) -> Done:
    """Delete an entry out of the middle."""
    lane = editor.take_lane(2)
    items = editor.items(lane)
    seq = editor.rng.randrange(editor.count_sealed(lane) - 1)
    editor.save(lane, items[:seq] + items[seq + 1 :])
    return found_as(Attack.ENTRY_DELETED, lane=lane, seq=seq)


def delete_tail(editor: Editor) -> Done:
    """Delete a lane's last entries."""
    lane = editor.take_lane(2)
    seq = editor.rng.randrange(1, editor.count_sealed(lane))
    editor.save(lane, editor.items(lane)[:seq])
    return found_as(Attack.LANE_TRUNCATED, lane=lane, seq=seq)


def delete_lane(editor: Editor) -> Done:
    """Delete a lane, and strike it from its hour's list."""
    lane = editor.take_lane()
    editor.save(lane, [], listed=False)
    return found_as(Attack.LANE_DELETED, lane=lane)


def insert_entry(editor: Editor) -> Done:
    """Append a well-formed entry to a lane of a closed hour."""
    lane = editor.take_lane(2, closed=True)
    items = editor.items(lane)
    seq = len(items)
    editor.save(lane, relink_items([*items, items[-1]._replace(data=falsify(items[-1].data))], seq))
    return found_as(Attack.ENTRY_INSERTED, lane=lane, seq=seq)._replace(beside=frozenset({Attack.LINE_MISSING}))


def _lane_like(editor: Editor, name: str, items: list[Item]) -> None:
    """Write a lane under another name, sound in itself."""
    first = _LANE.sub(b'"_lane":"' + name.encode() + b'"', items[0].data, count=1)
    first = _PREV.sub(b'"_prev":"' + genesis(editor.origin, name).encode() + b'"', first, count=1)
    renamed = [Item.sound(0, first)]
    renamed += [
        one._replace(data=_LANE.sub(b'"_lane":"' + name.encode() + b'"', one.data, count=1)) for one in items[1:]
    ]
    editor.save(name, relink_items(renamed, 1))


def insert_lane(editor: Editor) -> Done:
    """Add a whole lane, listed and sound in itself, to a closed hour."""
    lane = editor.take_lane(closed=True)
    name = f"{lane.rpartition('.')[0]}.{editor.rng.randbytes(16).hex()}"
    _lane_like(editor, name, editor.items(lane))
    return found_as(Attack.LANE_INSERTED, lane=name)._replace(beside=frozenset({Attack.LINE_MISSING}))


def reorder(editor: Editor) -> Done:
    """Let two entries change places."""
    lane = editor.take_lane(2)
    items = editor.items(lane)
    seq = editor.rng.randrange(editor.count_sealed(lane) - 1)
    one, two = items[seq], items[seq + 1]
    items[seq], items[seq + 1] = two._replace(sk=one.sk), one._replace(sk=two.sk)
    editor.save(lane, items)
    return found_as(Attack.REORDERED, lane=lane, seq=seq)


def duplicate_entry(editor: Editor) -> Done:
    """Store an entry a second time at the lane's end."""
    lane = editor.take_lane()
    items = editor.items(lane)
    seq = len(items)
    copied = editor.rng.choice(items[: editor.count_sealed(lane)])
    editor.save(lane, [*items, copied._replace(sk=f"{seq:010d}")])
    return found_as(Attack.ENTRY_DUPLICATED, lane=lane, seq=seq)


def swap_lanes(editor: Editor) -> Done:
    """Store two lanes under each other's name."""
    one, two = editor.take_lane(), editor.take_lane()
    first, second = editor.items(one), editor.items(two)
    editor.save(one, second)
    editor.save(two, first)
    return found_as(Attack.LANES_SWAPPED, lane=one)


def fork_lane(editor: Editor) -> Done:
    """Write into a living writer's lane, so that the writer finds a stranger's entry and opens another lane."""
    lane = editor.take_lane(2, closed=False)
    items = editor.items(lane)
    seq = len(items)
    editor.save(lane, relink_items([*items, items[-1]._replace(data=falsify(items[-1].data))], seq))
    name = f"{lane.rpartition('.')[0]}.{editor.rng.randbytes(16).hex()}"
    opening = json.loads(items[0].data)
    prior = {"hash": items[-1].digest.hex(), "lane": lane, "seq": seq - 1}
    opening["gen"] = {**opening["gen"], "reason": "forked", "prior": prior}
    data = json.dumps(opening, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    # Its own first time: after everything the lane it leaves had seen.
    latest = _TS.findall(items[-1].data)[-1]
    _lane_like(editor, name, [Item.sound(0, _TS.sub(latest, data))])
    return found_as(Attack.LANE_FORKED, lane=lane, seq=seq)


def future_times(editor: Editor) -> Done:
    """Add a lane of an hour that has not come yet, sound in itself and listed."""
    lane = editor.take_lane()
    items = editor.items(lane)[:1]
    later = editor.created + _DAY_NS
    name = f"{hour_of(later)}.{lane.split('.')[1]}.{editor.rng.randbytes(16).hex()}"
    items = [Item.sound(0, _TS.sub(b'"ts":"%019d"' % later, one.data)) for one in items]
    _lane_like(editor, name, items)
    return found_as(Attack.FUTURE_TIME, lane=name, seq=0)
