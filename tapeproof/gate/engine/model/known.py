"""Values that are known."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model.piece import Piece
from tapeproof.gate.engine.model.value import Plain, Undecided, Value
from tapeproof.gate.engine.record import record
from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Known"]

_NUMBER = compile_late(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_LONGEST = 400


@record()
class Known(Value):
    """A value that is known; the elements of a collection are values of their own and may be anything.

    Attributes:
        value: ``None``, ``bool``, ``int``, ``Decimal``, ``str``, a tuple of values, or a mapping of values.
        kind: Terraform's collection type (``tuple``, ``list``, ``set``, ``object``, ``map``); empty for scalars.
        pieces: Where the parts of a string are written, when it was put together from several.
    """

    value: bool | int | Decimal | str | tuple[Value, ...] | Mapping[str, Value] | None
    kind: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def known(self) -> bool:
        """Whether every part is known."""
        if isinstance(self.value, str):  # most values are, and they have no parts
            return True
        return all(part is self or isinstance(part, Known) for part in self.parts())

    @property
    def is_null(self) -> bool:
        """Whether it is null."""
        return self.value is None

    @property
    def is_unset(self) -> bool:
        """Whether it is null or an empty string."""
        return self.value is None or self.value == ""

    def plain(self) -> Plain:
        """Return it in plain Python."""
        if self.value.__class__ is str:  # as nearly all are
            return self.value
        if isinstance(self.value, tuple):
            return [element.plain() for element in self.value]
        if isinstance(self.value, Mapping):
            return {key: element.plain() for key, element in self.value.items()}
        return self.value

    def text(self) -> str:
        """Return it as a string."""
        if self.value.__class__ is str:  # as nearly all are
            return self.value
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        if isinstance(self.value, (str, int, Decimal)):
            return str(self.value)
        raise Undecided(self, f"{self._describe_value()} stands where a string is expected")

    def number(self) -> int | Decimal:
        """Return it as a number."""
        if isinstance(self.value, (int, Decimal)) and not isinstance(self.value, bool):
            return self.value
        if isinstance(self.value, str):
            return self._parse_number(self.value)
        raise Undecided(self, f"{self._describe_value()} stands where a number is expected")

    def boolean(self) -> bool:
        """Return it as a boolean."""
        if isinstance(self.value, bool):
            return self.value
        if self.value in ("true", "false"):
            return self.value == "true"
        raise Undecided(self, f"{self._describe_value()} stands where true or false is expected")

    def elements(self) -> tuple[Value, ...]:
        """Return the elements."""
        if isinstance(self.value, tuple):
            return self.value
        return () if self.value is None else (self,)

    def entries(self) -> Mapping[str, Value]:
        """Return the attributes."""
        if isinstance(self.value, Mapping):
            return self.value
        if self.value is None:
            return {}
        raise Undecided(self, f"{self._describe_value()} stands where a map is expected")

    def entry(self, name: str) -> Value:
        """Return one attribute."""
        found = self.entries().get(name)
        return Known(None, span=self.span) if found is None else found

    def same_as(self, other: Value) -> bool:
        """Return whether another value is equal, as text; two strings are asked a thousand times."""
        if isinstance(other, Known) and type(self.value) is type(other.value) is str:
            return self.value == other.value
        return Value.same_as(self, other)

    def pieces_of_text(self) -> tuple[Piece, ...]:
        """Return the string's pieces."""
        return self.pieces or (Piece(self.text(), self.span),)

    def parts(self) -> Iterator[Value]:
        """Yield this value and everything in it."""
        waiting: list[Value] = [self]
        while waiting:
            part = waiting.pop()
            yield part
            inner = part.value if isinstance(part, Known) else None
            if inner.__class__ is str or inner is None:
                continue
            if isinstance(inner, tuple):
                waiting.extend(reversed(inner))
            elif isinstance(inner, Mapping):  # asked in this order, as the class is the fast question
                waiting.extend([*inner.values()][::-1])

    def _parse_number(self, text: str) -> int | Decimal:
        if not _NUMBER.fullmatch(text):
            raise Undecided(self, f"{text[:40]!r} stands where a number is expected")
        number = Decimal(text)
        if abs(number.adjusted()) > _LONGEST:
            raise Undecided(self, "is a number of too many digits")
        return int(number) if number == number.to_integral_value() else number

    def _describe_value(self) -> str:
        if self.value is None:
            return "null"
        if isinstance(self.value, bool):
            return self.text()
        if isinstance(self.value, (tuple, Mapping)):
            kind = self.kind or ("tuple" if isinstance(self.value, tuple) else "map")
            return f"{'an' if kind == 'object' else 'a'} {kind}"
        return repr(self.value)
