"""Paths in the settings that are not there are errors, as what they were meant for would be judged otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.by_path import Off, Override
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.matching import require_matches
from tapeproof.gate.engine.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "teams" / "legacy" / "queue").mkdir(parents=True)
    (tmp_path / "teams" / "legacy" / "main.tf").touch()
    (tmp_path / ".terraform" / "cached").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)


def settings(pattern: str) -> Settings:
    return Settings(off=(Off("TP_A_1", "a", (pattern,)),), file=".tapeproof.yaml")


@pytest.mark.parametrize(
    "pattern",
    ["teams", "teams/*", "*/legacy", "*/legacy/*.tf", "teams/legacy/main.tf", "teams/[kl]*", "aws:1:us-east-1", "*"],
)
def test_what_is_there_is_found(pattern: str) -> None:
    require_matches(settings(pattern))


@pytest.mark.parametrize(
    ("pattern", "fix"),
    [
        ("team", "did you mean teams?"),
        ("team/*", "did you mean teams?"),
        ("teams/legcy/*", "did you mean teams/legacy?"),
        ("*/cached", "name folders and files as they are called from where the settings lie"),
        ("teams/*.tofu", "name folders and files as they are called from where the settings lie"),
        ("/nowhere/*", "name folders and files as they are called from where the settings lie"),
    ],
)
def test_what_is_not_there_is_refused_with_what_was_meant(pattern: str, fix: str) -> None:
    with pytest.raises(CannotJudgeError, match="off TP_A_1: nothing is called") as raised:
        require_matches(settings(pattern))
    assert fix in raised.value.diagnostics()


def test_overrides_are_held_to_it_too() -> None:
    with pytest.raises(CannotJudgeError, match="overrides TP_A_1: nothing is called gone"):
        require_matches(Settings(overrides=(Override("TP_A_1", {"a": 1}, "a", ("teams", "gone")),)))
