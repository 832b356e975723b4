"""JSON with places (RFC 8259): every value and key knows its line and column."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.evaluator.numerals import normal
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.frontends.hcl.json_places import shifts_of_escapes
from tapeproof.gate.frontends.hcl.positions import Positions

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.syntax import At, Shifts

__all__ = ["JsonError", "JsonObject", "JsonValue", "read_json"]

_DEEPEST = 250
_LARGEST_EXPONENT = 400
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which no text has: Go's decoder puts U+FFFD in its place."""
_TOKEN = re.compile(r'[ \t\r\n]*([{}\[\],:]|"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null|\S|$)')
_WORDS = {"true": True, "false": False, "null": None}


class JsonError(Exception):
    """The text is no JSON; ``line`` and ``column`` say where."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        self.line, self.column = line, column
        super().__init__(reason)


class JsonObject(NamedTuple):
    """An object: keys with their places, and values, in order; a key may come twice."""

    items: tuple[tuple[str, At, JsonValue], ...]


class JsonValue(NamedTuple):
    """A value and its place. ``content`` is None, a boolean, a number, text, a list of values or a ``JsonObject``.

    ``shifts`` says where the escapes of a text make its source longer than it.
    """

    content: Any
    at: At
    shifts: Shifts = ()


def read_json(text: str) -> JsonValue:
    """Return the value a text holds.

    Raises:
        JsonError: It is no JSON, or nested too deeply.
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff")
        self.positions = Positions(self.text)
        self.here = 0
        self.depth = 0

    def read(self) -> JsonValue:
        value = self._value(*self._token())
        sign, start, _ = self._token()
        if sign:
            raise self._error(f"{sign!r} comes after the end", start)
        return value

    def _token(self) -> tuple[str, int, int]:
        found = _TOKEN.match(self.text, self.here)
        if found is None:
            raise self._error("the file ends too early", len(self.text))
        self.here = found.end()
        return found[1], found.start(1), found.end(1)

    def _value(self, sign: str, start: int, end: int) -> JsonValue:
        if sign in {"{", "["}:
            self.depth += 1
            if self.depth > _DEEPEST:
                raise self._error(f"more than {_DEEPEST} brackets are open at once", start)
            content: Any = self._object() if sign == "{" else self._list()
            self.depth -= 1
            return JsonValue(content, self.positions.at(start, self.here))
        shifts = shifts_of_escapes(sign[1:-1]) if sign[:1] == '"' and "\\" in sign else ()
        return JsonValue(self._scalar(sign, start), self.positions.at(start, end), shifts)

    def _scalar(self, sign: str, start: int) -> bool | int | Decimal | str | None:
        if sign in _WORDS:
            return _WORDS[sign]
        if not sign:
            raise self._error("the file ends too early", start)
        try:
            scalar = json.loads(sign, parse_int=Decimal, parse_float=Decimal, parse_constant=float)
        except InvalidOperation as error:
            raise self._error("this number has too many digits", start) from error
        except ValueError as error:
            raise self._error(f"{sign[:20]!r} is not expected here", start) from error
        if isinstance(scalar, str):
            return _SURROGATE.sub("\ufffd", scalar)
        if not isinstance(scalar, Decimal):
            raise self._error(f"{sign[:20]!r} is no number", start)
        if abs(scalar.adjusted()) > _LARGEST_EXPONENT:
            raise self._error("this number has too many digits", start)
        return normal(scalar)

    def _object(self) -> JsonObject:
        items: list[tuple[str, At, JsonValue]] = []
        sign, start, end = self._token()
        while sign != "}":
            if not sign.startswith('"'):
                raise self._error("a key in quotes is expected here", start)
            key = str(self._scalar(sign, start))
            self._expect(":")
            items.append((key, self.positions.at(start, end), self._value(*self._token())))
            sign, start, end = self._after("}")
        return JsonObject(tuple(items))

    def _list(self) -> list[JsonValue]:
        items: list[JsonValue] = []
        sign, start, end = self._token()
        while sign != "]":
            items.append(self._value(sign, start, end))
            sign, start, end = self._after("]")
        return items

    def _after(self, bracket: str) -> tuple[str, int, int]:
        """Return the bracket, or the first sign after a comma."""
        sign, start, end = self._token()
        if sign == bracket:
            return sign, start, end
        if sign != ",":
            raise self._error(f"',' or {bracket!r} is expected here", start)
        sign, start, end = self._token()
        if sign == bracket:
            raise self._error("a comma stands before a closing bracket", start)
        return sign, start, end

    def _expect(self, character: str) -> None:
        sign, start, _ = self._token()
        if sign != character:
            raise self._error(f"{character!r} is expected here", start)

    def _error(self, reason: str, position: int) -> JsonError:
        return JsonError(reason, *self.positions.of(min(position, len(self.text))))
