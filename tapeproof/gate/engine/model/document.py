"""JSON inside strings, with the place of every part, also when references stand in the middle of it."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NoReturn, TypedDict

from tapeproof.gate.engine.model.known import Known
from tapeproof.gate.engine.model.piece import Piece, Unresolved
from tapeproof.gate.engine.model.text import Text
from tapeproof.gate.engine.model.unresolved import Ref, Unknown
from tapeproof.gate.engine.model.value import NotJsonError, Origin, Undecided, Value
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from tapeproof.gate.engine.model.span import Span

__all__ = ["parsed_document"]

_MARK = "\ufdd0"  # a noncharacter: no text that Terraform accepts holds it
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which no text has: Go's decoder puts U+FFFD in its place."""
_NUMBER = frozenset("-+.eE0123456789")
_WORDS = {"true": True, "false": False, "null": None}
_DEEPEST = 200


def parsed_document(value: Value) -> Value:
    """Return what a JSON string holds; an object or list that is no string is returned as it is.

    Raises:
        NotJsonError: It is no JSON, as far as it is known.
        Undecided: It is not known.
    """
    if value.document is not None:
        return value.document
    if isinstance(value, Known) and (value.value is None or isinstance(value.value, (tuple, dict))):
        return value
    if not isinstance(value, (Known, Text)):
        raise Undecided(value)
    return _Reader(value).read()


class _Marks(TypedDict):
    span: Span
    origins: frozenset[Origin]
    sensitive: bool


