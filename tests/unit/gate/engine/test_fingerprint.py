"""The gate's own code and catalogue are part of what an answer holds for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine import fingerprint
from tapeproof.gate.engine.fingerprint import code_fingerprint

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("gate/rule.py", "policies/tp_x_1/policy.yaml", "policies/tp_x_1/examples/a.tf", "gate/notes.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one", encoding="utf-8")
    monkeypatch.setattr(fingerprint, "PACKAGE", tmp_path)
    monkeypatch.setattr(fingerprint, "content", lambda name: tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("gate/rule.py", True),
        ("policies/tp_x_1/policy.yaml", True),
        ("policies/facts/new.csv", True),
        ("policies/tp_x_1/examples/a.tf", False),
        ("gate/notes.md", False),
        ("gate/__pycache__/rule.py", False),
    ],
)
def test_a_change_of_code_or_facts_shows_and_one_of_examples_does_not(name: str, matters: bool, house: Path) -> None:
    before = code_fingerprint()
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("two", encoding="utf-8")
    assert (code_fingerprint() != before) is matters


def test_a_file_that_moves_or_goes_shows(house: Path) -> None:
    before = code_fingerprint()
    (house / "gate/rule.py").rename(house / "gate/other.py")
    moved = code_fingerprint()
    (house / "gate/other.py").unlink()
    assert len({before, moved, code_fingerprint()}) == 3


def test_a_broken_link_is_part_of_it_and_no_error(house: Path) -> None:
    before = code_fingerprint()
    (house / "gate/link.py").symlink_to(house / "nowhere.py")
    assert code_fingerprint() != before
