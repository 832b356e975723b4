"""Changing an export as a rogue administrator could have changed the stores before it was made.

An edited export is exactly what ``tapeproof audit export`` would write of stores that were edited so: items go through
the same code that writes their lines.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.auditing.rows import audit_row
from tapeproof.log.checkpoint import parse_checkpoint
from tapeproof.log.control import SEAL, Run, parse_control
from tapeproof.log.entry import entry_hash
from tapeproof.log.errors import AuditError
from tapeproof.log.note import parse_note
from tapeproof.verifier.folder import ExportFolder, Part, lines, part_of
from tapeproof.verifier.streams import decode_line, parse_line, record_key
from tapeproof.verifier.verbatim import stored_item

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = ["Editor", "Item", "NoTargetError", "clone"]


class NoTargetError(AuditError):
    """The export has nothing that this attack could be made on."""


class Item(NamedTuple):
    """An ENTRY item."""

    sk: str
    data: bytes
    digest: bytes

    @classmethod
    def sound(cls, seq: int, data: bytes) -> Item:
        """Return the item that a writer would store."""
        return cls(f"{seq:010d}", data, entry_hash(data))


class Editor:
    """An export that is about to be tampered with.

    Args:
        root: The folder; its files are replaced, never changed in place.
        rng: Chooses victims.
    """

    def __init__(self, root: Path, rng: random.Random) -> None:
        self.root, self.rng = root, rng
        self._folder = ExportFolder(root)
        self.origin = self._folder.origin
        self.touched: set[str] = set()
        self.runs: dict[str, list[tuple[int, Run]]] = {}
        self.closed: set[str] = set()
        for leaf, data in self._folder.controls():
            members = parse_control(data)
            if members["act"] == SEAL:
                self._place(members["first"], members["runs"])
            elif "epoch" in members:
                self.closed.add(members["epoch"])
            del leaf

    def _place(self, leaf: int, runs: Iterable[Run]) -> None:
        for run in runs:
            self.runs.setdefault(run.lane, []).append((leaf, run))
            leaf += run.length

    @property
    def created(self) -> int:
        """Return when the export was made, nanoseconds since 1970."""
        return self._folder.created

    def count_sealed(self, lane: str) -> int:
        """Return how many entries of a lane are sealed."""
        return sum(run.length for _, run in self.runs.get(lane, ()))

    def leaf(self, lane: str, seq: int) -> int:
        """Return the leaf of a sealed entry."""
        for leaf, run in self.runs[lane]:
            if run.first <= seq < run.first + run.length:
                return leaf + seq - run.first
        raise NoTargetError(f"{lane} {seq} is not sealed")

    def take_lane(self, entries: int = 1, *, closed: bool | None = None) -> str:
        """Return a lane that no attack has touched yet.

        Args:
            entries: How many sealed entries it must have.
            closed: Whether its hour must be closed, or must not be.

        Raises:
            NoTargetError: There is none.
        """
        lanes = [
            lane
            for lane in sorted(self.runs)
            if lane not in self.touched
            and self.count_sealed(lane) >= entries
            and (closed is None or (lane[:10] in self.closed) is closed)
        ]
        if not lanes:
            where = {None: "", True: " in a closed hour", False: " in an open hour"}[closed]
            raise NoTargetError(f"needs a lane{where}" + (f" with {entries} entries" if entries > 1 else ""))
        lane = self.rng.choice(lanes)
        self.touched.add(lane)
        return lane

    def items(self, lane: str) -> list[Item]:
        """Return a lane's items."""
        return self._part(lane).get(lane, (False, []))[1]

    def save(self, lane: str, items: list[Item], *, listed: bool = True) -> None:
        """Replace a lane's items; with none and unlisted, the lane is gone."""
        lanes = self._part(lane)
        lanes[lane] = (listed, items)
        part = part_of(lane)
        if part is None:
            raise NoTargetError(f"{lane!r} is no lane")
        rows: list[bytes] = []
        for name, (is_listed, entries) in sorted(lanes.items()):
            if is_listed or entries:
                rows.append(f"#L {name} {int(is_listed)}".encode())
            for item in sorted(entries):
                keys = {"pk": {"S": f"L#{name}"}, "sk": {"S": item.sk}}
                row = audit_row({**keys, "b": {"B": item.data}, "h": {"B": item.digest}})
                rows.append(row[2] if row else b"")
        self.write(f"lanes/{part.name}", rows)

    def _part(self, lane: str) -> dict[str, tuple[bool, list[Item]]]:
        part = part_of(lane)
        lanes: dict[str, tuple[bool, list[Item]]] = {}
        name = ""
        for line in lines(self.root / "lanes" / part.name) if part else ():
            if line.startswith(b"#L "):
                name = line.split(b" ")[1].decode()
                lanes[name] = (line.endswith(b" 1"), [])
            elif line.startswith(b"!"):
                found = stored_item(line)
                if found:
                    lanes[name][1].append(Item(*found[1:]))
            else:
                seq = int(line.split(b'"_seq":', 1)[1].split(b",", 1)[0])
                lanes[name][1].append(Item.sound(seq, line))
        return lanes

    def lanes(self) -> list[str]:
        """Return every lane of the log, sealed or not."""
        names = {line.split(b" ")[1].decode() for part in self._folder.parts("lanes") for line in self._headers(part)}
        return sorted(names | self.runs.keys())

    def _headers(self, part: Part) -> Iterable[bytes]:
        return (line for line in lines(self._folder.path("lanes", part)) if line.startswith(b"#L "))

    def records(self, change: Callable[[dict[str, Any]], dict[str, Any] | None], lane: str) -> None:
        """Pass the records of a lane's part through ``change``, which may drop one."""
        part = part_of(lane)
        if part is None:
            return
        path = f"records/{part.name}"
        rows = []
        for line in lines(self.root / path):
            item = json.loads(line)
            kept = change(item) if record_key(decode_line(line))[0] == lane else item
            if kept is not None:
                rows.append(json.dumps(kept, ensure_ascii=False).encode())
        self.write(path, rows)

    def read_records(self, lane: str) -> list[dict[str, Any]]:
        """Return the records that cite a lane's entries."""
        part = part_of(lane)
        items = (decode_line(line) for line in lines(self.root / "records" / part.name)) if part else ()
        return [item for item in items if record_key(item)[0] == lane]

    def witness(self, change: Callable[[int, bytes], bytes | None], lane: str, extra: bytes | None = None) -> None:
        """Pass the witness lines of a lane through ``change``, which may drop one; ``extra`` is added."""
        part = part_of(lane)
        if part is None:
            return
        rows: list[tuple[str, int, bytes]] = []
        for raw in [*lines(self.root / "witness" / part.name), *([extra] if extra else [])]:
            ingested, _, text = raw.partition(b" ")
            line = parse_line(text, int(ingested))
            if line is None:
                continue
            kept = change(line.seq, raw) if line.lane == lane and raw != extra else raw
            if kept is not None:
                rows.append((line.lane, line.seq, kept))
        self.write(f"witness/{part.name}", [row for _, _, row in sorted(rows)])

    def drop_lines(self, later_than: int) -> None:
        """Drop the witness lines that CloudWatch Logs took in after a time, nanoseconds since 1970."""
        for part in self._folder.parts("witness"):
            rows = list(lines(self._folder.path("witness", part)))
            kept = [raw for raw in rows if int(raw.partition(b" ")[0]) * 10**6 <= later_than]
            self.write(f"witness/{part.name}", kept)

    def add_newest(self, lane: str, item: dict[str, Any]) -> None:
        """Add a newest record that cites an entry of a lane."""
        part = part_of(lane)
        if part is None:
            return
        path = f"latest/{part.name}"
        rows = [*lines(self.root / path), json.dumps(item, ensure_ascii=False).encode()]
        self.write(path, sorted(rows, key=lambda line: record_key(decode_line(line))))

    def add_attribute(self, lane: str, seq: int, name: str) -> None:
        """Give the item of an entry an attribute more."""
        part = part_of(lane)
        item = next(one for one in self.items(lane) if int(one.sk) == seq)
        keys = {"pk": {"S": f"L#{lane}"}, "sk": {"S": item.sk}}
        row = audit_row({**keys, "b": {"B": item.data}, "h": {"B": item.digest}, name: {"N": "1"}})
        if part and row:
            path = f"lanes/{part.name}"
            self.write(path, [row[2] if line == item.data else line for line in lines(self.root / path)])

    def has(self, kind: str) -> bool:
        """Return whether the export has ``records`` or ``witness`` lines."""
        return bool(self._folder.manifest.get(kind))

    @property
    def witnessed(self) -> tuple[int, int] | None:
        """Return the first and last time (ns since 1970) of which every sealed entry must have a witness line."""
        return self._folder.witnessed

    def checkpoints(self) -> list[tuple[int, bytes]]:
        """Return size and note of the stored checkpoints, oldest first."""
        found = [(parse_checkpoint(parse_note(note).text).size, note) for _, note in self._folder.checkpoints()]
        return sorted(found)

    def save_checkpoints(self, notes: list[tuple[int, bytes]], public: bytes | None) -> None:
        """Replace the stored checkpoints and the published one."""
        rows = [json.dumps({"sk": f"{size:016d}", "note": note.decode()}).encode() for size, note in notes]
        self.write("checkpoints.gz", rows)
        (self.root / "checkpoint").unlink(missing_ok=True)
        if public is not None:
            (self.root / "checkpoint").write_bytes(public)

    def controls(self) -> list[tuple[int, bytes]]:
        """Return index and bytes of the control leaves."""
        return list(self._folder.controls())

    def save_controls(self, leaves: Iterable[tuple[int, bytes]]) -> None:
        """Replace the control leaves."""
        self.write("controls.gz", [b"%d %b" % (leaf, data) for leaf, data in leaves])

    def keep_controls(self, below: int) -> None:
        """Drop the control leaves from an index on."""
        self.save_controls((leaf, data) for leaf, data in self.controls() if leaf < below)

    def set_head(self, size: int | None) -> None:
        """Set the sealer's head to a published size, or remove it."""
        head = None if size is None else {"size": str(size), "published": str(size), "ver": "1"}
        self.set_manifest(head=head)

    @property
    def head(self) -> dict[str, str]:
        """Return what the export says of the sealer's head; nothing when there is none."""
        head: dict[str, str] | None = self._manifest().get("head")
        return head or {}

    def set_manifest(self, **members: object) -> None:
        """Change what the export says of itself."""
        manifest = {**self._manifest(), **members}
        self.replace("export.json", json.dumps(manifest, indent=2, sort_keys=True).encode() + b"\n")

    def _manifest(self) -> dict[str, Any]:
        manifest: dict[str, Any] = json.loads((self.root / "export.json").read_bytes())
        return manifest

    def write(self, path: str, rows: list[bytes]) -> None:
        """Write a gzip file of lines."""
        self.replace(path, gzip.compress(b"".join(row + b"\n" for row in rows), 1, mtime=0))

    def replace(self, path: str, data: bytes) -> None:
        """Write a file anew, so that a hard link to the old one keeps the old content."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.draft")
        draft.write_bytes(data)
        draft.replace(target)


def clone(source: Path, target: Path) -> None:
    """Copy an export by hard links: quick, and safe because an editor replaces files."""
    for path in source.rglob("*"):
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir(parents=True, exist_ok=True)
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.hardlink_to(path)
