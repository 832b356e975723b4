"""``format`` and ``formatlist``.

Source: Terraform documentation, "format Function"; cty documentation, package ``function/stdlib``.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.encoding import json_text
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial
from tapeproof.gate.engine.evaluator.functions.strings import graphemes, join_pieces
from tapeproof.gate.engine.evaluator.marks import unknown_from
from tapeproof.gate.engine.evaluator.types import ANY, BOOL, NUMBER, STRING, type_of
from tapeproof.gate.engine.model import Known, Piece, Span, Value
from tapeproof.gate.late_pattern import compile_late

__all__: list[str] = []

_VERB = compile_late(r"%([+#0 -]*)(\d+|\*)?(?:\.(\d+|\*)?)?(?:\[(\d+)\])?([a-zA-Z%])")
_WIDEST = 10_000
_MARK = re.compile(r"%")


class _Verb:
    """One verb of a format: flags, width, precision, letter."""

    def __init__(self, found: re.Match[str]) -> None:
        if "*" in (found[2], found[3]):
            raise Fault("format: a width from an argument is not supported")
        self.flags = found[1]
        self.width = int(found[2] or 0)
        self.precision = None if "." not in found[0] else int(found[3] or 0)
        if max(self.width, self.precision or 0) > _WIDEST:
            raise Fault(f"format: {found[0]} is wider than {_WIDEST}")
        self.letter = found[5]

    @property
    def bare(self) -> bool:
        """Whether it puts in the argument just as it is."""
        return not self.flags and not self.width and self.precision is None

    def apply(self, value: Value) -> str:
        """Return a known argument, formatted."""
        body = self._body(value)
        missing = self.width - len(graphemes(body))
        if missing <= 0:
            return body
        if "-" in self.flags:
            return body + " " * missing
        if "0" in self.flags and self.letter not in "sqv":
            signed = body[:1] in "+- "
            return (body[:1] if signed else "") + "0" * missing + (body[1:] if signed else body)
        return " " * missing + body

    def _body(self, value: Value) -> str:
        if self.letter == "v":
            return self._default(value)
        if self.letter in "sq":
            text = convert(value, STRING).text()
            text = text if self.precision is None else "".join(graphemes(text)[: self.precision])
            return json_text(text) if self.letter == "q" else text
        if self.letter == "t":
            return convert(value, BOOL).text()
        return self._number(convert(value, NUMBER).number())

    def _default(self, value: Value) -> str:
        if isinstance(value, Known) and isinstance(value.value, str) and "#" not in self.flags:
            return value.value
        return json_text(value.plain())

    def _number(self, number: int | Decimal) -> str:
        sign = "-" if number < 0 else "+" if "+" in self.flags else " " if " " in self.flags else ""
        size = -number if number < 0 else number
        if self.letter in "dboxX":
            if not isinstance(size, int):
                raise Fault(f"format: %{self.letter} takes whole numbers, not {number}")
            return sign + format(size, f"#{self.letter}" if "#" in self.flags else self.letter)
        if self.letter not in "eEfFgG":
            raise Fault(f"format has no verb %{self.letter}")
        if self.letter in "gG" and self.precision is None:
            return sign + _general(size, self.letter)
        precision = 6 if self.precision is None else self.precision
        return sign + _two_digits(format(Decimal(size) or 0.0, f".{precision}{self.letter}"))


def _general(size: int | Decimal, letter: str) -> str:
    """Return the shortest form, with an exponent where Go would use one."""
    exponent = Decimal(size).adjusted() if size else 0
    if -5 < exponent < 21:  # noqa: PLR2004 - Go, strconv: %g without precision
        return format(size, "f") if isinstance(size, Decimal) else str(size)
    mantissa = format(Decimal(size).normalize(), letter.replace("g", "e").replace("G", "E"))
    return _two_digits(mantissa)


def _two_digits(text: str) -> str:
    """Return a number whose exponent has two digits at least, as Go writes it."""
    return re.sub(r"([eE][+-])(\d)$", r"\g<1>0\2", text)


@partial("format", STRING, rest=ANY, nullable=True)
def _format(call: Invocation, spec: Value, *values: Value) -> Value:
    if not isinstance(spec, Known):
        return call.unknown((spec, *values))
    return join_pieces(call, _pieces(call, spec.text(), values) or [Piece("", call.span)])


def _pieces(call: Invocation, spec: str, values: tuple[Value, ...]) -> list[Piece]:
    pieces: list[Piece] = []
    used: set[int] = set()
    here = following = 0
    while (mark := _MARK.search(spec, here)) is not None:
        _add(pieces, spec[here : mark.start()], call.span)
        found = _VERB.match(spec, mark.start())
        if found is None:
            raise Fault(f"format: there is no verb after {spec[mark.start() :][:3]!r}")
        here = found.end()
        if found[5] == "%":
            _add(pieces, "%", call.span)
            continue
        position = int(found[4]) - 1 if found[4] else following
        if not 0 <= position < len(values):
            raise Fault(f"format has no argument {position + 1}")
        following = position + 1
        used.add(position)
        pieces.extend(_format_argument(_Verb(found), values[position], call))
    _add(pieces, spec[here:], call.span)
    if len(used) < len(values) and not any(found[4] for found in _VERB.finditer(spec)):
        raise Fault(f"format takes {len(used)} arguments, not {len(values)}")
    return pieces


def _format_argument(verb: _Verb, value: Value, call: Invocation) -> tuple[Piece, ...]:
    if isinstance(value, Known) and value.value is None:
        raise Fault(f"format: %{verb.letter} takes no null")
    if value.known:
        return (Piece(verb.apply(value), value.span if value.span.line else call.span),)
    if verb.bare and verb.letter in "sv" and type_of(value).kind in {"string", "any"}:
        return value.pieces_of_text()
    # Its length or digits matter, and they are not known: so is this part of the text.
    return (Piece(unknown_from((value,), call.span), call.span),)


def _add(pieces: list[Piece], text: str, span: Span) -> None:
    if text:
        pieces.append(Piece(text, span))


@partial("formatlist", STRING, rest=ANY)
def _formatlist(call: Invocation, spec: Value, *values: Value) -> Value:
    if not isinstance(spec, Known) or any(not isinstance(value, Known) for value in values):
        return call.unknown((spec, *values))
    lists = [value.value for value in values if isinstance(value, Known) and isinstance(value.value, tuple)]
    lengths = {len(elements) for elements in lists}
    if len(lengths) > 1:
        raise Fault("formatlist takes lists of the same length")
    count = lengths.pop() if lengths else 1
    rows = (
        tuple(
            value.value[row] if isinstance(value, Known) and isinstance(value.value, tuple) else value
            for value in values
        )
        for row in range(count)
    )
    results = (join_pieces(call, _pieces(call, spec.text(), row) or [Piece("", call.span)]) for row in rows)
    return Known(tuple(results), kind="list", span=call.span)


def _cell(value: Value, row: int) -> Value:
    """Return a list's element of one row; anything else is the same in every row."""
    return value.elements()[row] if isinstance(value, Known) and isinstance(value.value, tuple) else value
