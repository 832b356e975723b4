"""Lists, objects, and the loops that make them.

Source: HCL Native Syntax Specification, "Expressions": collection values, "for" expressions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.syntax import Constant, Expression, ForList, ForMap, Listing, Object
from tapeproof.gate.frontends.hcl.native.cursor import NotTakenError
from tapeproof.gate.frontends.hcl.native.traversals import PATH, Traversals

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CollectionValues"]

_LOOP = re.compile(r"\s*+for\s++[a-zA-Z_]")
_AFTER_EQUALS = frozenset("=>")


class CollectionValues(Traversals):
    """Reads what stands in brackets and braces.

    Attributes:
        makers: What reads an operand, by the character it begins with.
    """

    makers: dict[str, Callable[[int], Expression]]

    def read_brackets(self, start: int) -> Expression:
        """Return a list, or a loop that makes one."""
        self.here = start + 1
        before = self.newlines_mean(something=False)
        node = self._list_loop(start) if _LOOP.match(self.text, self.skip()) else self._read_list(start)
        self.blank = before
        return self.follow_steps(node, start)

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

    def read_braces(self, start: int) -> Expression:
        """Return an object, or a loop that makes one."""
        self.here = start + 1
        loop = _LOOP.match(self.text, self.here) is not None
        before = self.newlines_mean(something=not loop)
        node = self._map_loop(start) if loop else self._object(start)
        self.blank = before
        return self.follow_steps(node, start)

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
        self.take_colon()
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
        found = PATH.match(self.text, start)
        if found is not None and not found[2] and found[1] != "for":
            self.here = end = found.end()
            if self.assigns("=:"):
                return Constant(found[1], self.at(start, end))
            self.here = start
        maker = self.makers.get(self.text[start])
        if maker is None:
            raise NotTakenError
        key = maker(start)
        if not self.assigns("=:"):
            raise NotTakenError
        return key

    def take_colon(self) -> None:
        """Take a colon that is not doubled.

        Raises:
            NotTakenError: Something else comes.
        """
        self.take(":")
        if self.text.startswith(":", self.here):
            raise NotTakenError

    def assigns(self, signs: str) -> bool:
        """Take the sign between a name and its value, if it comes next; return whether it did."""
        sign, after = self.text[self.skip()], self.text[self.here + 1 : self.here + 2]
        if sign not in signs or after in (_AFTER_EQUALS if sign == "=" else ":"):
            return False
        self.here += 1
        return True
