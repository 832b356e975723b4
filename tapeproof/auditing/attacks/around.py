"""Attacks on what is said and served around the entries: manifest, lists, newest records, control items, the index."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

from tapeproof.auditing.attacks.lanes import relink_items
from tapeproof.auditing.attacks.model import Done, found_as
from tapeproof.auditing.attacks.stores import delete_lines, delete_record, roll_back
from tapeproof.auditing.editor import Item, NoTargetError
from tapeproof.log.control import SEAL, parse_control
from tapeproof.log.tiles import TILE_WIDTH, entries_path, width_of
from tapeproof.verifier.events import EVENTS, ROW_BYTES
from tapeproof.verifier.findings import Attack, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.auditing.editor import Editor

__all__ = [
    "add_time_to_live",
    "cut_back",
    "date_back",
    "delete_middle_checkpoint",
    "edit_bundle",
    "forge_head",
    "forge_request",
    "leave_lines_out",
    "leave_records_out",
    "narrow_window",
    "repeat_member",
    "serve_other_newest",
    "strike_control",
    "strike_event",
    "strike_from_list",
]

_TS = re.compile(rb'"ts":"(\d{19})"')
_HOUR_NS = 3_600 * 10**9


def cut_back(editor: Editor) -> Done:
    """Roll everything back to an earlier checkpoint, and let the manifest say that the export is of that time."""
    done = roll_back(editor)
    size = editor.checkpoints()[-1][0]
    seals = [parse_control(data) for leaf, data in editor.controls() if leaf == size - 1]
    time = int(seals[0]["ts"]) if seals else editor.created
    window = {"since": "0", "until": str(time)} if editor.witnessed else None
    editor.drop_lines(later_than=time)
    editor.set_manifest(created=str(time), witness=window)
    return done


def narrow_window(editor: Editor) -> Done:
    """Delete a lane's lines, and let the manifest say that CloudWatch Logs keeps none of that time."""
    done = delete_lines(editor)
    editor.set_manifest(witness={"since": str(editor.created), "until": str(editor.created)})
    return done


def leave_lines_out(editor: Editor) -> Done:
    """Leave all witness lines out of the export."""
    if not editor.has("witness"):
        raise NoTargetError("the export has no witness lines")
    delete_lines(editor)
    shutil.rmtree(editor.root / "witness", ignore_errors=True)
    editor.set_manifest(witness=None)
    return Done(frozenset(), verdict=Verdict.INCOMPLETE)


def leave_records_out(editor: Editor) -> Done:
    """Delete a record, and leave all records out of the export."""
    delete_record(editor)
    for name in ("records", "latest"):
        shutil.rmtree(editor.root / name, ignore_errors=True)
    editor.set_manifest(records=False)
    return Done(frozenset(), verdict=Verdict.INCOMPLETE)


def repeat_member(editor: Editor) -> Done:
    """Append an entry that says its sequence twice, so that two readers may read two sequences."""
    return _append_entry(editor, lambda data: data.replace(b',"act"', b',"_seq":0,"act"', 1), Attack.ENTRY_MALFORMED)


def date_back(editor: Editor) -> Done:
    """Append an entry that is an hour older than the one before it."""

    def older(data: bytes) -> bytes:
        return _TS.sub(lambda match: b'"ts":"%019d"' % (int(match[1]) - _HOUR_NS), data)

    return _append_entry(editor, older, Attack.CLOCK_WRONG)


def _append_entry(editor: Editor, change: Callable[[bytes], bytes], attack: Attack) -> Done:
    lane = editor.take_lane(2, closed=False)
    items = editor.items(lane)
    seq = len(items)
    longer = relink_items([*items, items[-1]], seq)
    editor.save(lane, [*items, Item.sound(seq, change(longer[-1].data))])
    return found_as(attack, lane=lane)._replace(beside=frozenset({Attack.LINE_MISSING, Attack.STALE}))


def add_time_to_live(editor: Editor) -> Done:
    """Give an entry an attribute by which DynamoDB deletes it one day."""
    lane = editor.take_lane()
    seq = editor.rng.randrange(editor.count_sealed(lane))
    editor.add_attribute(lane, seq, "x")
    return found_as(Attack.ATTRIBUTE_ADDED, lane=lane, seq=seq)


