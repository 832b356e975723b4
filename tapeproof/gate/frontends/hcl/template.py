"""Quoted strings and heredocs of python-hcl2's tree, with directives put together and whitespace taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from tapeproof.gate.engine.evaluator.syntax import Constant, Expression, Template
from tapeproof.gate.frontends.hcl.directives import Directive, assemble_directives, wrap_literal
from tapeproof.gate.frontends.hcl.literals import (
    EscapeError,
    Marked,
    join_literals,
    literal,
    remove_indentation,
    strip_whitespace,
)
from tapeproof.gate.frontends.hcl.masking import MaskingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.gate.frontends.hcl.masking import Masked
    from tapeproof.gate.frontends.hcl.positions import Positions

__all__ = ["TemplateReader", "Tree"]

Tree: TypeAlias = Any
"""A tree of lark, which has no types."""

_TEXT = "string_part"


class TemplateReader:
    """Reads the templates of one file.

    Args:
        text: The original text.
        masked: What the tree was parsed from.
        positions: Lines and columns of the text.
        lower: Makes an expression of a subtree.
    """

    def __init__(self, text: str, masked: Masked, positions: Positions, lower: Callable[[Tree], Expression]) -> None:
        self.text = text
        self.masked = masked
        self.positions = positions
        self.lower = lower

    def string(self, tree: Tree) -> Expression:
        """Return a quoted string or heredoc: a constant, a template, or the only expression it consists of."""
        start, end = tree.meta.start_pos, tree.meta.end_pos
        heredoc = self.masked.heredocs.get(start)
        at = self.positions.at(start, end)
        nodes = strip_whitespace(list(self._parts(tree)))
        if heredoc is not None and heredoc.flush:
            nodes = remove_indentation(nodes)
        if all(isinstance(node, Constant) and isinstance(node.value, str) for node in nodes) and heredoc is None:
            return join_literals(nodes, at)
        if len(nodes) == 1 and not isinstance(nodes[0], Directive):
            return nodes[0] if heredoc is None else Template(tuple(nodes), at)
        return Template(assemble_directives(nodes), at)

    def label(self, tree: Tree) -> str:
        """Return a block's label."""
        node = self.string(tree)
        if isinstance(node, Constant) and isinstance(node.value, str):
            return node.value
        raise MaskingError("a block's label cannot hold an interpolation", tree.meta.start_pos)

    def _parts(self, tree: Tree) -> Iterator[Marked]:
        heredoc = self.masked.heredocs.get(tree.meta.start_pos)
        for part in tree.children:
            if getattr(part, "data", "") != _TEXT:
                continue
            inner = part.children[0]
            data = getattr(inner, "data", "")
            if not data:
                first = inner.start_pos if heredoc is None else max(inner.start_pos, heredoc.start)
                last = inner.end_pos if heredoc is None else min(inner.end_pos, heredoc.end)
                yield from self._literal(first, last, quoted=heredoc is None)
                continue
            start, end = inner.meta.start_pos, inner.meta.end_pos
            left, right = start + 2 in self.masked.strips, end - 2 in self.masked.strips
            if data == "interpolation":
                node = self.lower(inner.children[1])
                yield Marked(wrap_literal(node, self.positions.at(start, end)), left, right)
            else:
                yield Marked(self._directive(inner, data, start, end), left, right)

    def _literal(self, start: int, end: int, *, quoted: bool) -> Iterator[Marked]:
        """Yield literal text; a heredoc's line by line, as its whitespace is taken away line by line."""
        while start < end:
            newline = -1 if quoted else self.text.find("\n", start, end)
            stop = end if newline < 0 else newline + 1
            try:
                yield Marked(literal(self.text[start:stop], self.positions.at(start, stop), quoted=quoted))
            except EscapeError as error:
                raise MaskingError(str(error), start + error.offset) from error
            start = stop

    def _directive(self, tree: Tree, data: str, start: int, end: int) -> Directive:
        trees = [child for child in tree.children if hasattr(child, "data")]
        names = [self.text[child.meta.start_pos : child.meta.end_pos] for child in trees if child.data == "identifier"]
        word = data.removeprefix("template_").removesuffix("_start")
        expression = self.lower(trees[-1]) if word in {"if", "for"} else None
        if word == "for":
            names = names[: len(trees) - 1]
        key, value = (names[0], names[1]) if len(names) > 1 else ("", names[0] if names else "")
        return Directive(word, expression, (key, value), self.positions.at(start, end), start)
