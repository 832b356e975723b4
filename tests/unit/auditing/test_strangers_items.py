from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_folder
from tapeproof.auditing.source import Line
from tapeproof.auditing.spool import Spool
from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.entry import entry_hash, genesis, hour_of
from tapeproof.log.kms import KmsSigner
from tapeproof.log.note import VerifierKey, format_note
from tapeproof.verifier.findings import Attack, Report, UnusableError
from tapeproof.verifier.folder import part_of
from tapeproof.verifier.streams import records
from tapeproof.verifier.verify import Options, verify_export
from tests.unit.log.world import MINUTE, ORIGIN, World, WorldSource, populated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANE = "2025112308.lambda-trade-dev." + "a" * 32
BINARY = {"B": b"x"}


def put(world: World, table: str, pk: str, sk: str, **attributes: dict[str, Any]) -> None:
    world.model.items[table, pk, sk] = {"pk": {"S": pk}, "sk": {"S": sk}, **attributes}


def verified(world: World, folder: Path) -> Report:
    export(WorldSource(world), folder, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    return verify_export(folder, Options(keys=[VerifierKey.parse(world.vkey())], as_of=world.now))


def names(report: Report) -> set[Attack]:
    return {one.attack for one in report.findings}


@pytest.mark.parametrize(
    ("sk", "attributes"),
    [
        ("LEAF#0000000000000099", {}),
        ("LEAF#0000000000000099", {"b": {"S": "x"}}),
        ("LEAF#0000000000000099", {"b": {"B": b"x\n5 y"}}),
        ("LEAF#zzz", {"b": BINARY}),
        ("LEAF#-5", {"b": BINARY}),
        ("LEAF#1_0", {"b": BINARY}),
        ("0000000000000099", {}),
        ("00000000000000099", {"note": {"S": "x"}}),
        ("0junk", {"note": {"S": "x"}}),
        ("HEAD2", {}),
        ("PRUNE#soon", {}),
        ("anything", {}),
    ],
)
def test_an_item_among_the_logs_own_that_it_never_writes_is_named(
    sk: str, attributes: dict[str, Any], tmp_path: Path
) -> None:
    world = populated(1)
    put(world, "audit", "C", sk, **attributes)
    report = verified(world, tmp_path / "export")
    assert names(report) == {Attack.ALIEN_ITEM}
    assert sk in report.findings[0].detail


@pytest.mark.parametrize(
    "change",
    [{"size": None}, {"published": {"S": "7"}}, {"ver": {"N": "1.5"}}, {"keys": {"S": "["}}, {"keys": {"S": "[7]"}}],
)
def test_a_damaged_head_is_a_strangers_item_and_a_head_that_is_gone(change: dict[str, Any], tmp_path: Path) -> None:
    world = populated(1)
    head = {**world.model.items["audit", "C", "HEAD"], **change}
    world.model.items["audit", "C", "HEAD"] = {name: value for name, value in head.items() if value}
    assert names(verified(world, tmp_path / "export")) == {Attack.ALIEN_ITEM, Attack.WIPED}


@pytest.mark.parametrize(
    "value", [{"BS": [b"a", b"b"]}, {"M": {"a": {"L": [{"BS": [b"a"]}]}}}, {"NS": ["1", "2"]}, {"NULL": True}]
)
def test_a_record_may_have_attributes_of_every_type(value: dict[str, Any], tmp_path: Path) -> None:
    world = populated(1)
    decision = world.decision()
    world.write(world.writer(), replace(decision, puts=({**decision.puts[0], "more": value},)))
    world.seal()
    assert names(verified(world, tmp_path / "export")) == set()


@pytest.mark.parametrize("other", ["12345678901234567890123456789012345679", "1E+999999"])
def test_a_number_is_an_edited_one_to_its_last_digit(other: str, tmp_path: Path) -> None:
    world = populated(1)
    decision = world.decision()
    size = {"N": "12345678901234567890123456789012345678"}
    world.write(world.writer(), replace(decision, puts=({**decision.puts[0], "size": size},)))
    world.seal()
    key = ("market", decision.puts[0]["pk"]["S"], decision.puts[0]["sk"]["S"])
    world.model.items[key] = {**world.model.items[key], "size": {"N": other}}
    assert names(verified(world, tmp_path / "export")) == {Attack.RECORD_EDITED}


@pytest.mark.parametrize("numbers", [("-1", "-5"), ("9999999999", "10000000000"), ("1.5", "2")])
def test_records_that_cite_impossible_sequences_are_inserted_ones(numbers: tuple[str, str], tmp_path: Path) -> None:
    world = populated(1)
    for number in numbers:
        put(world, "market", "m", number, a_lane={"S": LANE}, a_seq={"N": number})
    report = verified(world, tmp_path / "export")
    assert names(report) == {Attack.RECORD_INSERTED}
    assert len(report.findings) == 2


def entry(world: World, members: str, lane: str = LANE) -> None:
    """Put a lane of one entry of a stranger into the audit table, as its writer never lists it."""
    text = f'{{"_lane":"{lane}","_prev":"{genesis(ORIGIN, lane)}","_seq":0,{members}}}'
    put(world, "audit", f"L#{lane}", "0000000000", b={"B": text.encode()}, h={"B": entry_hash(text.encode())})


OPENED = '"gen":{"code_sha256":"","prior":null,"reason":"environment","version":""}'
OLD = '"ts":"1763884800000000000","v":1'


@pytest.mark.parametrize(
    "members",
    [
        "not JSON",
        '"act":"X"',
        f'"act":"X","a":{"[" * 30_000}{"]" * 30_000}',
        f'"act":"X",{OPENED},"ts":"²"',
        f'"act":"X",{OPENED},"ts":"{"1" * 5_000}"',
        f'"act":"BATCH",{OPENED},"items":[{{"act":"x"}}],"n":1,"pay":"00",{OLD}',
        f'"act":"BATCH",{OPENED},"items":[],"pay":"00",{OLD}',
        f'"act":"DUPLICATE",{OPENED},"obs":{{"first":{{"lane":"x","seq":{10**30}}}}},{OLD}',
        f'"act":"DUPLICATE",{OPENED},"obs":{{"first":{{"lane":"\\ud800","seq":1}}}},{OLD}',
        f'"act":"X",{OPENED},"rec":"00",{OLD}',
        f'"act":"X","gen":{{"prior":{{"hash":"","lane":"x","seq":{10**30}}},"reason":"hour"}},{OLD}',
        f'"act":"X","gen":{{"prior":{{"hash":"","lane":"x","seq":1e999}},"reason":"hour"}},{OLD}',
        f'"act":"X","gen":{{"prior":{{"hash":"","lane":"\\ud800","seq":1}},"reason":"hour"}},{OLD}',
        f'"act":"X","gen":{{"prior":7,"reason":"hour"}},{OLD}',
    ],
)
def test_an_entry_in_a_form_that_no_writer_gives_it_is_named_with_its_lane(members: str, tmp_path: Path) -> None:
    world = populated(1)
    entry(world, members)
    put(world, "market", "m", "1", a_lane={"S": LANE}, a_seq={"N": "0"}, salt=BINARY, a_pay=BINARY, a_hash=BINARY)
    report = verified(world, tmp_path / "export")
    assert LANE in {one.lane for one in report.findings}


@pytest.mark.parametrize("hour", ["9999999999", "2025023001", "0000000000"])
def test_an_item_of_an_hour_that_does_not_exist_is_named(hour: str, tmp_path: Path) -> None:
    world = populated(1)
    put(world, "audit", f"L#{hour}.fn.{'a' * 32}", "0000000000", b=BINARY, h=BINARY)
    assert names(verified(world, tmp_path / "export")) == {Attack.ALIEN_ITEM}


@pytest.mark.parametrize(("age_minutes", "found"), [(25, {Attack.LANE_INSERTED, Attack.LINE_MISSING}), (1, set())])
def test_an_unlisted_lane_is_excused_only_when_it_may_be_younger_than_the_list(
    age_minutes: int, found: set[Attack], tmp_path: Path
) -> None:
    world = populated(1)
    world.now += 3 * MINUTE
    world.seal()
    name = f"{hour_of(world.now)}.lambda-trade-dev.{'a' * 32}"
    told = f'"act":"X","evt":"e","fn":"lambda-trade-dev",{OPENED},"key":"k","pay":"{"0" * 64}"'
    told += ',"req":"r","src":"s","sseq":null'
    entry(world, f'{told},"ts":"{world.now - age_minutes * MINUTE}","v":1', name)
    report = verified(world, tmp_path / "export")
    assert {(one.attack, one.lane) for one in report.findings} == {(one, name) for one in found}


def lanes_file(folder: Path) -> Path:
    return min((folder / "lanes").glob("2*.gz"))


@pytest.mark.parametrize(
    "header", [b"", b"#L 2025112308.lambda-trade-dev.%b 1\n" % (b"f" * 32)], ids=["none", "another"]
)
def test_a_file_of_lanes_that_belong_elsewhere_is_refused(header: bytes, tmp_path: Path) -> None:
    verified(populated(1), tmp_path)
    path = lanes_file(tmp_path)
    path.write_bytes(gzip.compress(header + gzip.decompress(path.read_bytes()).partition(b"\n")[2]))
    with pytest.raises(UnusableError, match=f"{path.name} begins without|in the file of other lanes"):
        verify_export(tmp_path, Options())


def test_of_very_many_records_of_one_entry_not_all_are_held_in_memory(tmp_path: Path) -> None:
    world = populated(1)
    record = next(item for item in world.model.table("market"))
    for number in range(300):
        world.model.items["market", "m", str(number)] = {**record, "pk": {"S": "m"}, "sk": {"S": str(number)}}
    assert names(verified(world, tmp_path / "export")) == {Attack.RECORD_EDITED}
    lane, seq = record["a_lane"]["S"], int(record["a_seq"]["N"])
    path = tmp_path / "export" / "records" / (part.name if (part := part_of(lane)) else "")
    groups = dict(records(path, zlib.decompressobj))
    assert len(groups[lane, seq]) == 200


def test_a_line_that_has_no_utf_8_form_is_a_forged_one(tmp_path: Path) -> None:
    world = populated(1)
    world.lines.append(Line('{"audit":{"h":"\ud800', 5))
    assert names(verified(world, tmp_path / "export")) == {Attack.LINE_FORGED}


def test_a_checkpoint_that_claims_an_enormous_tree_does_not_keep_the_export_busy(tmp_path: Path) -> None:
    world = populated(1)
    size = 10**14
    text = Checkpoint(ORIGIN, size, bytes(32)).text()
    signer = KmsSigner(world.kms, ORIGIN)
    note = format_note(text, [signer.sign("arn:key/two", signer.verifier_key("arn:key/two"), text)])
    put(world, "audit", "C", f"{size:016d}", note={"S": note.decode()})
    put(world, "audit", "C", f"LEAF#{size - 1:016d}", b=BINARY)
    export(WorldSource(world), tmp_path / "export", ExportOptions(clock=lambda: world.now))
    tiles = {path for path in world.bucket.files if path.startswith("tile/") and ".p/" not in path}
    assert all((tmp_path / "export" / path).exists() for path in tiles)
    assert json.loads((tmp_path / "export" / "export.json").read_bytes())["counts"]["tiles"] == 2


@pytest.mark.parametrize("most_bytes", [1, 10_000])
def test_sorting_on_disk_keeps_white_space_at_the_end_of_a_line(most_bytes: int, tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", most_bytes)
    spool.add("part", b"key", b"line \t\r")
    assert list(spool.sort_part("part")) == [(b"key", b"line \t\r")]


def test_two_exports_do_not_write_into_one_folder(tmp_path: Path) -> None:
    world = populated(1)

    class Meanwhile(WorldSource):
        def scan(self, which: str) -> Iterator[dict[str, Any]]:
            with pytest.raises(SourceError, match="not finished"):
                export(WorldSource(world), tmp_path / "export")
            return super().scan(which)

    export(Meanwhile(world), tmp_path / "export", ExportOptions(clock=lambda: world.now))
    with pytest.raises(SourceError, match="is not empty"):
        export(WorldSource(world), tmp_path / "export")
    assert not (tmp_path / "export" / ".export").exists()
    assert verify_export(tmp_path / "export", Options()).findings == []


@pytest.mark.parametrize("stage", ["query_log", "lines", "scan"])
def test_an_export_that_was_stopped_anywhere_is_no_export(stage: str, tmp_path: Path) -> None:
    world = populated(1)
    source = WorldSource(world)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    setattr(source, stage, stop)
    with pytest.raises(KeyboardInterrupt):
        export(source, tmp_path / "export")
    with pytest.raises(UnusableError, match="holds no export"):
        verify_folder(tmp_path / "export", Options(keys=[VerifierKey.parse(world.vkey())]))
