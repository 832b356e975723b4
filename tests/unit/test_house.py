"""The folder tree is the architecture: who may import whom, and what must not be in the house."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ROOMS = {"audit_log", "market_data", "handlers", "policies", "stack", "compliance", "tapeproof"}
MAY_IMPORT: dict[str, set[str]] = {
    "lambda/audit_log": set(),
    "lambda/market_data": {"audit_log"},
    "lambda/handlers": {"market_data", "audit_log"},
    "policies": set(),
    "stack": {"market_data", "audit_log", "handlers"},
    "compliance": {"policies", "audit_log", "market_data"},
    "tapeproof": set(),
}
STANDARD_LIBRARY_ONLY = ["lambda/audit_log", "compliance/bundle/verify.py"]


def _sources(where: str) -> list[Path]:
    path = PROJECT / where
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def _imported(source: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    return [PROJECT / name for name in listed.split("\0") if name and (PROJECT / name).is_file()]


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_dependencies_between_rooms_point_one_way(room: str) -> None:
    own = room.rsplit("/", maxsplit=1)[-1]
    wrong = {
        source.relative_to(PROJECT).as_posix(): sorted(outside)
        for source in _sources(room)
        if (outside := (_imported(source) & ROOMS) - MAY_IMPORT[room] - {own})
    }
    assert not wrong


@pytest.mark.parametrize("where", STANDARD_LIBRARY_ONLY)
def test_what_must_run_anywhere_imports_only_the_standard_library(where: str) -> None:
    own = {"audit_log", "__future__"}
    foreign = {
        source.relative_to(PROJECT).as_posix(): sorted(outside)
        for source in _sources(where)
        if (outside := _imported(source) - own - sys.stdlib_module_names)
    }
    assert not foreign


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
