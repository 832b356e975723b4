from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from tapeproof.auditing.attacks import ATTACKS
from tapeproof.auditing.attacks.lanes import edit_entry
from tapeproof.auditing.drill import COMBINED
from tapeproof.auditing.editor import Editor, clone
from tapeproof.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main(["audit", *(str(one) for one in arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_the_drill_detects_and_names_everything_and_leaves_the_export_alone(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in exported.rglob("*") if path.is_file()}
    status, out, _ = run(capsys, "drill", exported, "--format", "json")
    outcomes = json.loads(out)
    assert status == 0
    assert len(outcomes) == 1 + len(ATTACKS) + COMBINED
    assert all(one["detected"] for one in outcomes)
    assert before == {path: path.read_bytes() for path in exported.rglob("*") if path.is_file()}


def test_an_export_that_was_tampered_with_is_not_attacked_once_more(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone(exported, tmp_path / "copy")
    edit_entry(Editor(tmp_path / "copy", random.Random(4)))
    Editor(tmp_path / "copy", random.Random(4)).write("controls.gz", [b"0 garbage"])
    status, out, _ = run(capsys, "drill", tmp_path / "copy")
    assert status == 1
    assert "NOT SOUND" in out
    assert "0 of 0 attacks" in out