class _Reader:
    """A JSON reader over a string's pieces (RFC 8259); what is not text stands in it as a mark."""

    def __init__(self, whole: Value) -> None:
        self.whole = whole
        self.pieces = whole.pieces_of_text()
        self.starts: list[int] = []
        self.holes: dict[int, Unresolved] = {}
        text = ""
        for piece in self.pieces:
            self.starts.append(len(text))
            if isinstance(piece.content, str):
                text += piece.content.replace(_MARK, "\ufffd")
            else:
                self.holes[len(text)] = piece.content
                text += _MARK
        self.text = text
        self.here = 0
        self.depth = 0

    def read(self) -> Value:
        """Return the whole document."""
        value = self._value()
        self._blank()
        if self.here != len(self.text):
            self._refuse("has more after the end of its JSON")
        return value

    def _value(self) -> Value:
        self._blank()
        start, first = self.here, self.text[self.here : self.here + 1]
        if first in ("{", "["):
            self.depth += 1
            if self.depth > _DEEPEST:
                self._refuse("holds JSON that is nested too deeply")
            value = self._object(start) if first == "{" else self._array(start)
            self.depth -= 1
            return value
        if first == '"':
            return self._string()
        if first == _MARK:
            self.here += 1
            return self._place_unresolved(self.holes[start], start)
        return self._scalar(start)

    def _object(self, start: int) -> Value:
        pairs: list[tuple[Value, Value]] = []
        self.here += 1
        while not self._closes("}"):
            self._blank()
            key = self._string()
            self._blank()
            self._expect(":")
            pairs.append((key, self._value()))
            self._separator("}")
        doubtful = next((key for key, _ in pairs if not key.known), None)
        if doubtful is not None:
            return Unknown(
                doubtful.why or "a key of this object is not known", pairs=tuple(pairs), **self._marks(start)
            )
        return Known({key.text(): entry for key, entry in pairs}, kind="object", **self._marks(start))

    def _array(self, start: int) -> Value:
        elements: list[Value] = []
        self.here += 1
        while not self._closes("]"):
            elements.append(self._value())
            self._separator("]")
        return Known(tuple(elements), kind="tuple", **self._marks(start))

    def _string(self) -> Value:
        start = self.here
        quoted = _STRING.match(self.text, start)
        if quoted is None:
            self._refuse("holds no JSON: a string is expected")
        try:
            decoded = json.loads(quoted[0])
        except json.JSONDecodeError as error:
            self._refuse(f"holds no JSON: {error.msg}")
        decoded = _SURROGATE.sub("\ufffd", decoded)
        self.here = quoted.end()
        whole = Known(decoded, **self._marks(start)).at(self._place_of_string(start))
        inside = [at for at in self.holes if start < at < self.here]
        if not inside:
            return whole
        if decoded.count(_MARK) != len(inside):
            self._refuse("holds a character that no text has (U+FDD0)")
        pieces: list[Piece] = []
        at = start + 1
        for content, hole in zip(decoded.split(_MARK), [*inside, None], strict=True):
            if content:
                pieces.append(Piece(content, self._span(at, at + len(content))))
            if hole is not None:
                pieces.append(Piece(self.holes[hole], self._span(hole, hole + 1)))
                at = hole + 1
        only = pieces[0].content
        if len(pieces) == 1 and not isinstance(only, str):
            return self._place_unresolved(only, start)
        return Text(tuple(pieces), **self._marks(start))

    def _scalar(self, start: int) -> Value:
        end = start
        while end < len(self.text) and (self.text[end] in _NUMBER or self.text[end].isalpha()):
            end += 1
        word = self.text[start:end]
        self.here = end
        if word in _WORDS:
            return Known(_WORDS[word], **self._marks(start))
        try:
            json.loads(word, parse_constant=self._refuse_constant, parse_int=str)
        except json.JSONDecodeError:
            self._refuse("holds no JSON")
        written = Known(word, **self._marks(start))
        return replace(written, value=written.number())

    def _place_unresolved(self, content: Unresolved, start: int) -> Value:
        # A piece knows of a value only what strings need; here it stands alone and is a value again.
        if not isinstance(content, (Ref, Unknown)):
            raise TypeError(f"expected a reference or an unknown value, got {type(content).__name__}")
        return replace(content, span=self._span(start, self.here), origins=content.origins | self.whole.origins)

    def _marks(self, start: int) -> _Marks:
        """Return the place, origins and secrecy of what was read since ``start``."""
        return {
            "span": self._span(start, self.here),
            "origins": self.whole.origins,
            "sensitive": self.whole.sensitive,
        }

    def _span(self, start: int, end: int) -> Span:
        """Return where a stretch of the string is written; the string's own span when it was made by a function."""
        piece = self.pieces[bisect_right(self.starts, start) - 1]
        offset = start - self.starts[bisect_right(self.starts, start) - 1]
        found = piece.part(offset, max(end - start, 1)) if piece.span.line else None
        return found or (piece.span if piece.span.line else self.whole.span)

    def _place_of_string(self, start: int) -> Span:
        """Return where the string that ends here stands: when all of it was filled in, where that is written."""
        quote, first, last = (bisect_right(self.starts, at) for at in (start, start + 1, self.here - 2))
        filled_in = self.here - start > len('""') and quote != first == last
        return self._span(start + 1, self.here - 1) if filled_in else self._span(start, self.here)

    def _blank(self) -> None:
        while self.here < len(self.text) and self.text[self.here] in " \t\r\n":
            self.here += 1

    def _closes(self, bracket: str) -> bool:
        self._blank()
        closes = self.text[self.here : self.here + 1] == bracket
        self.here += closes
        return closes

    def _separator(self, bracket: str) -> None:
        self._blank()
        if self.text[self.here : self.here + 1] != bracket:
            self._expect(",")
            self._blank()
            if self.text[self.here : self.here + 1] == bracket:
                self._refuse("holds no JSON: a comma stands before a closing bracket")

    def _expect(self, character: str) -> None:
        if self.text[self.here : self.here + 1] != character:
            self._refuse(f"holds no JSON: {character!r} is missing")
        self.here += 1

    def _refuse_constant(self, name: str) -> NoReturn:
        self._refuse(f"holds no JSON: {name} is not a number in it")

    def _refuse(self, why: str) -> NoReturn:
        span = self._span(min(self.here, max(len(self.text) - 1, 0)), self.here + 1) if self.pieces else self.whole.span
        raise NotJsonError(self.whole.at(span), why)
