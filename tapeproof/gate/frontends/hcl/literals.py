"""The literal text of quoted strings and heredocs, and the whitespace that templates take away.

Source: HCL Native Syntax Specification, "Template Expressions"; what it leaves open (a strip marker reaches one literal
token, which in a heredoc is one line) is as the ``terraform`` binary does it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tapeproof.gate.engine.evaluator.syntax import At, Constant, Expression

__all__ = ["EscapeError", "Marked", "flushed", "stripped", "unescaped"]

_ESCAPE = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\.|\$\$\{|%%\{", re.DOTALL)
_SHORT = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_HIGHEST = 0x10FFFF


class EscapeError(Exception):
    """An escape that HCL does not have; ``offset`` is where in the literal."""

    def __init__(self, escape: str, offset: int) -> None:
        self.offset = offset
        super().__init__(f"there is no escape {escape!r} in a quoted string")


class Marked(NamedTuple):
    """A part of a template, and whether strip markers stand at its near sides.

    Attributes:
        node: A ``Constant`` of text, or an expression, or an opening, middle or closing directive.
        left: ``${~``: whitespace goes from the end of the literal before it.
        right: ``~}``: whitespace goes from the start of the literal after it.
    """

    node: Expression
    left: bool = False
    right: bool = False


def unescaped(text: str, *, quoted: bool) -> str:
    """Return literal text with its escapes resolved; heredocs have only ``$${`` and ``%%{``.

    Raises:
        EscapeError: A backslash is followed by something else than an escape.
    """
    if "\\" not in text and "{" not in text:
        return text

    def resolve(match: re.Match[str]) -> str:
        escape = match[0]
        if not escape.startswith("\\"):
            return escape[1:]
        if not quoted:
            return escape
        return _character(escape, match.start())

    return _ESCAPE.sub(resolve, text)


def _character(escape: str, offset: int) -> str:
    kind = escape[1]
    if kind in _SHORT:
        return _SHORT[kind]
    digits = escape.removeprefix(f"\\{kind}")
    if kind in "uU" and digits:
        code = int(digits, 16)
        if code <= _HIGHEST:
            return chr(code)
    raise EscapeError(escape, offset)


def stripped(parts: list[Marked]) -> list[Expression]:
    """Return the parts of a template with the whitespace beside strip markers taken away."""
    result: list[Expression] = []
    for index, part in enumerate(parts):
        node = part.node
        if isinstance(node, Constant) and isinstance(node.value, str):
            text = node.value
            if index and parts[index - 1].right:
                text = text.lstrip()
            if index + 1 < len(parts) and parts[index + 1].left:
                text = text.rstrip()
            node = node._replace(value=text)
        result.append(node)
    return result


def flushed(nodes: list[Expression]) -> list[Expression]:
    """Return the nodes of a ``<<-`` heredoc with the indentation that all its lines share taken away.

    Strip markers come first: a line whose newline they took is no line of its own here.
    """
    fewest: int | None = None
    first: set[int] = set()
    fresh = True
    for index, node in enumerate(nodes):
        text = _text(node)
        if fresh:
            fresh = False
            blank = text is not None and not text.strip() and text.endswith("\n")
            if not blank:
                spaces = 0 if text is None else len(text) - len(text.lstrip())
                fewest = spaces if fewest is None else min(fewest, spaces)
                first.add(index)
        fresh = fresh or (text is not None and text.endswith("\n"))
    return [_cut(node, fewest or 0) if index in first else node for index, node in enumerate(nodes)]


def _cut(node: Expression, width: int) -> Expression:
    text = _text(node)
    if text is None or not width:
        return node
    line, column, end_line, end_column = node.at
    at: At = (line, column + width, end_line, end_column)
    return Constant(text[width:], at)


def _text(node: Expression) -> str | None:
    return node.value if isinstance(node, Constant) and isinstance(node.value, str) else None
