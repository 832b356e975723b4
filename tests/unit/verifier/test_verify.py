from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_folder
from tapeproof.log.entry import entry_hash
from tapeproof.log.merkle import leaf_hash
from tapeproof.log.note import VerifierKey
from tapeproof.log.objects import Folder
from tapeproof.verifier.findings import Attack, UnusableError, Verdict
from tapeproof.verifier.verify import Options, verify_export
from tests.unit.log.world import HOUR, MINUTE, World, WorldSource, populated, verified
from tests.unit.verifier.forging import believe_any_head, put_head

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.auditing.source import Line


def test_an_honest_log_is_verified(tmp_path: Path) -> None:
    report = verified(populated(), tmp_path / "export")
    assert report.findings == []
    assert report.verdict is Verdict.VERIFIED


def _change(world: World, lane: str, seq: int, **attributes: object) -> None:
    item = world.model.items["audit", f"L#{lane}", f"{seq:010d}"]
    world.model.items["audit", f"L#{lane}", f"{seq:010d}"] = {**item, **attributes}


def _lane(world: World) -> str:
    return min(key[1][2:] for key in world.model.items if key[1].startswith("L#"))


def _forged(text: str) -> str:
    entry = text.partition(',"b":')[2][:-2].replace("marketdata.", "marketdata-")
    return f'{{"audit":{{"h":"{leaf_hash(entry.encode()).hex()}","b":{entry}}}}}'


@pytest.mark.parametrize("later_ms", [-100, 100])
def test_a_forged_line_beside_the_true_one_is_named_whichever_came_first(tmp_path: Path, later_ms: int) -> None:
    world = populated()
    true = world.lines[3]
    world.lines.append(replace(true, text=_forged(true.text), ingested=true.ingested + later_ms))
    report = verified(world, tmp_path / "export")
    entry = json.loads(true.text)["audit"]["b"]
    found = [(one.attack, one.lane, one.seq) for one in report.findings]
    assert found == [(Attack.LINE_FORGED, entry["_lane"], entry["_seq"])]


def test_what_belongs_to_no_entry_is_named_even_where_the_next_lane_was_swapped(tmp_path: Path) -> None:
    world = World()
    first, second, other = (
        world.write(world.writer(urandom=lambda count, end=end: (end * count)[-count:]), world.decision())[0]
        for end in (b"\1\0", b"\2\0", b"\3\1")
    )
    world.seal()
    text = first.entry_bytes.decode().replace('"_seq":0', '"_seq":1')
    digest = leaf_hash(text.encode()).hex()
    world.lines.append(replace(world.lines[0], text=f'{{"audit":{{"h":"{digest}","b":{text}}}}}'))
    _change(world, second.lane, 0, b={"B": other.entry_bytes}, h={"B": other.entry_hash})
    found = {(one.attack, one.lane, one.seq) for one in verified(world, tmp_path / "export").findings}
    assert found == {(Attack.LINE_UNMATCHED, first.lane, 1), (Attack.LANES_SWAPPED, second.lane, 0)}


def test_a_line_that_was_delivered_twice_is_no_finding(tmp_path: Path) -> None:
    world = populated()
    world.lines.append(replace(world.lines[3], ingested=world.lines[3].ingested + 100))
    report = verified(world, tmp_path / "export")
    assert report.findings == []
    assert report.counts["witness lines"] == report.counts["entries"] + 1


def test_an_entry_edited_in_the_table_itself_is_named_with_what_changed(tmp_path: Path) -> None:
    world = populated()
    lane = _lane(world)
    old = world.model.items["audit", f"L#{lane}", "0000000002"]["b"]["B"]
    _change(world, lane, 2, b={"B": old.replace(b'"src":"marketdata.coinbase"', b'"src":"marketdata.kraken"')})
    report = verified(world, tmp_path / "export")
    assert [(one.attack, one.lane, one.seq) for one in report.findings] == [(Attack.ENTRY_EDITED, lane, 2)]
    assert report.findings[0].detail == 'src was "marketdata.coinbase", is "marketdata.kraken"'


@pytest.mark.parametrize("told", [b'"act":"RECORDED"', b'"act":', b"\xff", b'"act":"BATCH","items":7', b"[" * 5_000])
def test_an_entry_that_says_nothing_is_named_though_its_chain_is_sound(told: bytes, tmp_path: Path) -> None:
    world = World()
    world.write(world.writer(), world.decision())
    ((_, pk, sk),) = [key for key in world.model.items if key[1].startswith("L#")]
    previous = world.model.items["audit", pk, sk]["h"]["B"].hex()
    data = b'{"_lane":"%b","_prev":"%b","_seq":1,%b,"ts":"%d","v":1}' % (
        pk[2:].encode(),
        previous.encode(),
        told,
        world.now,
    )
    item = {"pk": {"S": pk}, "sk": {"S": "0000000001"}, "b": {"B": data}, "h": {"B": entry_hash(data)}}
    world.model.items["audit", pk, "0000000001"] = item
    world.seal()
    findings = verified(world, tmp_path / "export").findings
    assert (Attack.ENTRY_MALFORMED, pk[2:], 1) in {(one.attack, one.lane, one.seq) for one in findings}


