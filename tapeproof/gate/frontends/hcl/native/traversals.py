"""Names and calls, and what follows them by dots and brackets.

Source: HCL Native Syntax Specification, "Expressions": variables and variable expressions, functions and function
calls, index operator, attribute access operator, splat operators.
"""

from __future__ import annotations

import re

from tapeproof.gate.engine.evaluator.syntax import Call, Constant, Expression, GetAttribute, Index, Name, Splat
from tapeproof.gate.frontends.hcl.native.cursor import LONGEST_NUMBER, NAME, RESERVED, NotTakenError
from tapeproof.gate.frontends.hcl.native.templates import Templates
from tapeproof.gate.late_pattern import compile_late

__all__ = ["PATH", "Traversals"]

PATH = re.compile(rf"({NAME})((?:\.{NAME})*+)")
"""A name, and the attributes that follow it without a space."""

_WORDS = {"true": True, "false": False, "null": None}
_SPACE_NAMES = compile_late(rf"::{NAME}::{NAME}")
_STEP = re.compile(rf"\.({NAME})|\.([0-9]++)|(\[)(?!\*)|(\.\*)|(\[\*\])")
_CLOSING = frozenset(",)]}")


class Traversals(Templates):
    """Reads names, calls and the steps after an expression."""

    def read_path(self, start: int) -> Expression:
        """Return a name, what follows it by dots and brackets, or a call."""
        found = PATH.match(self.text, start)
        if found is None:
            raise NotTakenError
        name, rest = found.groups()
        self.here = end = found.end(1)
        if name in _WORDS and not rest:
            return Constant(_WORDS[name], self.at(start, end))
        if name in RESERVED or name in _WORDS:
            raise NotTakenError
        if not rest:
            called = self._read_call(name, start)
            if called is not None:
                return called
        node: Expression = Name(name, self.at(start, end))
        for step in rest[1:].split(".") if rest else ():
            end += len(step) + 1
            node = GetAttribute(node, step, self.at(start, end))
        self.here = end
        return self.follow_steps(node, start)

    def _read_call(self, name: str, start: int) -> Expression | None:
        here = self.here
        if self.text.startswith("::", here):
            found = _SPACE_NAMES.match(self.text, here)
            if found is None:
                raise NotTakenError
            name, self.here = name + found[0], found.end()
        if not self.comes("("):
            if "::" in name:
                raise NotTakenError
            self.here = here
            return None
        if name.startswith("core::"):
            raise NotTakenError
        before = self.newlines_mean(something=False)
        arguments, expand = self._arguments()
        self.take(")")
        self.blank = before
        return self.follow_steps(Call(name, tuple(arguments), expand, self.at(start, self.here)), start)

    def _arguments(self) -> tuple[list[Expression], bool]:
        arguments: list[Expression] = []
        while self.text[self.skip()] != ")":
            arguments.append(self.expression())
            if self.comes("..."):
                return arguments, True
            if not self.comes(","):
                break
        return arguments, False

    def follow_steps(self, node: Expression, start: int) -> Expression:
        """Return an expression with what follows it by dots and brackets."""
        while True:
            here = self.here
            if self.text[here] in _CLOSING:
                return node
            found = _STEP.match(self.text, self.skip())
            if found is None:
                self.here = here
                return node
            self.here = found.end()
            kind = found.lastindex
            if kind == 1:
                node = GetAttribute(node, found[1], self.at(start, self.here))
            elif kind in {2, 3}:
                node = Index(node, self._subscript(found), self.at(start, self.here))
            else:
                node = self._splat(node, start, full=kind == 5)  # noqa: PLR2004 - the group of `[*]`

    def _subscript(self, found: re.Match[str]) -> Expression:
        """Return the key of ``.0`` or ``[key]``."""
        if found[2]:
            if len(found[2]) > LONGEST_NUMBER:
                raise NotTakenError
            return Constant(int(found[2]), self.at(found.start(2), found.end()))
        before = self.newlines_mean(something=False)
        key = self.expression()
        self.take("]")
        self.blank = before
        return key

    def _splat(self, node: Expression, start: int, *, full: bool) -> Expression:
        """Return a splat with its steps; after ``.*``, an index in brackets is one of the whole list."""
        steps = self._steps(brackets=full)
        at = self.at(start, self.here)
        if isinstance(node, Splat) and node.full:
            # What follows a splat happens to each element, another splat too.
            rest = () if full else self._steps(brackets=True)
            inner = Splat(None, steps, full, at)
            return node._replace(steps=(*node.steps, inner, *rest), at=self.at(start, self.here))
        return Splat(node, steps, full, at)

    def _steps(self, *, brackets: bool) -> tuple[Expression, ...]:
        """Return the steps up to the next splat, or to the next index in brackets."""
        steps: list[Expression] = []
        while True:
            here = self.here
            found = _STEP.match(self.text, self.skip())
            if found is None or (found.lastindex or 0) > (3 if brackets else 2):
                self.here = here
                return tuple(steps)
            self.here = found.end()
            steps.append(found[1] or self._subscript(found))
