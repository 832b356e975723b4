"""Expressions.

Source: HCL Native Syntax Specification, "Expressions".
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.numerals import normal
from tapeproof.gate.engine.evaluator.syntax import (
    Binary,
    Call,
    Conditional,
    Constant,
    Expression,
    ForList,
    ForMap,
    GetAttribute,
    Index,
    Listing,
    Name,
    Object,
    Parenthesis,
    Splat,
    Unary,
)
from tapeproof.gate.frontends.hcl.native.cursor import NAME, RESERVED, NotTakenError
from tapeproof.gate.frontends.hcl.native.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LONGEST_NUMBER", "PLAIN", "WORDS", "Expressions"]

PLAIN = r'"([^"\\$%\n\0]*+)"'
"""A quoted string that is what stands in it."""
WORDS = {"true": True, "false": False, "null": None}
LONGEST_NUMBER = 100
"""Digits and signs; longer ones are left to the reference, which knows how large a number may be."""

_PATH = re.compile(rf"({NAME})((?:\.{NAME})*+)")
_SPACE_NAMES = re.compile(rf"::{NAME}::{NAME}")
_PLAIN = re.compile(PLAIN)
_NUMBER = re.compile(r"[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+")
_OPERATOR = re.compile(r"\|\||&&|==|!=|<=|<(?!<)|>=|[>+\-*/]|%(?!\{)")
_STEP = re.compile(rf"\.({NAME})|\.([0-9]++)|(\[)(?!\*)|(\.\*)|(\[\*\])")
_LOOP = re.compile(r"\s*+for\s++[a-zA-Z_]")
_LEVELS = {
    **dict.fromkeys(["||"], 1),
    **dict.fromkeys(["&&"], 2),
    **dict.fromkeys(["==", "!="], 3),
    **dict.fromkeys(["<", ">", "<=", ">="], 4),
    **dict.fromkeys(["+", "-"], 5),
    **dict.fromkeys(["*", "/", "%"], 6),
}
_ENDS = frozenset("\n,)]}")
"""What ends most expressions. (Where newlines mean nothing, none is left after what is passed over.)"""
_CLOSING = frozenset(",)]}")
_AFTER_EQUALS = frozenset("=>")
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"


class Expressions(Templates):
    """Reads expressions."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._makers: dict[str, Callable[[int], Expression]] = {
            **dict.fromkeys(_LETTERS, self._path),
            **dict.fromkeys("0123456789", self._number),
            '"': self._string,
            "(": self._parenthesis,
            "[": self._brackets,
            "{": self._braces,
            "<": self.heredoc,
        }

    def expression(self) -> Expression:
        """Return the expression that comes next, and stop right after it.

        Raises:
            NotTakenError: There is none, or one of a rare kind.
        """
        self.enter()
        start = self.skip()
        node = self._unary(start)
        here = self.here
        ends = self.text[self.skip()] in _ENDS
        self.here = here
        if ends:
            self.leave()
            return node
        node = self._operation(start, node, 1)
        here = self.here
        if self.comes("?"):
            then = self.expression()
            self._colon()
            otherwise = self.expression()
            node = Conditional(node, then, otherwise, self.at(start, self.here))
        else:
            self.here = here
        self.leave()
        return node

    def _colon(self) -> None:
        self.take(":")
        if self.text.startswith(":", self.here):
            raise NotTakenError

    def _operation(self, start: int, node: Expression, lowest: int) -> Expression:
        """Return an operand with the operators after it that bind at least as strongly as a level."""
        while True:
            here = self.here
            found = _OPERATOR.match(self.text, self.skip())
            if found is None or _LEVELS[found[0]] < lowest:
                self.here = here
                return node
            self.here = found.end()
            begin = self.skip()
            right = self._operation(begin, self._unary(begin), _LEVELS[found[0]] + 1)
            node = Binary(found[0], node, right, self.at(start, self.here))

    def _unary(self, start: int) -> Expression:
        sign = self.text[start]
        maker = self._makers.get(sign)
        if maker is not None:
            return maker(start)
        if sign not in "-!":
            raise NotTakenError
        self.here = start + 1
        maker = self._makers.get(self.text[self.skip()])
        if maker is None:
            raise NotTakenError
        operand = maker(self.here)
        at = self.at(start, self.here)
        if sign == "-" and isinstance(operand, Constant) and isinstance(operand.value, (int, Decimal)):
            negative = operand.value.copy_negate() if isinstance(operand.value, Decimal) else -operand.value
            return Constant(negative, at)
        return Unary(sign, operand, at)

    def _number(self, start: int) -> Expression:
        found = _NUMBER.match(self.text, start)
        if found is None or len(found[0]) > LONGEST_NUMBER:
            raise NotTakenError
        self.here = found.end()
        number = Decimal(found[0])
        if abs(number.adjusted()) > LONGEST_NUMBER:
            raise NotTakenError
        return Constant(normal(number), self.at(start, self.here))

    def _string(self, start: int) -> Expression:
        found = _PLAIN.match(self.text, start)
        if found is None:
            return self.read_quoted(start)
        self.here = end = found.end()
        return Constant(found[1], self.at(start, end))

    def _path(self, start: int) -> Expression:
        """Return a name, what follows it by dots and brackets, or a call."""
        found = _PATH.match(self.text, start)
        if found is None:
            raise NotTakenError
        name, rest = found.groups()
        self.here = end = found.end(1)
        if name in WORDS and not rest:
            return Constant(WORDS[name], self.at(start, end))
        if name in RESERVED or name in WORDS:
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
        return self._steps(node, start)

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
        return self._steps(Call(name, tuple(arguments), expand, self.at(start, self.here)), start)

    def _arguments(self) -> tuple[list[Expression], bool]:
        arguments: list[Expression] = []
        while self.text[self.skip()] != ")":
            arguments.append(self.expression())
            if self.comes("..."):
                return arguments, True
            if not self.comes(","):
                break
        return arguments, False

    def _steps(self, node: Expression, start: int) -> Expression:
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
        steps = []
        while True:
            here = self.here
            found = _STEP.match(self.text, self.skip())
            if found is None or (found.lastindex or 0) > 3:  # noqa: PLR2004 - another splat
                self.here = here
                break
            self.here = found.end()
            steps.append(found[1] or self._subscript(found))
        at = self.at(start, self.here)
        if full and isinstance(node, Splat) and node.full:
            # What follows a splat happens to each element, another splat too.
            return node._replace(steps=(*node.steps, Splat(None, tuple(steps), full, at)), at=at)
        return Splat(node, tuple(steps), full, at)

    def _parenthesis(self, start: int) -> Expression:
        self.here = start + 1
        before = self.newlines_mean(something=False)
        inner = self.expression()
        self.take(")")
        self.blank = before
        return self._steps(Parenthesis(inner, self.at(start, self.here)), start)

    def _brackets(self, start: int) -> Expression:
        self.here = start + 1
        before = self.newlines_mean(something=False)
        node = self._list_loop(start) if _LOOP.match(self.text, self.skip()) else self._read_list(start)
        self.blank = before
        return self._steps(node, start)

    def _read_list(self, start: int) -> Expression:
        items = []
        while self.text[self.skip()] != "]":
            items.append(self.expression())
            if not self.comes(","):
                break
        self.take("]")
        return Listing(tuple(items), self.at(start, self.here))

    def _list_loop(self, start: int) -> Expression:
        key, value, collection = self._intro()
        body = self.expression()
        condition = self._condition()
        self.take("]")
        return ForList(key, value, collection, body, condition, self.at(start, self.here))

    def _braces(self, start: int) -> Expression:
        self.here = start + 1
        loop = _LOOP.match(self.text, self.here) is not None
        before = self.newlines_mean(something=not loop)
        node = self._map_loop(start) if loop else self._object(start)
        self.blank = before
        return self._steps(node, start)

    def _map_loop(self, start: int) -> Expression:
        key, value, collection = self._intro()
        name = self.expression()
        self.take("=>")
        body = self.expression()
        group = self.comes("...")
        condition = self._condition()
        self.take("}")
        return ForMap(key, value, collection, name, body, condition, group, self.at(start, self.here))

    def _intro(self) -> tuple[str, str, Expression]:
        self.word()
        first = self.variable()
        key, value = (first, self.variable()) if self.comes(",") else ("", first)
        if self.word() != "in":
            raise NotTakenError
        collection = self.expression()
        self._colon()
        return key, value, collection

    def _condition(self) -> Expression | None:
        if not self.text.startswith("if", self.skip()):
            return None
        if self.word() != "if":
            raise NotTakenError
        return self.expression()

    def _object(self, start: int) -> Expression:
        items = []
        text = self.text
        while text[self.skip_lines()] != "}":
            key = self._key()
            items.append((key, self.expression()))
            if not self.comes(",") and text[self.skip()] not in "\n}":
                raise NotTakenError
        self.here += 1
        return Object(tuple(items), self.at(start, self.here))

    def _key(self) -> Expression:
        """Return the key of an object's item, and take the sign after it."""
        start = self.here
        found = _PATH.match(self.text, start)
        if found is not None and not found[2] and found[1] != "for":
            self.here = end = found.end()
            if self.assigns("=:"):
                return Constant(found[1], self.at(start, end))
            self.here = start
        maker = self._makers.get(self.text[start])
        if maker is None:
            raise NotTakenError
        key = maker(start)
        if not self.assigns("=:"):
            raise NotTakenError
        return key

    def assigns(self, signs: str) -> bool:
        """Take the sign between a name and its value, if it comes next; return whether it did."""
        sign, after = self.text[self.skip()], self.text[self.here + 1 : self.here + 2]
        if sign not in signs or after in (_AFTER_EQUALS if sign == "=" else ":"):
            return False
        self.here += 1
        return True
