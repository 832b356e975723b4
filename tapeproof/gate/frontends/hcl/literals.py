"""The literal text of quoted strings and heredocs, and the whitespace that templates take away.

Source: HCL Native Syntax Specification, "Template Expressions"; what it leaves open (a strip marker reaches one literal
token, which in a heredoc is one line) is as the ``terraform`` binary does it.
"""

from __future__ import annotations

import re

from tapeproof.gate.engine.evaluator.syntax import At, Constant, Expression
from tapeproof.gate.engine.named_tuple import NamedTuple

__all__ = ["EscapeError", "Marked", "join_literals", "literal", "remove_indentation", "strip_whitespace"]

_ESCAPE = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\.|\$\$\{|%%\{", re.DOTALL)
_SHORT = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_HIGHEST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


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


def literal(text: str, at: At, *, quoted: bool) -> Constant:
    """Return literal text with its escapes resolved; heredocs have only ``$${`` and ``%%{``.

    Raises:
        EscapeError: A backslash is followed by something else than an escape.
    """
    if "\\" not in text and "{" not in text:
        return Constant(text, at)
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []
    here = length = 0
    for match in _ESCAPE.finditer(text):
        escape = match[0]
        if escape.startswith("\\"):
            if not quoted:
                continue
            character = _character(escape, match.start())
        else:
            character = escape[1:]
        parts += text[here : match.start()], character
        length += match.start() - here + len(character)
        here = match.end()
        shifts.append((length, here - length))
    return Constant("".join([*parts, text[here:]]), at, tuple(shifts))


def _character(escape: str, offset: int) -> str:
    kind = escape[1]
    if kind in _SHORT:
        return _SHORT[kind]
    digits = escape.removeprefix(f"\\{kind}")
    if kind in "uU" and digits:
        code = int(digits, 16)
        if code <= _HIGHEST and code not in _SURROGATES:
            return chr(code)
    raise EscapeError(escape, offset)


def strip_whitespace(parts: list[Marked]) -> list[Expression]:
    """Return the parts of a template with the whitespace beside strip markers taken away."""
    result: list[Expression] = []
    for index, part in enumerate(parts):
        node = part.node
        if isinstance(node, Constant) and isinstance(node.value, str):
            if index and parts[index - 1].right:
                node = _cut(node, len(node.value) - len(node.value.lstrip()))
            if index + 1 < len(parts) and parts[index + 1].left:
                node = _truncate_literal(node, len(node.value.rstrip()))
        result.append(node)
    return result


def join_literals(nodes: list[Expression], at: At) -> Constant:
    """Return a quoted string that is nothing but literal text, which without sequences in it is one part at most."""
    return Constant("".join(node.value for node in nodes), at, nodes[0].shifts if nodes else ())


def remove_indentation(nodes: list[Expression]) -> list[Expression]:
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
    """Return literal text of one line, or another node, with characters taken away from its beginning."""
    text = _text(node)
    if text is None or not width:
        return node
    line, column, end_line, end_column = node.at
    # Only blanks are cut away. Those of a quoted string may be escapes, which are longer in the source.
    surplus = next((more for after, more in reversed(node.shifts) if after <= width), 0)
    shifts = tuple((after - width, more - surplus) for after, more in node.shifts if after > width)
    at: At = (line, column + width + surplus, end_line, end_column)
    return Constant(text[width:], at if width < len(text) else (end_line, end_column, end_line, end_column), shifts)


def _truncate_literal(node: Constant, length: int) -> Constant:
    """Return literal text of one line that ends after so many characters."""
    if length == len(node.value):
        return node
    shifts = tuple((after, more) for after, more in node.shifts if after <= length)
    line, column, _, _ = node.at
    end = column + length + (shifts[-1][1] if shifts else 0)
    return Constant(node.value[:length], (line, column, line, end), shifts)


def _text(node: Expression) -> str | None:
    return node.value if isinstance(node, Constant) and isinstance(node.value, str) else None
