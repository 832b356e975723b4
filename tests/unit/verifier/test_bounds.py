"""Bounded time and memory, whatever the bytes: counted in steps, never in seconds."""

from __future__ import annotations

import base64
import gzip
import json
import re
import zlib
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.members import find_records
from tapeproof.auditing.operations import verify_folder
from tapeproof.log.entry import MAX_ENTRY_BYTES
from tapeproof.log.note import MAX_NOTE_BYTES, MAX_SIGNATURES, MOST_OF_A_KEY, VerifierKey, parse_note
from tapeproof.log.objects import MAX_OBJECT_BYTES
from tapeproof.verifier import folder, streams, suspects
from tapeproof.verifier.findings import Attack, UnusableError, Verdict
from tapeproof.verifier.folder import allocated_size, lines
from tapeproof.verifier.leaves import leaf_room
from tapeproof.verifier.verify import Options
from tests.places import PROJECT
from tests.unit.auditing.test_hostile_folders import signed
from tests.unit.log.world import World, populated, verified

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HUGE = 10**12


def test_a_sparse_file_is_as_large_as_what_is_in_it(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.write(b"x")
        file.truncate(HUGE)
    assert allocated_size(tmp_path / "sparse") < 1_000_000
    assert allocated_size(tmp_path / "nothing") == allocated_size(tmp_path) == 0


def test_empty_tiles_have_no_room_for_leaves(tmp_path: Path) -> None:
    for kind in ("0", "entries"):
        (tmp_path / "tile" / kind).mkdir(parents=True)
        for number in range(50):
            (tmp_path / "tile" / kind / f"{number:03d}").touch()
    assert leaf_room(tmp_path) == 0


@pytest.mark.timeout(60)
@pytest.mark.parametrize("how", ["sparse lanes", "empty tiles"])
def test_a_stranger_s_key_beside_files_of_nothing_does_not_keep_the_verifier_busy(how: str, tmp_path: Path) -> None:
    world, folder = populated(1), tmp_path / "export"
    verified(world, folder)
    if how == "sparse lanes":
        with (folder / "lanes" / "2025112399-0.gz").open("wb") as file:
            file.truncate(HUGE)
    else:
        (folder / "tile" / "0" / "x001").mkdir()
        for number in range(300):
            (folder / "tile" / "0" / "x001" / f"{number:03d}").touch()
    honest = VerifierKey.parse(world.vkey())
    world.key = "arn:key/two"
    (folder / "keys.txt").write_text(f"{honest}\n{world.vkey()}\n")
    (folder / "checkpoint").write_bytes(signed(world, 10**10))
    options = Options(keys=[honest], as_of=world.now)
    if how == "sparse lanes":
        with pytest.raises(UnusableError, match="is no gzip file"):
            verify_folder(folder, options)
    else:
        assert verify_folder(folder, options).verdict is Verdict.TAMPERED


def test_a_file_that_inflates_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(150):
            file.write(b"\n" * 1_000_000)
    with pytest.raises(UnusableError, match="times its size"):
        for _ in lines(path):
            pass


def test_of_a_bomb_in_place_of_records_only_a_little_is_inflated(tmp_path: Path) -> None:
    path = tmp_path / "2025112306-0.gz"
    record = json.dumps({"a_lane": {"S": "lane"}, "a_seq": {"N": "0"}}).encode()
    packer = zlib.compressobj(9, wbits=31)
    with path.open("wb") as file:
        for _ in range(100):
            file.write(packer.compress((record + b"\n") * 10_000))
        file.write(packer.flush())
    path.with_suffix(".idx").write_text("0 lane\t0000000000\n")
    assert len(find_records(path, "lane", 0)) == 200


def test_many_copies_of_a_signature_are_verified_once(monkeypatch: pytest.MonkeyPatch) -> None:
    world = populated(1)
    key, note = VerifierKey.parse(world.vkey()), world.bucket.files["checkpoint"].decode()
    line = note.rpartition("\n\n")[2]
    calls = list[bytes]()
    monkeypatch.setattr(VerifierKey, "verify", lambda _, __, data: bool(calls.append(data)) or True)
    assert parse_note((note + line * 98).encode()).signed_by(key)
    assert len(calls) == 1
    raw = base64.b64decode(line.split(" ")[2])
    others = [base64.b64encode(raw[:-1] + bytes([number])).decode() for number in range(90)]
    many = "".join(f"{line.rpartition(' ')[0]} {other}\n" for other in others)
    assert parse_note((note + many).encode()).signed_by(key) is False
    assert len(calls) == 1


def test_very_many_lanes_that_do_not_fit_are_looked_at_in_one_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = populated(1)
    for number in range(300):
        name = f"2025112308.lambda-trade-dev.{number:031x}0"
        world.model.items["audit", "E#2025112308#0", name] = {"pk": {"S": "E#2025112308#0"}, "sk": {"S": name}}
    opened = list[str]()

    def counted(path: Path) -> Iterator[bytes]:
        opened.append(path.name)
        return lines(path)

    monkeypatch.setattr(suspects, "lines", counted)
    report = verified(world, tmp_path / "export")
    assert {one.attack for one in report.findings} == {Attack.LANE_DELETED}
    assert opened == ["2025112308-0.gz"]
    assert len(report.findings) + report.suppressed == 300


def test_a_world_without_entries_has_room_for_its_seals(tmp_path: Path) -> None:
    world = World()
    for _ in range(3):
        world.seal()
    assert verified(world, tmp_path / "export").findings == []


@pytest.mark.parametrize(
    ("row", "bounds"),
    [
        ("entry", [MAX_ENTRY_BYTES, streams.MOST_OF_ONE, streams.MOST_BYTES_OF_ONE]),
        ("checkpoint", [MAX_NOTE_BYTES, MAX_SIGNATURES, MOST_OF_A_KEY]),
        ("file", [folder._MOST_RATIO, folder._MOST_INFLATED, folder._LONGEST_LINE, MAX_OBJECT_BYTES]),
    ],
)
def test_the_page_states_the_bounds_of_each_entry_checkpoint_and_file(row: str, bounds: list[int]) -> None:
    page = (PROJECT / "docs" / "formats" / "audit-log.md").read_text(encoding="utf-8")
    (told,) = [line for line in page.splitlines() if line.startswith(f"| {row} |") and "bytes" in line]
    assert [f"{bound:,}" for bound in bounds] == re.findall(r"\d[\d,]*\d|\d", told)
