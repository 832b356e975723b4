"""Operators and operands.

Source: HCL Native Syntax Specification, "Expressions".
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.numerals import normal
from tapeproof.gate.engine.evaluator.syntax import Binary, Conditional, Constant, Expression, Parenthesis, Unary
from tapeproof.gate.frontends.hcl.native.collection_values import CollectionValues
from tapeproof.gate.frontends.hcl.native.cursor import LONGEST_NUMBER, NotTakenError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PLAIN", "Expressions"]

PLAIN = r'"([^"\\$%\n\0]*+)"'
"""A quoted string that is what stands in it."""
_PLAIN = re.compile(PLAIN)
_NUMBER = re.compile(r"[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+")
_OPERATOR = re.compile(r"\|\||&&|==|!=|<=|<(?!<)|>=|[>+\-*/]|%(?!\{)")
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
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"


class Expressions(CollectionValues):
    """Reads expressions."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self.makers: dict[str, Callable[[int], Expression]] = {
            **dict.fromkeys(_LETTERS, self.read_path),
            **dict.fromkeys("0123456789", self._number),
            '"': self._string,
            "(": self._parenthesis,
            "[": self.read_brackets,
            "{": self.read_braces,
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
            self.take_colon()
            otherwise = self.expression()
            node = Conditional(node, then, otherwise, self.at(start, self.here))
        else:
            self.here = here
        self.leave()
        return node

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
        maker = self.makers.get(sign)
        if maker is not None:
            return maker(start)
        if sign not in "-!":
            raise NotTakenError
        self.here = start + 1
        operand_start = self.skip()
        if sign == self.text[operand_start] == "!":
            raise NotTakenError
        self.enter()
        operand = self._unary(operand_start)
        self.leave()
        at = self.at(start, self.here)
        if sign == "-" and isinstance(operand, Constant) and type(operand.value) in {int, Decimal}:  # and no truth
            negative = operand.value.copy_negate() if isinstance(operand.value, Decimal) else -operand.value
            return Constant(negative, at)
        return Unary(sign, operand, at)

    def _number(self, start: int) -> Expression:
        found = _NUMBER.match(self.text, start)
        if found is None or len(found[0]) > LONGEST_NUMBER:
            raise NotTakenError
        self.here = found.end()
        try:
            number = Decimal(found[0])
        except InvalidOperation:  # its exponent alone is longer than a Decimal can hold
            raise NotTakenError from None
        if abs(number.adjusted()) > LONGEST_NUMBER:
            raise NotTakenError
        return Constant(normal(number), self.at(start, self.here))

    def _string(self, start: int) -> Expression:
        found = _PLAIN.match(self.text, start)
        if found is None:
            return self.read_quoted(start)
        self.here = end = found.end()
        return Constant(found[1], self.at(start, end))

    def _parenthesis(self, start: int) -> Expression:
        self.here = start + 1
        before = self.newlines_mean(something=False)
        inner = self.expression()
        self.take(")")
        self.blank = before
        return self.follow_steps(Parenthesis(inner, self.at(start, self.here)), start)
