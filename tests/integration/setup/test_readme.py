"""README.md followed by the people it is for; and no page shows a command or an option that there is not."""

from __future__ import annotations

import importlib
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from tapeproof.cli import GROUPS, main
from tapeproof.cli.parser import Parser
from tests.effort import SOAKING
from tests.places import PROJECT

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

README = (PROJECT / "README.md").read_text(encoding="utf-8")
PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
GROUP = 'resource "aws_cloudwatch_log_group" "trade" {\n  name              = "/trade"\n  retention_in_days = 7\n}\n'


def _section(title: str) -> str:
    _, found, rest = README.partition(f"\n### {title}")
    assert found, f"README.md has no section {title!r}"
    return re.split(r"\n##+ ", rest)[0]


def _commands(text: str) -> list[list[str]]:
    """Return the commands of the shell blocks of a text, comments left out and continued lines joined."""
    blocks = re.findall(r"^ *```(\w*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    shell = [block for language, block in blocks if language in {"", "sh"}]
    lines = [
        line
        for block in shell
        for line in block.replace("\\\n", " ").splitlines()
        if "tapeproof" in line or "verify.py" in line
    ]
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    programs = {"tapeproof": [sys.executable, "-m", "tapeproof"], "python3": [sys.executable]}
    expanded = [part for word in command[1:] for part in (map(str, folder.glob(word)) if "*" in word else [word])]
    whole = [*programs[command[0]], *expanded]
    return subprocess.run(whole, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / ".git" / "cache"))


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    (tmp_path / "logs.tf").write_text(GROUP, encoding="utf-8")
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "Terraform"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


@pytest.mark.usefixtures("stranger", "_here")
def test_a_platform_engineer_is_green_at_the_end_of_the_commands() -> None:
    commands = _commands(_section("A platform engineer"))
    statuses = [(" ".join(command[1:3]), main(command[1:])) for command in commands]
    assert statuses == [
        ("gate init", 0),
        ("gate check", 1),
        ("gate baseline", 0),
        ("gate check", 0),
        ("gate explain", 0),
        ("gate fix", 0),
        ("gate check", 0),
    ]


@pytest.mark.usefixtures("_here")
def test_the_session_on_the_first_screen_is_what_the_gate_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    for part in parts:
        line, _, said = part.partition("\n")
        if line.startswith("cat "):
            (tmp_path / line.split()[1]).write_text(said, encoding="utf-8")
        else:
            main(shlex.split(line)[1:])
            told = capsys.readouterr()
            assert told.out + told.err == said


def test_the_hook_is_one_that_there_is() -> None:
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", _section("A platform engineer"), re.MULTILINE | re.DOTALL)
    hooks = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [one["id"] for one in yaml.safe_load(block)[0]["hooks"]] == ["tapeproof-gate"]
    assert "tapeproof-gate" in {one["id"] for one in hooks}


@pytest.fixture(scope="module")
def parsers() -> dict[str, argparse.ArgumentParser]:
    made = {}
    for name, group in GROUPS.items():
        parser = Parser(prog=f"tapeproof {name}")
        importlib.import_module(group.module).configure(parser)
        made[name] = parser
    return made


def _calls(page: Path) -> list[list[str]]:
    """Return the calls of the command on a page, up to whatever the shell does with their answer."""
    found = []
    for words in _commands(page.read_text(encoding="utf-8")):
        if "tapeproof" in words and not any("$(" in word or word == "<(tapeproof" for word in words):
            after = words[words.index("tapeproof") + 1 :]
            ends = [at for at, word in enumerate(after) if word in {"|", "&&", "||", ">", ";", "tapeproof"}]
            found.append(after[: ends[0]] if ends else after)
    return [call for call in found if call]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_a_page_is_one_that_there_is(page: Path, parsers: dict[str, argparse.ArgumentParser]) -> None:
    for call in _calls(page):
        if call[0].startswith("-") or "…" in " ".join(call[:2]):
            continue
        try:
            parsers[call[0]].parse_args([word.replace("sha256:…", f"sha256:{'0' * 64}") for word in call[1:]])
        except SystemExit as stop:
            if stop.code:
                pytest.fail(f"{page.name}: tapeproof {' '.join(call)}")


@pytest.mark.parametrize("page", [*PAGES, PROJECT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_every_target_that_a_page_names_is_one_that_there_is(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    blocks = "".join(re.findall(r"^ *```(?:sh)?\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL))
    named = re.findall(r"^ *make ([a-z][a-z-]*)", blocks, re.MULTILINE) + re.findall(r"`make ([a-z][a-z-]*)", text)
    assert set(named) <= targets


def test_commands_are_found_on_the_pages() -> None:
    assert sum(len(_calls(page)) for page in PAGES) > 50


@pytest.mark.skipif(not SOAKING, reason="collects evidence of the whole project: run by make soak")
def test_an_auditor_gets_a_bundle_that_verifies(tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "-q", str(PROJECT), str(tmp_path / "clone")], check=True)
    statuses = [_run(command, tmp_path / "clone") for command in _commands(_section("An auditor"))]
    assert [one.returncode for one in statuses[:1]] == [0]
    assert statuses[1].returncode in {0, 1}, statuses[1].stderr  # findings are no failure of the command
    assert (statuses[2].returncode, "UNANCHORED" in statuses[2].stdout) == (3, True), statuses[2].stdout