def test_an_edited_index_key_of_a_record_is_an_edited_record(tmp_path: Path) -> None:
    world = populated()
    key = next(key for key in sorted(world.model.items) if key[0] == "market")
    world.model.items[key] = {**world.model.items[key], "st_pk": {"S": "ETH-USD#trade#2025112306"}}
    report = verified(world, tmp_path / "export")
    assert [one.attack for one in report.findings] == [Attack.RECORD_EDITED]
    assert "keys or attributes" in report.findings[0].detail


@pytest.mark.parametrize("seq", ["-1", "7", "9999999999", "10000000000", "1" + 30 * "0", "1.5"])
def test_a_record_that_cites_a_place_without_an_entry_is_an_inserted_one(seq: str, tmp_path: Path) -> None:
    world = populated()
    cited = {"a_lane": {"S": _lane(world)}, "a_seq": {"N": seq}, "a_hash": {"B": bytes(32)}}
    keys = {"pk": {"S": "trade#coinbase#BTC-USD#2025112306"}, "body": {"S": "{}"}, "salt": {"B": b"1"}}
    for number in range(2):
        world.model.items["market", "x", str(number)] = {**keys, **cited, "sk": {"S": str(number)}}
    world.model.items["market", "x", "2"] = {**keys, **cited, "sk": {"S": "2"}, "a_seq": {"N": "2" + 10 * "0"}}
    findings = verified(world, tmp_path / "export").findings
    assert {one.attack for one in findings} == {Attack.RECORD_INSERTED}
    assert len(findings) >= 2


@pytest.mark.parametrize(
    "value", [{"N": "1e999999999"}, {"N": "one"}, {"BS": [b"1"]}, {"L": [{"NULL": True}]}, {"?": "1"}]
)
def test_an_attribute_of_any_kind_added_to_a_record_is_an_edit(value: dict[str, Any], tmp_path: Path) -> None:
    world = populated()
    key = next(key for key in sorted(world.model.items) if key[0] == "market")
    world.model.items[key] = {**world.model.items[key], "more": value}
    report = verified(world, tmp_path / "export")
    assert [one.attack for one in report.findings] == [Attack.RECORD_EDITED]


def test_a_record_without_an_entry_is_an_inserted_one(tmp_path: Path) -> None:
    world = populated()
    stray = {"pk": {"S": "trade#coinbase#BTC-USD#2025112306"}, "sk": {"S": "1#2"}, "body": {"S": "{}"}}
    world.model.items["market", "x", "y"] = stray
    assert [one.attack for one in verified(world, tmp_path / "export").findings] == [Attack.RECORD_INSERTED]


def test_an_item_with_a_hostile_key_is_reported_and_breaks_nothing(tmp_path: Path) -> None:
    world = populated()
    lane = _lane(world)
    for sk in ("zzz\n#L x 1", "0000000001\x1f", "9" * 30, "\u00b2", "000000000\u0661"):
        world.model.items["audit", f"L#{lane}", sk] = {
            "pk": {"S": f"L#{lane}"}, "sk": {"S": sk}, "b": {"B": b"{}\n#L y 1\n"}, "h": {"B": b"1"},
        }  # fmt: skip
    report = verified(world, tmp_path / "export")
    assert {one.attack for one in report.findings} == {Attack.ALIEN_ITEM}
    assert len(report.findings) == 5


def test_a_writer_that_finds_a_strangers_entry_makes_the_fork_visible(tmp_path: Path) -> None:
    world = World()
    writer = world.writer()
    (first,) = world.write(writer, world.decision())
    world.seal()
    stranger = first.entry_bytes.replace(b'"_seq":0', b'"_seq":1')
    world.model.items["audit", f"L#{first.lane}", "0000000001"] = {
        "pk": {"S": f"L#{first.lane}"}, "sk": {"S": "0000000001"}, "b": {"B": stranger}, "h": {"B": bytes(32)},
    }  # fmt: skip
    world.write(writer, world.decision())
    world.seal()
    report = verified(world, tmp_path / "export")
    assert (Attack.LANE_FORKED, first.lane, 1) in {(one.attack, one.lane, one.seq) for one in report.findings}


def test_a_log_without_traffic_is_sound_and_anchored_only_by_a_pin(tmp_path: Path) -> None:
    world = World()
    world.seal()
    report = verified(world, tmp_path / "export")
    assert report.verdict is Verdict.UNANCHORED


