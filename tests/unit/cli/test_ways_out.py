"""Every command and option that a message names is there, and belongs to the command that it is named with."""

from __future__ import annotations

import argparse
import ast
import importlib
import re
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import GROUPS
from tapeproof.cli.parser import Parser
from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_COMMAND = re.compile(r"\btapeproof ((?:[a-z]+)(?: [a-z][a-z-]*)?)((?: +(?:\{\}|[^\s`;,]+))*)")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+(?![\w-]*\{)")
_OTHERS = re.compile(
    r"^\\b|\b(?:aws|checkov|git|passwd|pip|uv|terraform -)\b|#!/|browser|--exclude '|--(?:no-find|user-data|host-re)"
)
"""Programs with options of their own, and patterns of what they are given."""
_NAMES = {"tapeproof local stack"}
"""What reads like a command and is a name: of a certificate."""
_ROOMS = {
    "auditing": {"audit", "local", "ops"},
    "cli": set(GROUPS),
    "editor": {"gate"},
    "evidence": {"evidence", "audit", "gate", "local"},
    "gate": {"gate"},
    "local": {"local", "ops", "audit"},
    "ops": {"ops", "local", "audit"},
    "verifier": {"audit"},
}
"""Whose options a room's messages may speak of."""


def _known() -> dict[tuple[str, ...], set[str]]:
    """Return the options of each group and command."""
    parser = Parser(prog="tapeproof")
    commands = parser.add_subparsers()
    for name, group in GROUPS.items():
        importlib.import_module(group.module).configure(commands.add_parser(name))
    return dict(_walk(parser, ()))


def _walk(parser: argparse.ArgumentParser, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    options: set[str] = set()
    for action in parser._actions:
        options.update(action.option_strings)
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from _walk(inner, (*path, name))
    yield path, options


KNOWN = _known()


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module and their lines; what is filled in is ``{}``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parts: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts.update(map(id, node.values))
            text = (str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
            yield node.lineno, "".join(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.lineno, node.value


def _faults(text: str, groups: set[str], known: Mapping[tuple[str, ...], set[str]]) -> Iterator[str]:
    """Yield what a text tells somebody to run or to name, and that is not there."""
    for match in _COMMAND.finditer(text):
        words = tuple(match[1].split())
        if match[0] in _NAMES:
            continue
        if words[:1] not in known:
            continue  # a sentence about the program
        is_deep = any(len(path) == 2 and path[0] == words[0] for path in known)
        if len(words) > 1 and is_deep and words not in known:
            yield f"no command {match[1]}"
        command = words if words in known else words[:1]
        options = (
            known[command] if len(command) > 1 else set().union(*(known[one] for one in known if one[:1] == command))
        )
        yield from (f"{match[1]} has no {one}" for one in _OPTION.findall(match[2]) if one not in options)
    if " " in text and not _OTHERS.search(text):
        options = set().union(*(known[path] for path in known if path[:1] and path[0] in groups))
        yield from (f"no option {one}" for one in _OPTION.findall(text) if one not in options)


@pytest.mark.parametrize("room", _ROOMS)
def test_a_message_names_only_commands_and_options_that_are_there(room: str) -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{line}: {fault}"
        for path in sorted((PROJECT / "tapeproof" / room).rglob("*.py"))
        for line, text in _texts(path)
        for fault in _faults(text, _ROOMS[room], KNOWN)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("run `tapeproof gate chek`", "no command gate chek"),
        ("run `tapeproof gate baseline --pin`", "gate baseline has no --pin"),
        ("name it with --verify-key", "no option --verify-key"),
        ("run `tapeproof gate check --diff REV`", ""),
        ("tapeproof itself is at fault", ""),
    ],
)
def test_a_way_out_that_is_not_there_would_be_found(text: str, fault: str) -> None:
    assert list(_faults(text, {"gate"}, KNOWN))[:1] == ([fault] if fault else [])
