"""What each attack does to the stores around the lanes; that the verifier finds it is shown beside, for all of them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.attacks import stores
from tapeproof.auditing.editor import Editor, NoTargetError, clone
from tapeproof.log.checkpoint import open_checkpoint, parse_checkpoint
from tapeproof.log.note import NoteError, VerifierKey, parse_note
from tapeproof.verifier.findings import Verdict

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def editor(exported: Path, tmp_path: Path) -> Editor:
    clone(exported, tmp_path / "attacked")
    return Editor(tmp_path / "attacked", random.Random(2))


def _files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _changed(editor: Editor, exported: Path) -> set[str]:
    before, after = _files(exported), _files(editor.root)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.mark.parametrize(
    ("attack", "folders"),
    [
        ("edit_record", {"records"}),
        ("delete_record", {"records"}),
        ("delete_lines", {"witness"}),
        ("add_line", {"witness"}),
        ("fork_log", {"checkpoints.gz", "checkpoint"}),
        ("replace_key", {"keys.txt", "checkpoints.gz", "checkpoint"}),
        ("sign_with_another_key", {"checkpoints.gz", "checkpoint"}),
        ("truncate_tile", {"tile"}),
        ("swap_tiles", {"tile"}),
        ("go_stale", set()),
    ],
)
def test_an_attack_touches_the_store_that_it_is_about_and_no_other(
    editor: Editor, exported: Path, attack: str, folders: set[str]
) -> None:
    getattr(stores, attack)(editor)
    assert {name.split("/")[0] for name in _changed(editor, exported)} == folders


def test_an_edited_record_leaves_its_entry_and_its_number_as_they_were(editor: Editor) -> None:
    done = stores.edit_record(editor)
    bodies: list[str] = []

    def look(item: dict[str, Any]) -> dict[str, Any]:
        if item["a_seq"]["N"] == str(done.seq):
            bodies.append(item["body"]["S"])
        return item

    editor.records(look, done.lane)
    assert bodies
    assert all(body.endswith(" ") for body in bodies)


def test_a_forked_log_publishes_another_root_of_the_size_that_it_has_stored(editor: Editor) -> None:
    stores.fork_log(editor)
    stored, public = editor.checkpoints()[-1][1], (editor.root / "checkpoint").read_bytes()
    one, two = (parse_checkpoint(parse_note(note).text) for note in (stored, public))
    assert one.size == two.size
    assert one.root != two.root


def test_a_replaced_key_vouches_for_itself_and_the_logs_own_for_nothing(editor: Editor, vkey: VerifierKey) -> None:
    stores.replace_key(editor)
    rogue = VerifierKey.parse((editor.root / "keys.txt").read_text())
    note = (editor.root / "checkpoint").read_bytes()
    assert open_checkpoint(note, [rogue])[2] == [rogue]
    with pytest.raises(NoteError):
        open_checkpoint(note, [vkey])


@pytest.mark.parametrize("attack", ["delete_checkpoints", "roll_back"])
def test_a_log_that_was_set_back_is_one_of_its_own_earlier_states(editor: Editor, exported: Path, attack: str) -> None:
    before = Editor(exported, random.Random(2)).checkpoints()
    getattr(stores, attack)(editor)
    after = editor.checkpoints()
    assert after == before[: len(after)]
    assert 0 < len(after) < len(before)
    assert (editor.root / "checkpoint").read_bytes() == after[-1][1]


def test_a_wiped_log_leaves_a_folder_without_anything_of_the_log(editor: Editor) -> None:
    stores.wipe(editor)
    assert editor.checkpoints() == []
    assert not (editor.root / "tile").exists()
    assert not (editor.root / "lanes").exists()
    assert not (editor.root / "checkpoint").exists()


def test_a_log_that_went_stale_is_whole_and_only_judged_a_day_later(editor: Editor) -> None:
    done = stores.go_stale(editor)
    assert (done.verdict, done.later_ns) == (Verdict.STALE, 86_400 * 10**9)


def test_an_export_that_lacks_what_an_attack_needs_gives_no_target(editor: Editor) -> None:
    editor.save_checkpoints(editor.checkpoints()[:1], None)
    for attack in (stores.delete_checkpoints, stores.roll_back):
        with pytest.raises(NoTargetError, match="checkpoint"):
            attack(editor)
