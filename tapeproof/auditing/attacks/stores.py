"""Attacks on everything around the lanes: records, witness lines, checkpoints, keys, tiles, whole stores."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from tapeproof.auditing.attacks.lanes import falsify, relink_items
from tapeproof.auditing.attacks.model import Done, found_as
from tapeproof.auditing.ed25519_signing import public_key, sign
from tapeproof.auditing.editor import NoTargetError
from tapeproof.log.checkpoint import Checkpoint, parse_checkpoint
from tapeproof.log.entry import entry_hash
from tapeproof.log.errors import AuditError
from tapeproof.log.note import ED25519, Signature, VerifierKey, format_note, parse_note
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import TILE_WIDTH, Tree, grow, tile_path, width_of
from tapeproof.verifier.findings import Attack, Verdict

if TYPE_CHECKING:
    from tapeproof.auditing.editor import Editor

__all__ = [
    "add_line",
    "delete_checkpoints",
    "delete_lines",
    "delete_record",
    "edit_record",
    "fork_log",
    "go_stale",
    "replace_key",
    "roll_back",
    "sign_with_another_key",
    "swap_tiles",
    "truncate_tile",
    "wipe",
]

_TS = re.compile(rb'"ts":"\d{19}"')
_DAY_NS = 86_400 * 10**9
_ROGUE_SEED = bytes(range(32))


def edit_record(editor: Editor) -> Done:
    """Change a record's body and leave its entry alone."""
    lane, seq = _choose_recorded_entry(editor)

    def change(item: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        if item["a_seq"]["N"] == str(seq) and "body" in item:
            return {**item, "body": {"S": item["body"]["S"] + " "}}
        return item

    editor.records(change, lane)
    return found_as(Attack.RECORD_EDITED, lane=lane, seq=seq)


def delete_record(editor: Editor) -> Done:
    """Delete a record and leave its entry alone."""
    lane, seq = _choose_recorded_entry(editor)
    editor.records(lambda item: None if item["a_seq"]["N"] == str(seq) else item, lane)
    return found_as(Attack.RECORD_DELETED, lane=lane, seq=seq)


def _choose_recorded_entry(editor: Editor) -> tuple[str, int]:
    if not editor.has("records"):
        raise NoTargetError("the export has no records")
    while True:
        lane = editor.take_lane()
        seqs = [int(item.sk) for item in editor.items(lane)[: editor.count_sealed(lane)] if b'"rec":"' in item.data]
        if seqs:
            return lane, editor.rng.choice(seqs)


def delete_lines(editor: Editor) -> Done:
    """Delete a lane's lines from CloudWatch Logs."""
    lane = _choose_witnessed_lane(editor)
    editor.witness(lambda _seq, _raw: None, lane)
    return found_as(Attack.LINE_MISSING, lane=lane)._replace(verdict=Verdict.WITNESS_GAP)


def add_line(editor: Editor) -> Done:
    """Add a line to CloudWatch Logs that says what no entry says."""
    lane = _choose_witnessed_lane(editor)
    items = editor.items(lane)
    forged = relink_items([*items, items[-1]._replace(data=falsify(items[-1].data))], len(items))[-1]
    ingested = int(_TS.findall(forged.data)[-1][6:-1]) // 10**6
    extra = b'%d {"audit":{"h":"%b","b":%b}}' % (ingested, forged.digest.hex().encode(), forged.data)
    editor.witness(lambda _seq, raw: raw, lane, extra)
    return found_as(Attack.LINE_UNMATCHED, lane=lane, seq=len(items))


def _choose_witnessed_lane(editor: Editor) -> str:
    window = editor.witnessed
    if window is None:
        raise NoTargetError("the export has no witness lines")
    while True:
        lane = editor.take_lane()
        first = int(_TS.findall(editor.items(lane)[0].data)[-1][6:-1])
        if window[0] <= first <= window[1]:
            return lane


def delete_checkpoints(editor: Editor) -> Done:
    """Delete the newest checkpoints and put an older one in their place."""
    notes = editor.checkpoints()
    if len(notes) < 3:  # noqa: PLR2004 - something must be left, and something must go
        raise NoTargetError("the export has fewer than three checkpoints")
    kept = notes[: -editor.rng.randrange(1, len(notes) - 1)]
    _shrink_tiles(editor, notes[-1][0], kept[-1][0])
    editor.save_checkpoints(kept, kept[-1][1])
    beside = frozenset({Attack.ROLLED_BACK, Attack.STALE, Attack.INDEX_DAMAGED})
    return found_as(Attack.CHECKPOINTS_DELETED)._replace(beside=beside)


def wipe(editor: Editor) -> Done:
    """Delete every item, record, tile and checkpoint."""
    for name in ("lanes", "records", "tile"):
        shutil.rmtree(editor.root / name, ignore_errors=True)
    editor.save_checkpoints([], None)
    editor.keep_controls(0)
    editor.set_head(None)
    return found_as(Attack.WIPED)


def roll_back(editor: Editor) -> Done:
    """Restore tables and bucket to what they were at an earlier checkpoint."""
    notes = editor.checkpoints()
    if len(notes) < 2:  # noqa: PLR2004 - there must be an earlier one
        raise NoTargetError("the export has only one checkpoint")
    kept = notes[: -editor.rng.randrange(1, len(notes))]
    size = kept[-1][0]
    _shrink_tiles(editor, notes[-1][0], size)
    for lane in editor.lanes():
        sealed = sum(max(0, min(run.length, size - leaf)) for leaf, run in editor.runs.get(lane, ()))
        editor.save(lane, editor.items(lane)[:sealed], listed=sealed > 0)
        if editor.has("records"):
            _drop_records(editor, lane, sealed)
    editor.keep_controls(size)
    editor.save_checkpoints(kept, kept[-1][1])
    editor.set_head(size)
    beside = frozenset({Attack.LINE_UNMATCHED, Attack.STALE, Attack.INDEX_DAMAGED})
    return found_as(Attack.ROLLED_BACK)._replace(beside=beside)


def _drop_records(editor: Editor, lane: str, first: int) -> None:
    editor.records(lambda item: item if int(item["a_seq"]["N"]) < first else None, lane)


def _shrink_tiles(editor: Editor, old: int, size: int) -> None:
    """Leave the tiles that the bucket also had when the log was smaller."""
    files = Folder(editor.root)
    tree = Tree(files.get, old)
    try:
        leaves = [tree.leaf(index) for index in range(size)]
        entries = [entry for index in range(-(-size // TILE_WIDTH)) for entry in tree.bundle(index)][:size]
    except AuditError as error:
        raise NoTargetError(f"the tiles cannot be made smaller: {error.what}") from error
    shutil.rmtree(editor.root / "tile", ignore_errors=True)
    for path, data in grow(lambda _path: None, 0, leaves, entries).items():
        files.put(path, data)


def fork_log(editor: Editor) -> Done:
    """Publish a second checkpoint of the newest size with another root."""
    notes = editor.checkpoints()
    size, note = notes[-1]
    real = parse_checkpoint(parse_note(note).text)
    forged = _rogue_note(editor, Checkpoint(editor.origin, size, entry_hash(real.root)))
    editor.save_checkpoints(notes, forged)
    return found_as(Attack.LOG_FORKED)._replace(beside=frozenset({Attack.FOREIGN_SIGNATURE}))


def _rogue_note(editor: Editor, checkpoint: Checkpoint, key_id: bytes | None = None) -> bytes:
    key = VerifierKey(editor.origin, ED25519, public_key(_ROGUE_SEED))
    signature = sign(_ROGUE_SEED, checkpoint.text().encode())
    return format_note(checkpoint.text(), [Signature(key.name, key_id or key.key_id, signature)])


def replace_key(editor: Editor) -> Done:
    """Put another public key in the store, and sign every checkpoint anew with it."""
    key = VerifierKey(editor.origin, ED25519, public_key(_ROGUE_SEED))
    editor.replace("keys.txt", f"{key}\n".encode())
    notes = [
        (size, _rogue_note(editor, parse_checkpoint(parse_note(note).text))) for size, note in editor.checkpoints()
    ]
    editor.save_checkpoints(notes, notes[-1][1])
    return found_as(Attack.KEY_REPLACED)._replace(beside=frozenset({Attack.FOREIGN_SIGNATURE}))


def sign_with_another_key(editor: Editor) -> Done:
    """Sign the newest checkpoint anew with a key that is not the log's."""
    notes = editor.checkpoints()
    size, note = notes[-1]
    forged = _rogue_note(editor, parse_checkpoint(parse_note(note).text))
    editor.save_checkpoints([*notes[:-1], (size, forged)], forged)
    return found_as(Attack.FOREIGN_SIGNATURE)


def truncate_tile(editor: Editor) -> Done:
    """Cut a leaf tile short."""
    size = editor.checkpoints()[-1][0]
    index = editor.rng.randrange(-(-size // TILE_WIDTH))
    path = tile_path(0, index, width_of(size, 0, index))
    editor.replace(path, (editor.root / path).read_bytes()[:-32])
    return found_as(Attack.TILE_DAMAGED)


def swap_tiles(editor: Editor) -> Done:
    """Let two tiles change places: two leaf tiles, or in a small log a leaf tile and an entry bundle's order."""
    size = editor.checkpoints()[-1][0]
    full = size // TILE_WIDTH
    if full >= 2:  # noqa: PLR2004 - two tiles
        one, two = editor.rng.sample(range(full), 2)
        paths = tile_path(0, one), tile_path(0, two)
        first, second = ((editor.root / path).read_bytes() for path in paths)
        editor.replace(paths[0], second)
        editor.replace(paths[1], first)
        return found_as(Attack.TILES_SWAPPED, Attack.TILE_DAMAGED)
    path = tile_path(0, 0, width_of(size, 0, 0))
    data = (editor.root / path).read_bytes()
    editor.replace(path, data[32:] + data[:32])
    return found_as(Attack.TILE_DAMAGED)


def go_stale(editor: Editor) -> Done:
    """Stop the sealer: nothing is forged, but nothing is signed any more."""
    del editor
    return Done(frozenset({Attack.STALE}), later_ns=_DAY_NS, verdict=Verdict.STALE)
