"""Every single change that can be made to an export or to live stores: each file, line, member, item and attribute."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.unit.log.world import World

Change = tuple[str, "Callable[[Path], object]"]
Deed = tuple[str, "Callable[[World], object]"]


def flipped(data: bytes, at: int) -> bytes:
    """Return bytes with one of them changed into another that is as printable."""
    other = data[at] ^ 1 if data[at] not in b"\n\x0b" else ord("x")
    return data[:at] + bytes([other]) + data[at + 1 :]


def lists(lines: list[bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """Yield each list of lines that one change makes of another."""
    for at, line in enumerate(lines):
        yield f"{at} deleted", lines[:at] + lines[at + 1 :]
        yield f"{at} twice", [*lines[:at], line, *lines[at:]]
        if line:
            yield f"{at} edited", [*lines[:at], flipped(line, len(line) // 2), *lines[at + 1 :]]
            yield f"{at} cut off", [*lines[:at], line[:-1], *lines[at + 1 :]]
        if at + 1 < len(lines) and lines[at + 1] != line:
            yield f"{at} moved on", [*lines[:at], lines[at + 1], line, *lines[at + 2 :]]
            yield f"{at} replaced by the next", [*lines[:at], lines[at + 1], *lines[at + 1 :]]


def texts(text: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each text that one change of a line makes, or of a member of a line of JSON."""
    lines = text.splitlines()
    for name, changed in lists(lines):
        yield name, b"".join(line + b"\n" for line in changed)
    for at, line in enumerate(lines):
        following = lines[at + 1] if lines[at + 1 : at + 2] and lines[at + 1].startswith(b"{") else line
        if line.startswith(b"{"):
            for name, changed in members(json.loads(line), json.loads(following)):
                data = json.dumps(changed, ensure_ascii=False).encode()
                yield f"{at} {name}", b"".join(one + b"\n" for one in [*lines[:at], data, *lines[at + 1 :]])


def members(told: dict[str, Any], sibling: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each object that one change of a member makes."""
    for name, value in told.items():
        yield f"without {name}", {key: one for key, one in told.items() if key != name}
        yield f"with another {name}", {**told, name: edited(value)}
        if name in sibling and sibling[name] != value:
            yield f"with the next one's {name}", {**told, name: sibling[name]}
    yield "with a member more", {**told, "more": {"S": "x"}}


def edited(value: Any) -> Any:  # noqa: ANN401 - any value of JSON or DynamoDB
    """Return a value of the same form that says something else."""
    if isinstance(value, dict):
        return {kind: edited(one) for kind, one in value.items()} or {"S": "x"}
    if isinstance(value, bytes):
        return flipped(value, 0) if value else b"x"
    if isinstance(value, str):
        return value[:-1] + ("1" if value[-1:] == "0" else "0") if value[-1:].isdigit() else value + "A"
    if isinstance(value, list):
        return value[1:] or ["x"]
    return not value if isinstance(value, bool) or value is None else value + 1


def changes_of_files(folder: Path) -> Iterator[Change]:
    """Yield each single change of a file of an export."""
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    for path in paths:
        data = (folder / path).read_bytes()
        sibling = next((other for other in paths if other.parent == path.parent and other > path), None)
        yield f"{path} deleted", lambda root, path=path: (root / path).unlink()
        for name, changed in contents(path.name, data):
            yield f"{path} {name}", lambda root, path=path, changed=changed: replace(root / path, changed)
        if sibling is not None and (folder / sibling).read_bytes() != data:
            other = (folder / sibling).read_bytes()
            yield f"{path} replaced by {sibling.name}", lambda root, path=path, other=other: replace(root / path, other)


def contents(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each content that one change makes of a file's."""
    yield "cut off", data[:-1]
    yield "emptied", b""
    yield "with a byte more", data + b"x"
    if name.endswith(".gz"):
        text = gzip.decompress(data)
        yield "without lines", gzip.compress(b"")
        for what, changed in texts(text):
            yield what, gzip.compress(changed)
    elif name == "export.json":
        for what, changed in members(json.loads(data), {}):
            yield what, json.dumps(changed).encode()
    elif data:
        for at in range(0, len(data), max(1, len(data) // 7)):
            yield f"with byte {at} flipped", flipped(data, at)


def replace(path: Path, data: bytes) -> None:
    """Write a file anew, which may be a link to one that others read."""
    path.unlink()
    path.write_bytes(data)


def deeds_on_stores(world: World) -> Iterator[Deed]:
    """Yield each single change of an item, an attribute, an object or a line."""
    keys = sorted(world.model.items)
    for key, following in zip(keys, [*keys[1:], keys[0]], strict=True):
        name, item, sibling = " ".join(key), world.model.items[key], world.model.items[following]
        yield f"{name} deleted", lambda w, key=key: w.model.items.pop(key)
        for what, changed in members(item, sibling):
            if {"pk", "sk"} <= changed.keys():
                yield f"{name} {what}", lambda w, key=key, changed=changed: store(w, key, changed)
        if following[:2] == key[:2]:
            yield f"{name} exchanged for the next", lambda w, a=key, b=following: exchange(w, a, b)
        more = {**item, "sk": {"S": item["sk"]["S"] + "0"}}
        yield f"{name} twice", lambda w, key=key, more=more: w.model.items.update({(*key[:2], more["sk"]["S"]): more})
    files = sorted(world.bucket.files)
    for path, other in zip(files, [*files[1:], files[0]], strict=True):
        data, there = world.bucket.files[path], world.bucket.files[other]
        yield f"{path} deleted", lambda w, path=path: w.bucket.files.pop(path)
        for what, changed in {
            "cut off": data[:-1],
            "flipped": flipped(data, len(data) // 2),
            "of another": there,
        }.items():
            yield f"{path} {what}", lambda w, path=path, changed=changed: w.bucket.files.update({path: changed})
    for at, line in enumerate(world.lines):
        text = line.text[: len(line.text) // 2] + "x" + line.text[len(line.text) // 2 :]
        yield f"line {at} deleted", lambda w, at=at: w.lines.pop(at)
        yield (
            f"line {at} edited",
            lambda w, at=at, line=line, text=text: w.lines.__setitem__(at, line.__class__(text, line.ingested)),
        )


def store(world: World, key: tuple[str, str, str], item: dict[str, Any]) -> None:
    """Put an item where its keys say, in place of another."""
    del world.model.items[key]
    world.model.items[key[0], item["pk"]["S"], item["sk"]["S"]] = item


def exchange(world: World, one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    """Let two items of a partition have each other's sort key."""
    first, second = world.model.items[one], world.model.items[other]
    world.model.items[one] = {**second, "sk": first["sk"]}
    world.model.items[other] = {**first, "sk": second["sk"]}
