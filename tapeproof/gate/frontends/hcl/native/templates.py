"""Quoted strings and heredocs.

Source: HCL Native Syntax Specification, "Template Expressions".
"""

from __future__ import annotations

import re

from tapeproof.gate.engine.evaluator.syntax import Constant, Expression, Template
from tapeproof.gate.frontends.hcl.directives import Directive, assemble_directives, wrap_literal
from tapeproof.gate.frontends.hcl.literals import Marked, join_literals, literal, remove_indentation, strip_whitespace
from tapeproof.gate.frontends.hcl.native.cursor import NAME, RESERVED, Cursor, NotTakenError

__all__ = ["Templates"]

_ESCAPED = r"\$\$\{|%%\{|\$(?!\{)|%(?!\{)"
_QUOTED = re.compile(rf"(?:[^\"\\$%\n\0]++|\\[^\n\0]|{_ESCAPED})*+")
_UNQUOTED = re.compile(rf"(?:[^$%]++|{_ESCAPED})*+")
_MARKER = re.compile(r"<<(-?)([a-zA-Z_][a-zA-Z0-9_.-]*+)[ \t]*+\r?\n")
_NAME = re.compile(NAME)


class Templates(Cursor):
    """Reads templates."""

    def expression(self) -> Expression:
        """Return the expression that comes next."""
        raise NotImplementedError

    def read_quoted(self, start: int) -> Expression:
        """Return a quoted string that has more to it than plain text.

        Args:
            start: Where its opening quote is.
        """
        self.here = start + 1
        parts = self._parts(start + 1, self.end, _QUOTED, quoted=True)
        self.take_here('"')
        nodes = strip_whitespace(parts)
        at = self.at(start, self.here)
        if all(isinstance(node, Constant) and isinstance(node.value, str) for node in nodes):
            return join_literals(nodes, at)
        if len(nodes) == 1 and not isinstance(nodes[0], Directive):
            return nodes[0]
        return Template(assemble_directives(nodes), at)

    def heredoc(self, start: int) -> Template:
        """Return a heredoc.

        Args:
            start: Where its ``<<`` is.
        """
        opening = _MARKER.match(self.text, start)
        if opening is None:
            raise NotTakenError
        closing = re.compile(rf"^[ \t]*+({re.escape(opening[2])})[ \t]*+\r?$", re.MULTILINE)
        found = closing.search(self.text, opening.end(), self.end)
        if found is None:
            raise NotTakenError
        self.here = opening.end()
        parts = self._parts(opening.end(), found.start(), _UNQUOTED, quoted=False)
        if self.here != found.start():
            raise NotTakenError
        self.here = found.end(1)
        nodes = strip_whitespace(parts)
        if opening[1]:
            nodes = remove_indentation(nodes)
        at = self.at(start, self.here)
        plain = len(nodes) == 1 and not isinstance(nodes[0], Directive)
        return Template(tuple(nodes) if plain else assemble_directives(nodes), at)

    def take_here(self, sign: str) -> None:
        """Take a sign that must come at once, without anything to pass over.

        Raises:
            NotTakenError: Something else comes.
        """
        if not self.text.startswith(sign, self.here):
            raise NotTakenError
        self.here += len(sign)

    def _parts(self, start: int, end: int, plain: re.Pattern[str], *, quoted: bool) -> list[Marked]:
        """Return literal text and sequences up to whatever else comes, or to ``end``."""
        text, parts = self.text, []
        before = self.newlines_mean(something=False)
        while True:
            stop = plain.match(text, start, end).end()  # type: ignore[union-attr] # it matches nothing, too
            if stop > start:
                parts += self._literal(start, stop, quoted=quoted)
            if stop >= end or text[stop] not in "$%":
                self.here = stop
                break
            parts.append(self._sequence(stop))
            start = self.here
            if start > end:
                raise NotTakenError
        self.blank = before
        return parts

    def _literal(self, start: int, end: int, *, quoted: bool) -> list[Marked]:
        """Return literal text; a heredoc's line by line, as its whitespace is taken away line by line."""
        parts = []
        while start < end:
            newline = -1 if quoted else self.text.find("\n", start, end)
            stop = end if newline < 0 else newline + 1
            parts.append(Marked(literal(self.text[start:stop], self.at(start, stop), quoted=quoted)))
            start = stop
        return parts

    def _sequence(self, start: int) -> Marked:
        """Return an interpolation or directive."""
        self.enter()
        self.here = start + 2
        left = self.text.startswith("~", self.here)
        self.here += left
        directive = self._directive() if self.text[start] == "%" else None
        expression = self.expression() if directive is None else None
        right = self.text.startswith("~}", self.skip())
        self.here += right
        self.take_here("}")
        self.leave()
        at = self.at(start, self.here)
        if directive is None:
            return Marked(wrap_literal(expression, at), left, right)
        return Marked(directive._replace(at=at, position=start), left, right)

    def _directive(self) -> Directive:
        word = self.word()
        if word == "if":
            return Directive(word, self.expression(), ("", ""), (0, 0, 0, 0), 0)
        if word == "for":
            first = self.variable()
            names = (first, self.variable()) if self.comes(",") else ("", first)
            if self.word() != "in":
                raise NotTakenError
            return Directive(word, self.expression(), names, (0, 0, 0, 0), 0)
        if word not in {"else", "endif", "endfor"}:
            raise NotTakenError
        return Directive(word, None, ("", ""), (0, 0, 0, 0), 0)

    def word(self) -> str:
        """Take a name, which may be a reserved word.

        Raises:
            NotTakenError: Something else comes.
        """
        found = _NAME.match(self.text, self.skip())
        if found is None:
            raise NotTakenError
        self.here = found.end()
        return found[0]

    def variable(self) -> str:
        """Take the name of a loop's variable.

        Raises:
            NotTakenError: Something else comes.
        """
        name = self.word()
        if name in RESERVED or name in {"true", "false", "null"}:
            raise NotTakenError
        return name
