"""The folder tree is the architecture: who may import whom, and what must not be in the house."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.imports import all_imports_of, circles, imports_of, modules
from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

MAY_IMPORT: dict[str, set[str]] = {
    "tapeproof.terminal": set(),
    "tapeproof.errors": {"tapeproof.terminal"},
    "tapeproof.content": {"tapeproof.errors"},
    "tapeproof.log": set(),
    "tapeproof.market": {"tapeproof.log"},
    "handlers": {"tapeproof.log", "tapeproof.market"},
    "tapeproof.verifier": {"tapeproof.log"},
    "tapeproof.auditing": {"tapeproof.log", "tapeproof.market", "tapeproof.verifier"},
    "tapeproof.account": {"tapeproof.log"},
    "tapeproof.gate": {"tapeproof.account", "tapeproof.content"},
    "tapeproof.editor": {"tapeproof", "tapeproof.gate"},
    "tapeproof.evidence.verifier": {"tapeproof.account", "tapeproof.log"},
    "tapeproof.evidence.reports": {"tapeproof.content", "tapeproof.evidence.verifier", "tapeproof.log"},
    "tapeproof.evidence.checking": {"tapeproof.evidence.reports", "tapeproof.evidence.verifier", "tapeproof.log"},
    "tapeproof.evidence.controls": {"tapeproof.content", "tapeproof.evidence.verifier", "tapeproof.gate"},
    "tapeproof.evidence.bundle": {
        "tapeproof.evidence.checking",
        "tapeproof.evidence.controls",
        "tapeproof.evidence.model",
        "tapeproof.evidence.reports",
        "tapeproof.evidence.verifier",
        "tapeproof.log",
    },
    "tapeproof.evidence.model": {"tapeproof.evidence.redaction"},
    "tapeproof.evidence.redaction": set(),
    "tapeproof.evidence": {
        "tapeproof.account",
        "tapeproof.auditing",
        "tapeproof.content",
        "tapeproof.evidence.bundle",
        "tapeproof.evidence.checking",
        "tapeproof.evidence.controls",
        "tapeproof.evidence.model",
        "tapeproof.evidence.redaction",
        "tapeproof.evidence.reports",
        "tapeproof.evidence.verifier",
        "tapeproof.gate",
        "tapeproof.log",
        "tapeproof.verifier",
    },
    "tapeproof.ops": {"tapeproof.log", "tapeproof.market"},
    "tapeproof.local": {"tapeproof.content", "tapeproof.log", "tapeproof.market", "tapeproof.ops"},
    "tapeproof.cli": {
        "tapeproof",
        "tapeproof.auditing",
        "tapeproof.editor",
        "tapeproof.evidence",
        "tapeproof.evidence.verifier",
        "tapeproof.gate",
        "tapeproof.local",
        "tapeproof.ops",
    },
    "tapeproof.__main__": {"tapeproof.cli"},
    "tapeproof": set(),
}
"""Each room, and the rooms it may import from; a module belongs to the room with the longest name it begins with."""
BASE = {"tapeproof.errors", "tapeproof.terminal"}
"""What every room may import."""
STANDARD_LIBRARY_ONLY = ["log", "verifier", "evidence/verifier", "evidence/reports", "evidence/checking"]


def _room(module: str) -> str:
    return max((room for room in MAY_IMPORT if f"{module}.".startswith(f"{room}.")), key=len)


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    return [PROJECT / name for name in listed.split("\0") if name and (PROJECT / name).is_file()]


def test_every_room_of_the_table_is_there() -> None:
    assert {_room(module) for module in modules()} == MAY_IMPORT.keys()


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_dependencies_between_rooms_point_one_way(room: str) -> None:
    known = modules()
    wrong = {
        module: sorted(outside)
        for module, path in known.items()
        if _room(module) == room
        and (outside := {one for one in imports_of(path, known) if _room(one) not in MAY_IMPORT[room] | {room} | BASE})
    }
    assert wrong == {}


def test_no_import_runs_in_a_circle_not_even_for_types() -> None:
    known = modules()
    assert circles({module: imports_of(path, known) - {module} for module, path in known.items()}) == []


def test_a_circle_would_be_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


@pytest.mark.parametrize("where", STANDARD_LIBRARY_ONLY)
def test_what_must_run_anywhere_imports_only_the_standard_library(where: str) -> None:
    folder = PROJECT / "tapeproof" / where
    sources = sorted(folder.rglob("*.py"))
    assert sources
    foreign = {
        source.relative_to(PROJECT).as_posix(): sorted(outside)
        for source in sources
        if (outside := all_imports_of(source) - {"tapeproof", "__future__"} - sys.stdlib_module_names)
    }
    assert foreign == {}


def test_no_file_is_left_half_done() -> None:
    marks = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
    texts = (path for path in _tracked() if path.suffix in {".py", ".tf", ".sh", ".md", ".yaml", ".toml"})
    assert not [str(path) for path in texts if marks.search(path.read_text(encoding="utf-8"))]


def test_every_link_in_the_documents_leads_somewhere() -> None:
    pages = {path: _without_code(path.read_text(encoding="utf-8")) for path in _tracked() if path.suffix == ".md"}
    headings = {path: set(map(_anchor, re.findall(r"^#+ (.+)$", text, re.MULTILINE))) for path, text in pages.items()}
    links = [(page, target, anchor) for page, text in pages.items() for target, anchor in _links(text)]
    assert links
    broken = [f"{page}: {target}" for page, target, _ in links if not (page.parent / target).exists()]
    broken += [
        f"{page}: {target}#{anchor}"
        for page, target, anchor in links
        if anchor and anchor not in headings.get((page.parent / target).resolve() if target else page, set())
    ]
    assert broken == []


def _without_code(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def _links(text: str) -> list[tuple[str, str]]:
    found = re.findall(r"\]\(([^)#\s]*)(?:#([^)]*))?\)", text)
    return [(target, anchor) for target, anchor in found if "://" not in target]


def _anchor(heading: str) -> str:
    """Return the anchor that a heading gets where Markdown is shown: GitHub's rule."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_nothing_changes_the_working_directory_but_a_server_that_one_editor_started_for_itself() -> None:
    changing = {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "tapeproof").rglob("*.py")
        if re.search(r"\bchdir\(", path.read_text(encoding="utf-8"))
    }
    assert changing == {"tapeproof/editor/server.py"}
