"""What would have to be changed in a log's stores so that an export of them is another export.

The attacks of the drill edit exports. Read as changes of stores, the same attacks can be made on tables, a bucket and
log groups, and an export of those must show them.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tapeproof.auditing.editor import NoTargetError
from tapeproof.auditing.rows import decode_value
from tapeproof.auditing.source import Line
from tapeproof.log.entry import entry_hash
from tapeproof.log.errors import AuditError
from tapeproof.log.merkle import leaf_hash
from tapeproof.log.note import parse_note
from tapeproof.log.objects import MAX_OBJECT_BYTES, read_regular
from tapeproof.verifier.folder import lines, part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["AUDIT", "MARKET", "StoreChanges", "compare_exports"]

AUDIT, MARKET = "audit", "market"
Key = tuple[str, str, str]
Item = dict[str, dict[str, Any]]
Manifest = dict[str, Any]


@dataclass(slots=True)
class StoreChanges:
    """Changes of stores.

    Attributes:
        items: Items of the audit and market tables by table, pk and sk; None for one that goes.
        objects: Objects of the tile bucket by path; None for one that goes.
        gone: Witness lines that go, as often as they are counted.
        added: Witness lines that come.
        head: What the sealer's head says, if that changes; nothing when it goes.
        keys: The verifier keys that the log is said to have, if they change.
        lines_since: From when on lines are said to be kept, if that changes.
    """

    items: dict[Key, Item | None] = field(default_factory=dict)
    objects: dict[str, bytes | None] = field(default_factory=dict)
    gone: Counter[Line] = field(default_factory=Counter)
    added: Counter[Line] = field(default_factory=Counter)
    head: Manifest | None = None
    keys: list[str] = field(default_factory=list)
    lines_since: int | None = None

    def __bool__(self) -> bool:
        """Return whether anything changes."""
        tables = self.items or self.objects or self.head is not None
        return bool(tables or self.gone or self.added or self.keys or self.lines_since is not None)


def compare_exports(before: Path, after: Path) -> StoreChanges:
    """Return how the stores of one export differ from those of another.

    Args:
        before: The export of the stores as they are.
        after: The export of them as they are to be; a file that is the same file in both is not read.

    Raises:
        NoTargetError: No stores are like that: two items have one key, or the export leaves stores out.
    """
    changes = StoreChanges()
    old, new = (json.loads((root / "export.json").read_bytes()) for root in (before, after))
    if (old.get("records"), bool(old.get("witness"))) != (new.get("records"), bool(new.get("witness"))):
        raise NoTargetError("only who makes an export can leave stores out of it")
    if old.get("head") != new.get("head"):
        changes.head = new.get("head") or {}
    if old.get("witness") != new.get("witness"):
        changes.lines_since = int(new["witness"]["since"])
    was: dict[Key, Item] = {}
    will: dict[Key, Item] = {}
    for path in sorted(_list_paths(before) | _list_paths(after)):
        if not _is_same(before / path, after / path):
            _compare(path, before, after, changes, was, will)
    changes.items = {key: will.get(key) for key in was.keys() | will.keys() if was.get(key) != will.get(key)}
    return changes


def _list_paths(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def _is_same(one: Path, two: Path) -> bool:
    return one.exists() and two.exists() and one.samefile(two)


def _compare(  # noqa: PLR0917 - the two sides of a comparison
    path: str, before: Path, after: Path, changes: StoreChanges, was: dict[Key, Item], will: dict[Key, Item]
) -> None:
    kind = path.partition("/")[0]
    reader = _READERS.get(kind)
    if path.endswith(".idx"):  # made from the files beside it
        return
    if reader:
        _collect(reader(before / path), was)
        _collect(reader(after / path), will)
    elif kind == "witness":
        said, says = Counter(_read_lines(before / path)), Counter(_read_lines(after / path))
        changes.gone += said - says
        changes.added += says - said
    elif kind in {"tile", "checkpoint"}:
        data = read_regular(after / path, MAX_OBJECT_BYTES)
        if data != read_regular(before / path, MAX_OBJECT_BYTES):
            changes.objects[path] = data
    elif kind == "keys.txt":
        changes.keys = (after / path).read_text(encoding="utf-8").split() if (after / path).exists() else []


def _collect(found: Iterator[tuple[Key, Item]], items: dict[Key, Item]) -> None:
    for key, item in found:
        if items.setdefault(key, item) != item:
            raise NoTargetError("no table can hold two items of one key")


def _read_lanes(path: Path) -> Iterator[tuple[Key, Item]]:
    lane = ""
    for line in _read(path):
        if line.startswith(b"#L "):
            lane = line.split(b" ")[1].decode()
            part = part_of(lane)
            if line.endswith(b" 1") and part:
                yield _place(AUDIT, f"E#{part.hour}#{part.shard}", lane)
        elif line.startswith(b"!"):
            told = json.loads(line[1:])
            more = {name: {"N": "1"} for name in told.get("more", ())}
            data = {name: {"B": bytes.fromhex(told[name])} for name in ("b", "h") if told.get(name)}
            yield _place(AUDIT, told["pk"], told["sk"], **data, **more)
        else:
            seq = int(line.split(b'"_seq":', 1)[1].split(b",", 1)[0])
            yield _place(AUDIT, f"L#{lane}", f"{seq:010d}", b={"B": line}, h={"B": entry_hash(line)})


def _read_records(path: Path) -> Iterator[tuple[Key, Item]]:
    for line in _read(path):
        item: Item = {name: decode_value(value) for name, value in json.loads(line).items()}
        yield (MARKET, item["pk"]["S"], item["sk"]["S"]), item


def _read_checkpoints(path: Path) -> Iterator[tuple[Key, Item]]:
    for line in _read(path):
        told, key_id = json.loads(line), ""
        with suppress(AuditError, IndexError):
            key_id = parse_note(told["note"].encode()).signatures[0].key_id.hex()
        yield _place(AUDIT, "C", told["sk"], note={"S": told["note"]}, key_id={"S": key_id})


def _read_controls(path: Path) -> Iterator[tuple[Key, Item]]:
    for line in _read(path):
        leaf, _, data = line.partition(b" ")
        yield _place(AUDIT, "C", f"LEAF#{int(leaf):016d}", b={"B": data}, h={"B": leaf_hash(data)})


def _read_requests(path: Path) -> Iterator[tuple[Key, Item]]:
    for line in _read(path):
        told = json.loads(line)
        attributes = {"entries": {"N": str(told["entries"])}, "export": {"S": told["export"]}, "by": {"S": told["by"]}}
        answered = {"leaf": {"N": str(told["leaf"])}} if told["leaf"] >= 0 else {}
        cited = {"close": {"N": str(told["close"])}} if told.get("close", -1) >= 0 else {}
        yield _place(AUDIT, "C", f"PRUNE#{told['epoch']}", **attributes, **answered, **cited)


def _read_lines(path: Path) -> Iterator[Line]:
    for line in _read(path):
        ingested, _, text = line.partition(b" ")
        yield Line(text.decode(errors="replace"), int(ingested)) if ingested.isdigit() else Line(line.decode(), 0)


def _place(table: str, pk: str, sk: str, **attributes: dict[str, Any]) -> tuple[Key, Item]:
    return (table, pk, sk), {"pk": {"S": pk}, "sk": {"S": sk}, **attributes}


def _read(path: Path) -> Iterator[bytes]:
    yield from lines(path) if path.exists() else ()


_READERS: dict[str, Callable[[Path], Iterator[tuple[Key, Item]]]] = {
    "lanes": _read_lanes,
    "records": _read_records,
    "latest": _read_records,
    "checkpoints.gz": _read_checkpoints,
    "controls.gz": _read_controls,
    "requests.gz": _read_requests,
}
