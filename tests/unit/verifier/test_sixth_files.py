"""A sixth list, third part: what copying, packing and unpacking does to an export, and limits that do not fit."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_folder
from tapeproof.log.note import Signature, VerifierKey, format_note, parse_note
from tapeproof.verifier.findings import UnusableError, Verdict
from tapeproof.verifier.options import Options
from tests.effort import SOAKING
from tests.unit.log.world import HOUR, MINUTE, World, WorldSource, populated
from tests.unit.verifier.test_cut_tails import WITNESS, pinned
from tests.unit.verifier.test_fourth_attacks import recent
from tests.unit.verifier.test_second_attacks import append, part, rewrite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.verifier.history import Pin

Log = tuple[World, "Path", "Pin"]
BOM = b"\xef\xbb\xbf"
WIDE = {48 + digit: 0xFF10 + digit for digit in range(10)}
SOUND, TAMPERED, PARTIAL, STALE = Verdict.VERIFIED, Verdict.TAMPERED, Verdict.INCOMPLETE, Verdict.STALE
ALONE, USELESS = Verdict.UNANCHORED, None


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    world, place = populated(1), tmp_path_factory.mktemp("sixth")
    recent(world)
    world.now += MINUTE
    export(WorldSource(world), place / "log", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    return world, place / "log", pinned(world, place / "pin")


def write(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes()))


def each(pattern: str, change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    def do(folder: Path) -> None:
        for path in folder.glob(pattern):
            if path.is_file():
                path.write_bytes(change(path.read_bytes()))

    return do


def say(**members: Any) -> Callable[[Path], object]:  # noqa: ANN401 - any JSON value
    return write("export.json", lambda data: json.dumps({**json.loads(data), **members}).encode())


def say_of_head(**members: Any) -> Callable[[Path], object]:  # noqa: ANN401 - any JSON value
    def change(data: bytes) -> bytes:
        told = json.loads(data)
        return json.dumps({**told, "head": {**told["head"], **members}}).encode()

    return write("export.json", change)


def beside(name: Callable[[Path], str], data: bytes = b"") -> Callable[[Path], object]:
    """Put a file beside a part: a copy of it, or bytes."""

    def do(folder: Path) -> None:
        path = part(folder, "lanes")
        (folder / "lanes" / name(path)).write_bytes(data or path.read_bytes())

    return do


def renamed(name: Callable[[str], str]) -> Callable[[Path], object]:
    return lambda folder: part(folder, "lanes").rename(folder / "lanes" / name(part(folder, "lanes").name))


def replaced(name: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    def do(folder: Path) -> None:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        make(path)

    return do


def ask(text: bytes) -> Callable[[Path], object]:
    request = b'{"epoch":"2025112306","entries":12,"export":"x","by":"x","leaf":-1,"close":%b}' % text
    return lambda folder: rewrite(folder / "requests.gz", lambda _: [request])


def keep_hashes_only(folder: Path) -> None:
    for path in [*folder.iterdir(), folder / "tile" / "entries"]:
        if path.name not in {"checkpoint", "tile"}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def rotate_on_paper(folder: Path) -> None:
    """Put thousands of rotations where the log ends."""
    key = (folder / "keys.txt").read_text().split()[0]

    def change(lines: list[bytes]) -> list[bytes]:
        last = int(lines[-1].partition(b" ")[0])
        leaf = '{"_log":"tapeproof.example/test","_n":%d,"act":"KEYROT","new":"%s","old":"%s","ts":"1763880240000000000","v":2}'
        return [*lines, *(b"%d %b" % (at, (leaf % (at, key, key)).encode()) for at in range(last + 1, last + 5_000))]

    rewrite(folder / "controls.gz", change)


def sign_by_strangers(folder: Path) -> None:
    def change(lines: list[bytes]) -> list[bytes]:
        told = json.loads(lines[-1])
        note = parse_note(told["note"].encode())
        strangers = [Signature(f"s{at}", b"abcd", b"x" * 70) for at in range(99)]
        told["note"] = format_note(note.text, [*note.signatures, *strangers]).decode()
        return [*lines[:-1], json.dumps(told).encode()]

    rewrite(folder / "checkpoints.gz", change)


# ruff: noqa: E501 - a change is a line of a table
FILES: dict[str, tuple[Callable[[Path], object], Verdict | None]] = {
    "keys with a byte order mark": (write("keys.txt", lambda data: BOM + data), SOUND),
    "nothing but hashes": (keep_hashes_only, PARTIAL),
    "keys with carriage returns": (write("keys.txt", lambda data: data.replace(b"\n", b"\r\n")), SOUND),
    "a manifest with carriage returns": (write("export.json", lambda data: data.replace(b"\n", b"\r\n")), SOUND),
    "a manifest with a byte order mark": (write("export.json", lambda data: BOM + data), USELESS),
    "a manifest in UTF-16": (write("export.json", lambda data: data.decode().encode("utf-16")), USELESS),
    "a manifest with NUL bytes behind it": (write("export.json", lambda data: data + b"\0\0"), USELESS),
    "a checkpoint with carriage returns": (write("checkpoint", lambda data: data.replace(b"\n", b"\r\n")), TAMPERED),
    "what a Mac writes beside a file": (beside(lambda path: f"._{path.name}", b"\0\5\x16\7"), SOUND),
    "a copy that a browser numbered": (beside(lambda path: f"{path.stem} (1).gz"), SOUND),
    "a copy under other digits": (beside(lambda path: path.name.translate(WIDE)), SOUND),
    "a copy whose name has a line end": (beside(lambda path: path.name + "\n"), SOUND),
    "a part under other digits": (renamed(lambda name: name.translate(WIDE)), TAMPERED),
    "a part in capitals": (renamed(str.upper), TAMPERED),
    "packed anew at another level": (each("*/*.gz", lambda data: gzip.compress(gzip.decompress(data), 1, mtime=1)), SOUND),
    "unpacked on the way": (each("*/*.gz", gzip.decompress), USELESS),
    "packed twice": (each("lanes/*.gz", gzip.compress), USELESS),
    "bundles packed": (each("tile/entries/**/*", gzip.compress), SOUND),
    "leaf tiles packed": (each("tile/0/**/*", gzip.compress), TAMPERED),
    "lanes that lead to themselves": (replaced("lanes", lambda path: path.symlink_to("lanes")), TAMPERED),
    "lanes that are a file": (replaced("lanes", lambda path: path.write_bytes(b"x")), TAMPERED),
    "tiles that lead to themselves": (replaced("tile", lambda path: path.symlink_to("tile")), TAMPERED),
    "bundles that are a file": (replaced("tile/entries", lambda path: path.write_bytes(b"x")), TAMPERED),
    "a manifest that is a folder": (replaced("export.json", os.mkdir), USELESS),
    "control leaves that are a folder": (replaced("controls.gz", os.mkdir), TAMPERED),
    "stored checkpoints that are a folder": (replaced("checkpoints.gz", os.mkdir), TAMPERED),
    "requests that are a folder": (replaced("requests.gz", os.mkdir), PARTIAL),
    "a request that cites text": (ask(b'"28"'), USELESS),
    "a request that cites true": (ask(b"true"), USELESS),
    "a request that cites a leaf of thirty digits": (ask(b"9" * 30), SOUND),
    "a head in places of nobody": (say_of_head(arns=[None, [], {}]), SOUND),
    "a head in a number of places": (say_of_head(arns=5), USELESS),
    "a head of another root, in capitals": (say_of_head(root="A" * 64), TAMPERED),
    "a head that is a list": (say(head=[1]), USELESS),
    "a source that is a list": (say(source=[1]), USELESS),
    "a source that is text": (say(source="x"), USELESS),
    "an origin with a NUL byte": (say(origin="tapeproof.example/test\0"), USELESS),
    "a window that ends before it begins": (say(witness={"since": "9", "until": "0"}), SOUND),
    "stores that are text": (say(bundles="no", records="no"), SOUND),
    "a million blank lines of keys": (lambda folder: append(folder / "keys.txt", b"\n" * 900_000), SOUND),
    "five thousand rotations that nothing holds": (rotate_on_paper, TAMPERED),
    "99 strangers under a checkpoint": (sign_by_strangers, SOUND),
}  # fmt: skip
WRONG_FIRST = list(FILES)[:2]


@pytest.mark.parametrize("name", FILES if SOAKING else sorted({*WRONG_FIRST, *list(FILES)[::3]}))
def test_what_was_done_to_the_files_of_an_export_is_told(name: str, log: Log, tmp_path: Path) -> None:
    change, expected = FILES[name]
    world, folder, pin = log
    shutil.copytree(folder, tmp_path / "log", symlinks=True)
    change(tmp_path / "log")
    try:
        report = verify_folder(tmp_path / "log", Options(pins=[pin], as_of=world.now), jobs=1)
    except UnusableError:
        assert expected is USELESS
    else:
        assert report.verdict is expected, [str(one) for one in report.findings]


LIMITS: dict[str, tuple[Callable[[World, Any], dict[str, Any]], Verdict | None]] = {
    "an hour before the checkpoint": (lambda w, _: {"as_of": w.now - HOUR}, TAMPERED),
    "1970": (lambda _w, _: {"as_of": 0}, TAMPERED),
    "the year 9999": (lambda _w, _: {"as_of": 253_402_300_799 * 10**9}, STALE),
    "a year later, at any age": (lambda w, _: {"as_of": w.now + 8_760 * HOUR, "max_age_seconds": 10**12}, SOUND),
    "an age below zero": (lambda _w, _: {"max_age_seconds": -1}, STALE),
    "lines since 1970": (lambda _w, _: {"lines_since": 0}, SOUND),
    "lines since a moment to come": (lambda w, _: {"lines_since": w.now + 1}, USELESS),
    "a quorum of nobody": (lambda _w, _: {"quorum": 1}, USELESS),
    "a stranger's key beside a pin": (lambda _w, _: {"keys": [VerifierKey.parse(World().vkey())]}, SOUND),
    "a stranger's key": (lambda _w, _: {"pins": [], "keys": [VerifierKey.parse(World().vkey())]}, TAMPERED),
    "the log's key": (lambda w, _: {"pins": [], "keys": [VerifierKey.parse(w.vkey())]}, ALONE),
    "no key": (lambda _w, _: {"pins": []}, ALONE),
    "the log's key as a witness": (lambda w, _: {"witnesses": [VerifierKey.parse(w.vkey())]}, USELESS),
    "a witness that never signed": (lambda w, _: {"pins": [], "keys": [VerifierKey.parse(w.vkey())], "witnesses": [WITNESS]}, ALONE),
    "the pin twice": (lambda _w, pin: {"pins": [pin, pin]}, SOUND),
}  # fmt: skip


@pytest.mark.parametrize("name", LIMITS)
def test_what_the_reader_brings_is_taken_at_its_word_and_no_further(name: str, log: Log) -> None:
    brought, expected = LIMITS[name]
    world, folder, pin = log
    options = Options(**{"pins": [pin], "as_of": world.now} | brought(world, pin))
    try:
        assert verify_folder(folder, options, jobs=1).verdict is expected
    except UnusableError:
        assert expected is USELESS


def test_a_log_of_hashes_that_was_cut_back_is_not_whole(log: Log, tmp_path: Path) -> None:
    """Without entries nothing says of when a checkpoint is: a year later it is no more verified than today."""
    world, folder, pin = log
    shutil.copytree(folder, tmp_path / "log")
    keep_hashes_only(tmp_path / "log")
    report = verify_folder(tmp_path / "log", Options(pins=[pin], as_of=world.now + 8_760 * HOUR), jobs=1)
    assert (report.verdict, report.anchors != []) == (Verdict.INCOMPLETE, True)