def strike_from_list(editor: Editor) -> Done:
    """Strike a lane from its hour's list, by which readers find it."""
    lane = editor.take_lane()
    editor.save(lane, editor.items(lane), listed=False)
    return found_as(Attack.LISTING_DELETED, lane=lane)


def serve_other_newest(editor: Editor) -> Done:
    """Serve a newest record with another body than that of the entry it cites."""
    if not editor.has("records"):
        raise NoTargetError("the export has no records")
    lane = editor.take_lane()
    sealed, found = editor.count_sealed(lane), editor.read_records(lane)
    chosen = [item for item in found if "body" in item and int(item["a_seq"]["N"]) < sealed]
    if not chosen:
        raise NoTargetError(f"{lane} has no records")
    item = editor.rng.choice(chosen)
    kind, venue, symbol = [*item["pk"]["S"].split("#"), "", ""][:3]
    keys = {"pk": {"S": f"LATEST#{symbol}"}, "sk": {"S": f"{kind}#{venue}"}}
    editor.add_newest(lane, {**item, **keys, "body": {"S": item["body"]["S"] + " "}})
    return found_as(Attack.LATEST_FORGED, lane=lane, seq=int(item["a_seq"]["N"]))


def delete_middle_checkpoint(editor: Editor) -> Done:
    """Delete a stored checkpoint that is neither the first nor among the last."""
    notes = editor.checkpoints()
    if len(notes) < 4:  # noqa: PLR2004 - one in the middle
        raise NoTargetError("the export has fewer than four checkpoints")
    gone = editor.rng.randrange(1, len(notes) - 2)
    editor.save_checkpoints(notes[:gone] + notes[gone + 1 :], (editor.root / "checkpoint").read_bytes())
    return found_as(Attack.CHECKPOINT_MISSING)


def strike_control(editor: Editor) -> Done:
    """Delete a SEAL leaf's item, and with it which entries were sealed when."""
    leaves = [leaf for leaf, data in editor.controls() if parse_control(data)["act"] == SEAL]
    gone = editor.rng.choice(leaves)
    editor.save_controls([(leaf, data) for leaf, data in editor.controls() if leaf != gone])
    return found_as(Attack.CONTROL_DAMAGED)


def forge_request(editor: Editor) -> Done:
    """Put a request to prune an hour, and say that the log has answered it."""
    hours = sorted({lane[:10] for lane in editor.runs})
    if not hours:
        raise NoTargetError("the log has no hours")
    leaf = editor.checkpoints()[-1][0] - 1
    request = {"epoch": editor.rng.choice(hours), "entries": 1, "export": "0" * 64, "by": "nobody", "leaf": leaf}
    editor.write("requests.gz", [json.dumps(request).encode()])
    return found_as(Attack.REQUEST_FORGED)


def forge_head(editor: Editor) -> Done:
    """Give the sealer's head another tree to go on from."""
    if not editor.head.get("root"):
        raise NoTargetError("the export does not say which tree the sealer goes on from")
    editor.set_manifest(head={**editor.head, "root": "0" * 64})
    return found_as(Attack.HEAD_FORGED)


def strike_event(editor: Editor) -> Done:
    """Strike an event from the index, so that nobody finds its entry."""
    path = editor.root / EVENTS
    rows = path.read_bytes() if path.is_file() else b""
    if not rows:
        raise NoTargetError("the export has no index of events")
    at = editor.rng.randrange(len(rows) // ROW_BYTES) * ROW_BYTES
    editor.replace(EVENTS, rows[:at] + rows[at + ROW_BYTES :])
    return found_as(Attack.INDEX_DAMAGED)


def edit_bundle(editor: Editor) -> Done:
    """Publish another entry than the table's in an entry bundle."""
    size = editor.checkpoints()[-1][0]
    tile = editor.rng.randrange(-(-size // TILE_WIDTH))
    path = entries_path(tile, width_of(size, 0, tile))
    target = editor.root / path
    if not target.is_file():
        raise NoTargetError("the export has no entry bundles")
    data = target.read_bytes()
    at = data.index(b'"ts":"') + 6
    editor.replace(path, data[:at] + (b"2" if data[at : at + 1] == b"1" else b"1") + data[at + 1 :])
    return found_as(Attack.TILE_DAMAGED)
