"""From a finding to the change that puts it right: characters replaced in their place, everything else untouched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.frontends.hcl.masking import MaskingError, mask
from tapeproof.gate.frontends.hcl.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tapeproof.gate.engine.report import Result

__all__ = ["FIXABLE", "ON_REQUEST", "Edit", "NotMechanicalError", "apply_edits", "edit_for"]

FIXABLE = frozenset({"TP_DDB_1", "TP_DST_1", "TP_LOG_1", "TP_RUN_2"})
"""The policies whose findings can be put right mechanically."""
ON_REQUEST = frozenset({"TP_DST_1", "TP_RUN_2"})
"""Those of them that take judgement: a protection is taken away, a function's time and memory change."""

_ASSIGNMENT = re.compile(r"(\w+) = (\w+)")
_NUMBER = re.compile(r'"?-?[0-9][0-9.eE+-]*"?')
_HEADER = re.compile(r"(resource|replica|point_in_time_recovery)\b")
_NOTHING = frozenset({"null", '""'})
_PREVENTED = re.compile(r"\bprevent_destroy[ \t]*=[ \t]*$")


class NotMechanicalError(Exception):
    """The finding takes a person; the message says why."""


class Edit(NamedTuple):
    """A change of one file.

    Attributes:
        start: Position of the first character that goes.
        end: Position after the last one; the same as ``start`` for an insertion into a block.
        text: What comes instead, or the argument or block to add.
    """

    start: int
    end: int
    text: str


def edit_for(result: Result, source: str) -> Edit:
    """Return the change that puts a finding right.

    Args:
        result: A FAIL of one of ``FIXABLE``.
        source: The file it is in.

    Raises:
        NotMechanicalError: The value is not simply written there.
    """
    starts = Positions(source).starts
    start = starts[result.line - 1] + result.column - 1
    end = starts[result.end_line - 1] + result.end_column - 1
    written = source[start:end]
    if _HEADER.match(written):
        return Edit(_inside(source, end), _inside(source, end), _write_missing(result, written))
    if result.policy == "TP_DST_1":
        if written.strip('"') != "true" or not _PREVENTED.search(source[starts[result.line - 1] : start]):
            raise NotMechanicalError("prevent_destroy is set by an expression")
        return Edit(start, end, "false")
    if result.policy == "TP_DDB_1":
        return Edit(start, end, _replace_literal(written, "true", {"false", '"false"', *_NOTHING}))
    assignment = _ASSIGNMENT.fullmatch(result.fix)
    if assignment is None or not (_NUMBER.fullmatch(written) or written in _NOTHING):
        raise NotMechanicalError("the value is made by an expression")
    quoted = written.startswith('"') and written not in _NOTHING
    return Edit(start, end, f'"{assignment[2]}"' if quoted else assignment[2])


def _replace_literal(written: str, wanted: str, known: set[str]) -> str:
    if written not in known:
        raise NotMechanicalError("the value is made by an expression")
    return wanted


def _write_missing(result: Result, header: str) -> str:
    """Return what a block lacks, as it is to be added."""
    if header.startswith("point_in_time_recovery"):
        return "enabled = true"
    assignment = _ASSIGNMENT.fullmatch(result.fix)
    if assignment is not None:
        return result.fix
    if result.policy == "TP_DDB_1":
        return "point_in_time_recovery {\n  enabled = true\n}"
    raise NotMechanicalError("it is not clear what to add")


def _inside(source: str, header_end: int) -> int:
    """Return the position of the brace that closes the block whose header ends at a position."""
    try:
        masked = mask(source).text
    except MaskingError as error:
        raise NotMechanicalError(str(error)) from error
    depth = 0
    for position in range(masked.index("{", header_end), len(masked)):
        depth += (masked[position] == "{") - (masked[position] == "}")
        if not depth:
            return position
    raise NotMechanicalError("the block is not closed")


def apply_edits(source: str, edits: Iterable[Edit]) -> str:
    """Return a file with some changes made; what is added to the same block is added together."""
    additions: dict[int, list[str]] = {}
    replacements: set[Edit] = set()
    for edit in edits:
        if edit.start == edit.end:
            known = additions.setdefault(edit.start, [])
            if edit.text not in known:
                known.append(edit.text)
        else:
            replacements.add(edit)
    changes = [*replacements, *(_addition(source, brace, texts) for brace, texts in additions.items())]
    for edit in sorted(changes, reverse=True):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source


def _addition(source: str, brace: int, texts: list[str]) -> Edit:
    """Return the change that adds arguments and blocks before a closing brace, in the file's own style."""
    newline = "\r\n" if "\r\n" in source else "\n"
    line = source.rfind("\n", 0, brace) + 1
    before = source[line:brace]
    margin = before[: len(before) - len(before.lstrip(" \t"))]
    lines = [f"{margin}  {part}" if part else "" for text in _align_arguments(texts) for part in text.split("\n")]
    if before.strip():
        # The block is on one line: it becomes one of several.
        opening = source.index("{", line)
        inner = source[opening + 1 : brace].strip()
        body = [f"{margin}  {inner}", ""] if inner else []
        return Edit(opening + 1, brace, newline.join(["", *body, *lines, margin]))
    previous = source[:line].rstrip().rpartition("\n")[2]
    gap = [] if previous.rstrip().endswith("{") else [""]
    end_of_body = len(source[:line].rstrip())
    return Edit(end_of_body, line, newline.join(["", *gap, *lines, ""]))


def _align_arguments(texts: list[str]) -> list[str]:
    """Return arguments with their equals signs in one column, as ``terraform fmt`` has them, blocks after them."""
    arguments = sorted(text for text in texts if _ASSIGNMENT.fullmatch(text))
    width = max((len(text.partition(" = ")[0]) for text in arguments), default=0)
    shown = []
    for text in arguments:
        name, _, value = text.partition(" = ")
        shown.append(f"{name:<{width}} = {value}")
    blocks = [text for text in texts if not _ASSIGNMENT.fullmatch(text)]
    for block in blocks:
        shown.extend(([""] if shown else []) + [block])
    return shown
