"""What is matched without taking it apart gets the verdict that it gets when it is taken apart."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.verifier import record_stream
from tapeproof.verifier.findings import Attack, UnusableError, Verdict
from tapeproof.verifier.verify import Options, verify_export
from tests.unit.log.world import World, WorldSource

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of one lane with enough records of one layout, and batches among them."""
    world = World()
    writer = world.writer()
    for count in (1, 1, 3, 1, 2, 1, 1, 1):
        world.write(writer, *(world.decision() for _ in range(count)))
    world.seal()
    path = tmp_path_factory.mktemp("records") / "export"
    export(WorldSource(world), path, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    return path


def judged(folder: Path, monkeypatch: pytest.MonkeyPatch, layouts: int) -> tuple[object, ...]:
    monkeypatch.setattr(record_stream, "_MOST_LAYOUTS", layouts)
    created = int(json.loads((folder / "export.json").read_text())["created"])
    try:
        report = verify_export(folder, Options(as_of=created))
    except UnusableError:
        return ("unusable",)
    return report.verdict, report.findings, report.counts


def changed(folder: Path, place: Path, at: int, change: Callable[[bytes], bytes]) -> Path:
    """Return a copy whose record at a place has other bytes."""
    for path in folder.rglob("*"):
        target = place / path.relative_to(folder)
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.hardlink_to(path)
    (path,) = (place / "records").glob("*.gz")
    lines = gzip.decompress(path.read_bytes()).splitlines()
    lines[at] = change(lines[at])
    path.unlink()
    path.write_bytes(gzip.compress(b"".join(line + b"\n" for line in lines)))
    return place


def attribute(name: str, value: dict[str, str]) -> Callable[[bytes], bytes]:
    def change(line: bytes) -> bytes:
        return json.dumps({**json.loads(line), name: value}).encode()

    return change


def swapped(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda line: line.replace(old, new, 1)


SAME: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda line: line,
    "a quotation mark written as a number": swapped(b'\\"price', b"\\u0022price"),
    "a letter written as a number": swapped(b"price", b"\\u0070rice"),
    "other white space": swapped(b'": {"S"', b'":{"S"'),
    "attributes in another order": lambda line: json.dumps(dict(sorted(json.loads(line).items()))).encode(),
    "an attribute twice": swapped(b'{"pk"', b'{"pk": {"S": "x"}, "pk"'),
    "a time to live": attribute("x", {"N": "1"}),
}
EDITED: dict[str, Callable[[bytes], bytes]] = {
    "another price": swapped(b".10", b".11"),
    "another key": swapped(b'"sk": {"S": "', b'"sk": {"S": "0'),
    "a quotation mark in a key": swapped(b'"sk": {"S": "', b'"sk": {"S": "\\"'),
    "a backslash before the end of the body": swapped(b'}"}, "salt', b'}\\\\"}, "salt'),
    "an escaped mark at the end of the body": swapped(b'}"}, "salt', b'}\\""}, "salt'),
    "a letter beyond ASCII": swapped(b"BTC", "BTÇ".encode()),
    "a salt of another length": swapped(b'"salt": {"B": "', b'"salt": {"B": "AAAA'),
    "another hash of the entry": attribute("a_hash", {"B": "AAAA"}),
    "another hash of the body": attribute("a_pay", {"B": "AAAA"}),
    "an attribute more": attribute("more", {"S": "x"}),
    "a number as text": attribute("st_pk", {"N": "5"}),
    "no body": lambda line: json.dumps({k: v for k, v in json.loads(line).items() if k != "body"}).encode(),
}
MOVED: dict[str, Callable[[bytes], bytes]] = {
    "another sequence": attribute("a_seq", {"N": "77"}),
    "another item": attribute("a_item", {"N": "7"}),
    "another lane": attribute("a_lane", {"S": "2025112306.lambda-trade-dev." + "0" * 32}),
}
BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "a control character": swapped(b"price", b"pri\x01ce"),
    "no JSON": swapped(b"{", b""),
    "an empty line": lambda _line: b"",
    "bytes that are no UTF-8": swapped(b"price", b"pri\xffce"),
}


@pytest.mark.parametrize("at", [2, 4, 8])
@pytest.mark.parametrize("name", [*SAME, *EDITED, *MOVED, *BROKEN])
def test_both_ways_of_reading_a_record_say_the_same(
    name: str, at: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = {**SAME, **EDITED, **MOVED, **BROKEN}[name]
    copy = changed(folder, tmp_path / "copy", at, change)
    fast, slow = (judged(copy, monkeypatch, layouts) for layouts in (8, 0))
    assert fast == slow or (name == "a control character" and fast[0] is Verdict.TAMPERED)
    if name in EDITED:
        found: Any = fast[1]
        assert [one.attack for one in found if one.attack is not Attack.STALE] == [Attack.RECORD_EDITED]


def test_most_records_are_not_taken_apart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = list[bytes]()
    decoded = record_stream.decode_line
    monkeypatch.setattr(record_stream, "decode_line", lambda line: taken.append(line) or decoded(line))
    assert judged(folder, monkeypatch, 8)[2]["records"] == 11  # type: ignore[index, call-overload]
    # Of each of the two layouts the first entry's, one that stands before a layout not seen yet, and the very last.
    assert len({*taken}) == 6
