"""Every line of the threat model names a test that there is."""

from __future__ import annotations

import re

import pytest

from tests.places import PROJECT

PAGE = (PROJECT / "docs" / "threat-model.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| attack")]


@pytest.fixture(scope="module")
def names() -> set[str]:
    """The names of all tests, wherever they lie."""
    files = (PROJECT / "tests").rglob("test_*.py")
    return {
        name
        for file in files
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_what_stops_an_attack_is_shown_by_a_test_that_exists(row: str, names: set[str]) -> None:
    named = re.fullmatch(r"\| .+ \| .+ \| `(test_\w+)` \|", row)
    assert named, "expected an attack, what stops it, and a test"
    assert named[1] in names


def test_each_chapter_has_attacks_and_the_page_of_security_points_here() -> None:
    chapters = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
    assert [chapter.splitlines()[0] for chapter in chapters if "| attack |" not in chapter] == ["What is left"]
    assert len(ROWS) > 25
    assert "(docs/threat-model.md)" in (PROJECT / "SECURITY.md").read_text(encoding="utf-8")