def test_nothing_signed_and_no_pin_is_no_verdict(tmp_path: Path) -> None:
    world = World()
    world.write(world.writer(), world.decision())
    with pytest.raises(UnusableError, match="no readable checkpoint"):
        verified(world, tmp_path / "export")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("export.json", b"{", "export.json is damaged"),
        ("export.json", b'{"format": 9, "origin": "x", "created": "1"}', "export format 9"),
        ("controls.gz", b"not gzip", "is no gzip file"),
        ("controls.gz", b"\x1f\x8bnot gzip", "cannot be read"),
        ("checkpoints.gz", gzip.compress(b'{"sk": 1}\n', mtime=0), "is damaged"),
        ("controls.gz", gzip.compress(b"x y\n", mtime=0), "no index"),
        ("controls.gz", gzip.compress(b"1 x\n", mtime=0)[:-9], "cut off"),
    ],
)
def test_a_damaged_export_is_refused_with_the_file_and_the_reason(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    verified(populated(1), folder)
    (folder / name).write_bytes(content)
    with pytest.raises(UnusableError, match=reason):
        verify_export(folder, Options())


@pytest.mark.parametrize(("minutes", "verdict"), [(5, Verdict.VERIFIED), (25, Verdict.STALE)])
def test_entries_that_fresh_checkpoints_leave_out_make_the_log_stale(
    minutes: int, verdict: Verdict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = populated()
    believe_any_head(world, monkeypatch)
    put_head(world, closed="2099010100")
    (left_out,) = world.write(world.writer(), world.decision())
    world.now += minutes * MINUTE
    world.seal()
    report = verified(world, tmp_path / "export")
    assert report.verdict is verdict
    found = [(Attack.STALE, left_out.lane, 0)] if verdict is Verdict.STALE else []
    assert [(one.attack, one.lane, one.seq) for one in report.findings] == found


def test_a_bare_tlog_tiles_folder_verifies_with_its_key(tmp_path: Path) -> None:
    world = populated()
    for path, data in world.bucket.files.items():
        Folder(tmp_path).put(path, data)
    report = verify_folder(tmp_path, Options(keys=[VerifierKey.parse(world.vkey())], as_of=world.now))
    assert (report.verdict, report.findings) == (Verdict.INCOMPLETE, [])  # tables and lines are not there
    bundle = max(path for path in world.bucket.files if path.startswith("tile/entries"))
    (tmp_path / bundle).write_bytes(world.bucket.files[bundle].replace(b"coinbase", b"coinbosh", 1))
    report = verify_folder(tmp_path, Options(keys=[VerifierKey.parse(world.vkey())], as_of=world.now))
    assert {one.attack for one in report.findings} == {Attack.TILE_DAMAGED}


@pytest.mark.parametrize(
    "extra",
    [{"first": "41", "last": "44"}, {"first": {"lane": 7, "seq": "x"}}, {"first": ["lane", 0]}, {}],
    ids=["a gap's numbers", "members of other types", "an array", "nothing"],
)
def test_an_observation_may_use_the_word_first_for_what_it_likes(extra: dict[str, object], tmp_path: Path) -> None:
    world = populated(minutes=1)
    gap = {"act": "GAP", "key": "trade#coinbase#BTC-USD#41-44", "puts": (), "body": b"", "extra": extra}
    world.write(world.writer(), world.decision(**gap), world.decision())
    world.seal()
    report = verified(world, tmp_path / "export")
    assert (report.verdict, report.findings) == (Verdict.VERIFIED, [])
    assert report.counts["act GAP"] == 1


def test_an_export_of_a_moving_log_gives_no_false_finding(tmp_path: Path) -> None:
    world = World()
    writer = world.writer()
    world.write(writer, world.decision(1))
    world.seal()

    class Moving(WorldSource):
        """Everything goes on while it is read: new entries, the next hour, and checkpoints."""

        def scan(self, which: str) -> Iterator[dict[str, Any]]:
            seen = set()
            for item in super().scan(which):
                seen.add((item["pk"]["S"], item["sk"]["S"]))
                yield item
                world.write(writer, world.decision())
                world.write(writer, world.decision(1, evt="again"))
            world.now = (world.now // HOUR + 1) * HOUR + 1
            world.write(writer, world.decision())
            world.seal()
            if which == "audit":
                later = (item for item in super().scan(which) if item["pk"]["S"] > "L#2025112307")
                yield from (item for item in later if (item["pk"]["S"], item["sk"]["S"]) not in seen)

        def lines(self) -> Iterator[Line]:
            yield from list(super().lines())
            world.write(writer, world.decision())
            world.seal()

    export(Moving(world), tmp_path / "export", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    report = verify_export(
        tmp_path / "export", Options(keys=[VerifierKey.parse(world.vkey())], as_of=world.now, max_age_seconds=10**6)
    )
    assert report.findings == []
