from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.export import ExportOptions, export
from tests.unit.log.world import ORIGIN, World, WorldSource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_an_export_never_overwrites_a_folder(exported: Path) -> None:
    with pytest.raises(SourceError, match="is not empty"):
        export(WorldSource(World()), exported, ExportOptions())


class _Stores(WorldSource):
    """A world's stores with what strangers put into them."""

    def __init__(self, world: World, **items: list[dict[str, Any]]) -> None:
        super().__init__(world)
        self._more = items

    def scan(self, which: str) -> Iterator[dict[str, Any]]:
        yield from super().scan(which)
        yield from self._more.get(which, ())

    def query_log(self, prefix: str) -> Iterator[dict[str, Any]]:
        yield from super().query_log(prefix)
        yield from (item for item in self._more.get("log", ()) if item["sk"]["S"].startswith(prefix))


def _export(source: WorldSource, target: Path, now: int) -> dict[str, Any]:
    return export(source, target, ExportOptions(line_lag_ns=0, clock=lambda: now))


def test_the_manifest_says_what_was_read_and_how_much(exported: Path, world: World) -> None:
    manifest = json.loads((exported / "export.json").read_bytes())
    assert (manifest["origin"], manifest["source"]) == (ORIGIN, {"endpoint": "memory"})
    assert manifest["created"] == str(world.now)
    lanes = {item["pk"]["S"] for item in world.model.table("audit") if item["pk"]["S"].startswith("L#")}
    assert manifest["counts"]["lanes"] == len(lanes)
    assert not (exported / ".export").exists()


def test_the_same_stores_give_the_same_bytes(exported: Path, world: World, tmp_path: Path) -> None:
    _export(WorldSource(world), tmp_path / "again", world.now)
    one, other = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (exported, tmp_path / "again")
    )
    assert one == other


def test_what_belongs_to_no_lane_is_exported_apart_and_word_by_word(world: World, tmp_path: Path) -> None:
    strangers = [
        {"pk": {"S": "L#no lane"}, "sk": {"S": "1"}, "b": {"B": b"\x00\x1f\n"}},
        {"pk": {"S": "Z#x"}, "sk": {"S": "\x1f\n"}, "more": {"SS": ["a"]}},
        {"pk": {"S": "C"}, "sk": {"S": "NOTE"}},
    ]
    _export(_Stores(world, audit=strangers), tmp_path / "log", world.now)
    lines = gzip.decompress((tmp_path / "log/lanes/other.gz").read_bytes()).splitlines()
    told = [json.loads(line.removeprefix(b"!")) for line in lines]
    assert [(one["pk"], one["sk"]) for one in told] == [("C", "NOTE"), ("L#no lane", "1"), ("Z#x", "\x1f\n")]
    assert (told[1]["b"], told[2]["more"]) == ("001f0a", ["more"])


def test_a_record_of_any_type_that_dynamodb_has_is_written_as_json(world: World, tmp_path: Path) -> None:
    record = {
        "pk": {"S": "x"}, "sk": {"S": "y"}, "b": {"B": b"\xff"}, "bs": {"BS": [b"a", b"b"]}, "n": {"N": "1.5"},
        "m": {"M": {"l": {"L": [{"B": b"c"}, {"NULL": True}]}}}, "ss": {"SS": ["\u2028"]},
    }  # fmt: skip
    _export(_Stores(world, market=[record]), tmp_path / "log", world.now)
    (line,) = gzip.decompress((tmp_path / "log/records/other.gz").read_bytes()).splitlines()
    told = json.loads(line)
    assert (told["b"], told["bs"]) == ({"B": "/w=="}, {"BS": ["YQ==", "Yg=="]})
    assert told["m"] == {"M": {"l": {"L": [{"B": "Yw=="}, {"NULL": True}]}}}
    assert (told["n"], told["ss"]) == (record["n"], record["ss"])


@pytest.mark.parametrize(
    ("options", "absent"),
    [({"records": False}, "records"), ({"witness": False}, "witness"), ({"bundles": False}, "tile/entries")],
)
def test_what_was_left_out_is_left_out_and_the_manifest_says_so(
    world: World, tmp_path: Path, options: dict[str, bool], absent: str
) -> None:
    manifest = export(
        WorldSource(world), tmp_path / "log", ExportOptions(clock=lambda: world.now, line_lag_ns=0, **options)
    )
    assert not (tmp_path / "log" / absent).exists()
    (name,) = options
    assert not manifest.get(name)


def test_two_exports_do_not_write_one_folder_and_a_failed_one_can_be_made_again(world: World, tmp_path: Path) -> None:
    (tmp_path / "log/.export").mkdir(parents=True)
    with pytest.raises(SourceError, match="not finished"):
        _export(WorldSource(world), tmp_path / "log", world.now)
    broken = WorldSource(world)
    broken.verifier_key = lambda: 1 / 0  # type: ignore[method-assign,assignment,return-value]
    with pytest.raises(ZeroDivisionError):
        _export(broken, tmp_path / "other", world.now)
    assert not (tmp_path / "other/.export").exists()
