"""What is wrong with how a finding is told, as far as that can be told without understanding it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["find_message_faults"]

_TOLD = ("message", "fix", "expected", "observed")
_PYTHON = re.compile(
    r"\b(?:None|True|False|Known|Unknown|Undecided|Decimal|frozenset|NamedTuple|object at 0x)\b|\x00|\\x00"
)
"""Words of the program's, which no reader knows."""
_EMPTY = re.compile(r"(?<![\w'])''(?!')|(?<![\w\"\\])\"\"(?!\")")
_HOLE = re.compile(r"(?<![$%\\])\{[a-z_]*\}")
"""A detail that was not filled in."""
_COUNTED = "days|seconds|minutes|hours|characters|statements|rules|fields|messages|operators|values|times|resources"
_ONE_OF_MANY = re.compile(rf"(?<![\w.-])1 (?:{_COUNTED})\b")
_TWICE = re.compile(r"\b([a-z]+) \1(?![\w-])")
_ADDRESS = re.compile(r"(?<!\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK})\b(?:aws|awscc)_[a-z0-9_]+\.[A-Za-z_][\w-]*")
_PLACED = {".tf", ".tofu", ".json", ".tfvars"}


def find_message_faults(result: dict[str, Any], case: Path) -> Iterator[str]:
    """Yield what is wrong with a result of a case, which is a folder with all that the result may name."""
    source = "\n".join(path.read_text("utf-8", "replace") for path in sorted(case.rglob("*")) if path.is_file())
    for name in _TOLD:
        told = result[name] or ""
        yield from (f"{name}: {fault}: {told}" for fault in _faults_of(told, source))
    if result["verdict"] == "fail" and not result["fix"]:
        yield f"no way out: {result['message']}"
    if not result["message"] or result["message"].endswith("."):
        yield f"no sentence without a full stop: {result['message']!r}"
    if _is_written(result["fix"] or "", result["source_line"] or ""):
        yield f"the way out is what is there: {result['fix']}"
    yield from _faults_of_place(result, case)


def _faults_of(told: str, source: str) -> Iterator[str]:
    if told != told.strip() or "  " in told or "\n" in told:
        yield "blanks too many"
    for pattern in (_PYTHON, _EMPTY, _HOLE, _ONE_OF_MANY, _TWICE):
        found = pattern.search(told)
        if found and found[0] not in source:
            yield f"{found[0]!r}"
    for address in _ADDRESS.findall(told):
        if address.partition(".")[2] not in source:
            yield f"{address} is nowhere in the case"


def _is_written(fix: str, line: str) -> bool:
    """Return whether an assignment that is to be written stands on the line already."""
    return re.fullmatch(r"\w+ = [^<>{}]+", fix) is not None and _squeeze(fix) == _squeeze(line)


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text.partition(" #")[0])


def _faults_of_place(result: dict[str, Any], case: Path) -> Iterator[str]:
    file = case.parent / result["file"] if result["file"] else None
    if file is None or file.suffix not in _PLACED or not file.is_file():
        return
    lines = file.read_text("utf-8", "replace").split("\n")
    line, column = result["line"] or 0, result["column"] or 0
    if not (1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1):
        yield f"{file.name}:{line}:{column} is no place in it: {result['message']}"
    elif not lines[line - 1].strip() and line < len(lines):
        yield f"{file.name}:{line}:{column} is an empty line: {result['message']}"
