"""CONTRIBUTING.md followed word by word: its files, changes and commands, on a copy of the project."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.places import PROJECT

DOCUMENT = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FOLDERS = ("benchmarks", "compliance", "docs", "lambda", "policies", "stack", "tapeproof", "tests")
_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def blocks(text: str) -> list[tuple[str, str]]:
    """Return the fenced blocks of a text: their language and content, without the margin of a list."""
    return [(language, textwrap.dedent(content)) for _, language, content in _BLOCK.findall(text)]


def section(title: str) -> str:
    """Return a section of the document."""
    _, found, rest = DOCUMENT.partition(f"\n## {title}\n")
    assert found, f"CONTRIBUTING.md has no section {title!r}"
    return rest.partition("\n## ")[0]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the project."""
    left_out = shutil.ignore_patterns("__pycache__", ".terraform", "*.tfstate*")
    for name in FOLDERS:
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=left_out)
    for path in PROJECT.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path / path.name)
    return tmp_path


def apply(change: str, folder: Path) -> None:
    """Make a change: the lines with a minus are replaced by those with a plus."""
    name, *lines = change.splitlines()
    path = folder / name.removeprefix("--- ")
    old = "\n".join(line[1:] for line in lines if line.startswith("-"))
    new = "\n".join(line[1:] for line in lines if line.startswith("+"))
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name} does not hold once: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def write(content: str, folder: Path) -> None:
    """Write a file that is named in a comment at its beginning, or add to one."""
    first, _, rest = content.partition("\n")
    name, comma, _ = first.removeprefix("# ").partition(",")
    with (folder / name).open("a" if comma else "x", encoding="utf-8") as out:
        out.write(rest)


def run(commands: str, folder: Path) -> None:
    """Run commands of the project's environment in the copy, each of which must succeed."""
    for line in commands.splitlines():
        program, *arguments = shlex.split(line)
        name = Path(program).name
        if program.startswith(".venv/bin/"):
            start = [sys.executable, *(["-m", name] if name != "python" else [])]
        else:
            start = [program]
        environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        own = ["-p", "no:cacheprovider"] if name == "pytest" else []
        done = subprocess.run(
            [*start, *own, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert name != "pytest" or " passed" in done.stdout


DO = {"sh": run, "diff": apply, "yaml": write}


@pytest.mark.parametrize(
    "title", ["Add a policy", "Add a venue", "Add a framework of controls", "Add an option"], ids=lambda title: title
)
def test_a_section_works_as_it_is_written(title: str, copy: Path) -> None:
    steps = blocks(section(title))
    assert {language for language, _ in steps} >= {"sh"}
    if "adding-an-exchange" in section(title):
        exchange = (copy / "docs" / "market-data.md").read_text(encoding="utf-8").partition("## Adding an exchange")[2]
        (_, module) = next(block for block in blocks(exchange) if block[0] == "python")
        (copy / "tapeproof" / "market" / "venues" / "fifth.py").write_text(module, encoding="utf-8")
    for language, content in steps:
        DO[language](content, copy)


def test_the_commands_that_set_up_are_targets_and_files_of_the_project() -> None:
    (_, commands) = blocks(section("Set up"))[0]
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for line in commands.splitlines():
        program, *arguments = shlex.split(line, comments=True)
        if program == "make":
            assert re.search(rf"^{re.escape(arguments[0])}:", makefile, re.MULTILINE), line
        else:
            assert all((PROJECT / one).exists() for one in arguments if one.startswith("tests/")), line
