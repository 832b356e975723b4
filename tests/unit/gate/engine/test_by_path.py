"""What a pattern of the settings covers, however places and folders are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tapeproof.gate.engine.by_path import covers, is_like, parse_off, pattern_of


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "live").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "place", "is_covered"),
    [
        ("legacy", "legacy", True),
        ("legacy", "legacy/main.tf", True),
        ("legacy", "legacy/deep/main.tf", True),
        ("legacy", "legacy2", False),
        ("legacy", "old/legacy", False),
        ("*/legacy", "old/legacy/main.tf", True),
        ("legacy/*", "legacy", False),
        ("legacy/*", "legacy/a", True),
        ("legacy", "./legacy", True),
        ("legacy", "live/../legacy", True),
        ("legacy/*.tf", "legacy/main.tf", True),
        ("aws:111122223333:us-east-1", "aws:111122223333:us-east-1", True),
        ("legacy", "", False),
        ("*", "anything", True),
        ("**/legacy", "legacy", True),
        ("**/legacy", "a/b/legacy/main.tf", True),
        ("a/**/legacy", "a/legacy", True),
        ("a/**/legacy", "a/b/c/legacy", True),
        ("a/**/legacy", "b/legacy", False),
        ("legacy/**", "legacy/a/main.tf", True),
    ],
)
def test_a_pattern_covers_what_it_names_and_what_lies_below(pattern: str, place: str, is_covered: bool) -> None:
    assert covers([pattern], [place]) is is_covered


@pytest.mark.parametrize("written", ["legacy/", "./legacy", "legacy//", "live/../legacy"])
def test_a_pattern_is_read_as_a_shell_would_read_it(written: str) -> None:
    assert pattern_of(Path(), written) == "legacy"


def test_settings_from_above_cover_what_is_named_from_below(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here / "live")
    above = pattern_of(Path(".."), "live")
    assert covers([above], ["."])
    assert covers([above], ["main.tf"])
    assert not covers([pattern_of(Path(".."), "other")], ["."])


def test_a_place_with_its_whole_path_is_covered_too(here: Path) -> None:
    assert covers(["live"], [str(here / "live" / "main.tf")])
    assert is_like(str(here / "live"), "live")


def test_an_entry_without_paths_is_for_everything() -> None:
    assert parse_off({"policy": "TP_A_1", "reason": "a"}, Path()).paths == ()
