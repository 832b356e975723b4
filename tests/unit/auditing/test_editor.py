from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.editor import Editor, Item, NoTargetError, clone
from tapeproof.log.entry import entry_hash
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options, verify_export

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def editor(exported: Path, tmp_path: Path) -> Editor:
    clone(exported, tmp_path / "copy")
    return Editor(tmp_path / "copy", random.Random(3))


def _bytes(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_copy_shares_its_files_until_one_is_written_and_the_export_keeps_its_own(
    editor: Editor, exported: Path
) -> None:
    before = _bytes(exported)
    assert _bytes(editor.root) == before
    assert (editor.root / "export.json").samefile(exported / "export.json")
    editor.replace("export.json", b"{}")
    editor.write("controls.gz", [])
    assert _bytes(exported) == before


def test_what_is_taken_out_and_put_back_unchanged_still_verifies(editor: Editor, pin: Path) -> None:
    for lane in editor.lanes():
        editor.save(lane, editor.items(lane))
        editor.records(lambda item: item, lane)
        editor.witness(lambda _seq, raw: raw, lane)
    editor.save_checkpoints(editor.checkpoints(), (editor.root / "checkpoint").read_bytes())
    report = verify_export(editor.root, Options(pins=[read_pin(pin)], as_of=editor.created))
    assert report.findings == []


def test_a_lane_is_taken_once_and_only_where_it_fits(editor: Editor) -> None:
    taken = [editor.take_lane(2, closed=True) for _ in range(2)]
    assert len(set(taken)) == 2
    assert all(lane[:10] in editor.closed and editor.count_sealed(lane) >= 2 for lane in taken)
    assert editor.take_lane(closed=False)[:10] not in editor.closed


@pytest.mark.parametrize(
    ("entries", "closed", "told"),
    [(10**6, None, "needs a lane with 1000000 entries"), (10**6, True, "in a closed hour with")],
)
def test_where_no_lane_fits_it_is_said_what_was_needed(
    editor: Editor, entries: int, closed: bool | None, told: str
) -> None:
    with pytest.raises(NoTargetError, match=told):
        editor.take_lane(entries, closed=closed)


def test_the_leaf_of_an_entry_is_where_the_seals_put_it(editor: Editor) -> None:
    lane = editor.take_lane(2)
    leaves = [editor.leaf(lane, seq) for seq in range(editor.count_sealed(lane))]
    assert leaves == sorted(set(leaves))
    with pytest.raises(NoTargetError, match="is not sealed"):
        editor.leaf(lane, 10**6)


def test_an_item_that_a_writer_would_store_has_its_place_and_its_hash() -> None:
    item = Item.sound(7, b"data")
    assert item == ("0000000007", b"data", entry_hash(b"data"))


@pytest.mark.parametrize("name", ["", "no lane", "2025.x", "../../etc"])
def test_a_name_that_is_no_lane_is_not_written(editor: Editor, name: str) -> None:
    before = _bytes(editor.root)
    with pytest.raises(NoTargetError, match="is no lane"):
        editor.save(name, [])
    editor.records(lambda _: None, name)
    editor.witness(lambda *_: None, name)
    assert _bytes(editor.root) == before


def test_dropping_a_record_or_a_line_leaves_those_of_other_lanes(editor: Editor) -> None:
    lane, other = editor.take_lane(), editor.take_lane()
    editor.records(lambda _: None, lane)
    kept: list[str] = []
    editor.records(lambda item: kept.append(item["a_lane"]["S"]) or item, other)
    assert set(kept) == {other}
    left: list[str] = []
    editor.records(lambda item: left.append(item["a_lane"]["S"]) or item, lane)
    assert left == []
