"""Functions over strings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.patterns import compile_pattern, replace_text
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial, plain
from tapeproof.gate.engine.evaluator.marks import add_marks, check_length
from tapeproof.gate.engine.evaluator.types import NUMBER, STRING, Type
from tapeproof.gate.engine.model import Known, Piece, Plain, Ref, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

__all__: list[str] = []

_LIST_OF_STRINGS = Type("list", STRING)
_WIDEST = 10_000
_SPACE = " \t\n\v\f\r\x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space, which is what Go trims."""
_WORD_START = rf"(?:(?<![0-9A-Za-z_\u0080-\U0010ffff])|(?<=[{_SPACE}]))[^\W\d_]"
"""A letter after ASCII that is no letter, digit or underscore, or after white space (Go, strings.Title)."""
_REVISION = frozenset({r"/:\d+$/", r"/:[0-9]+$/", r"/:[[:digit:]]+$/"})
"""How configurations cut the revision off the ARN of a task or job definition."""
_WITHOUT_REVISION = "_without_revision"


def graphemes(text: str) -> list[str]:
    """Return the characters a person would count (Unicode TR 29)."""
    if text.isascii() and "\r\n" not in text:
        return list(text)
    import regex  # noqa: PLC0415 - slow to import, and hardly ever needed

    return [str(found) for found in regex.findall(r"\X", text)]


plain("chomp", STRING)(lambda text: text.rstrip("\r\n"))
plain("endswith", STRING, STRING)(lambda text, suffix: text.endswith(suffix))
plain("startswith", STRING, STRING)(lambda text, prefix: text.startswith(prefix))
plain("strcontains", STRING, STRING)(lambda text, part: part in text)
plain("strrev", STRING)(lambda text: "".join(reversed(graphemes(text))))
plain("trim", STRING, STRING)(lambda text, cut: text.strip(cut) if cut else text)
plain("trimprefix", STRING, STRING)(lambda text, prefix: text.removeprefix(prefix))
plain("trimspace", STRING)(lambda text: text.strip(_SPACE))
plain("trimsuffix", STRING, STRING)(lambda text, suffix: text.removesuffix(suffix) if suffix else text)


@plain("indent", NUMBER, STRING)
def _indent(spaces: int, text: str) -> str:
    if not 0 <= spaces <= _WIDEST:
        raise Fault(f"indent takes 0 to {_WIDEST} spaces, not {spaces}")
    return text.replace("\n", "\n" + " " * spaces)


@plain("split", STRING, STRING, gives="list")
def _split(separator: str, text: str) -> list[str]:
    if not text:
        return [""] if separator else []
    return text.split(separator) if separator else graphemes(text)


@plain("substr", STRING, NUMBER, NUMBER)
def _substr(text: str, offset: int, length: int) -> str:
    letters = graphemes(text)
    start = max(len(letters) + offset, 0) if offset < 0 else offset
    return "".join(letters[start:] if length < 0 else letters[start : start + length])


@plain("title", STRING)
def _title(text: str) -> str:
    return re.sub(_WORD_START, lambda match: _title_letter(match[0]), text)


def _title_letter(letter: str) -> str:
    """Return a letter's title case where that is one letter too: Terraform leaves ``ß`` alone."""
    return letter.title() if len(letter.title()) == 1 else letter


@plain("regex", STRING, STRING)
def _regex(pattern: str, text: str) -> Plain:
    found = compile_pattern(pattern).search(text)
    if found is None:
        raise Fault("the pattern does not match")
    return _groups(found)


@plain("regexall", STRING, STRING, gives="list")
def _regexall(pattern: str, text: str) -> list[Plain]:
    return [_groups(found) for found in compile_pattern(pattern).finditer(text)]


def _groups(found: re.Match[str]) -> Plain:
    if found.re.groupindex and len(found.re.groupindex) < found.re.groups:
        raise Fault("a pattern has either named groups or unnamed ones")
    if found.re.groupindex:
        return found.groupdict()
    return list(found.groups()) if found.re.groups else found[0]


@partial("replace", STRING, STRING, STRING)
def _replace(call: Invocation, text: Value, old: Value, new: Value) -> Value:
    if isinstance(text, Known) and old.known and new.known:
        result = replace_text(text.text(), old.text(), new.text())
        check_length([Piece(result)])
        return call.known(result)
    if isinstance(text, Text) and old.known and new.known and len(old.text()) == 1:
        return _map_pieces(call, text, lambda literal: literal.replace(old.text(), new.text()))
    if isinstance(text, Ref) and text.path == "arn" and old.known and new.known and old.text() in _REVISION:
        # The provider has the ARN without its revision as an attribute, so the whole is as certain as the ARN.
        stem = Ref(text.resource, f"arn{_WITHOUT_REVISION}", span=text.span, origins=text.origins)
        return join_pieces(call, [Piece(stem, text.span), Piece(new.text(), new.span)])
    return call.unknown((text, old, new))


@partial("lower", STRING)
def _lower(call: Invocation, text: Value) -> Value:
    return _map_pieces(call, text, lambda literal: "".join(letter.lower()[:1] for letter in literal))


@partial("upper", STRING)
def _upper(call: Invocation, text: Value) -> Value:
    return _map_pieces(call, text, lambda literal: "".join(map(_capital, literal)))


def _capital(letter: str) -> str:
    """Return the capital of a letter where that is one letter too: Terraform leaves ``ß`` alone."""
    capital = letter.upper()
    return capital if len(capital) == 1 else letter


def _map_pieces(call: Invocation, text: Value, change: Callable[[str], str]) -> Value:
    """Return a string whose literal pieces are changed, and whose other pieces are unknown results of the change."""
    if isinstance(text, Known):
        return call.known(change(text.text()))
    pieces = []
    for piece in text.pieces_of_text():
        content = piece.content
        if isinstance(content, str):
            pieces.append(Piece(change(content), piece.span))
        else:
            symbol = content.symbol if isinstance(content, Unknown) else ""
            pieces.append(Piece(Unknown(content.why, f"{call.name}({symbol})" if symbol else "", span=piece.span)))
    return join_pieces(call, pieces)


@partial("join", STRING, rest=_LIST_OF_STRINGS)
def _join(call: Invocation, separator: Value, *lists: Value) -> Value:
    if not lists:
        raise Fault("join takes at least one list")
    if not all(isinstance(value, Known) for value in (separator, *lists)):
        return call.unknown((separator, *lists))
    pieces: list[Piece] = []
    for element in (element for value in lists for element in value.elements()):
        if isinstance(element, Known) and element.value is None:
            raise Fault("join takes no null elements")
        if pieces:
            pieces.append(Piece(separator.text(), call.span))
        pieces.extend(element.pieces_of_text() or (Piece("", call.span),))
    return join_pieces(call, pieces)


def join_pieces(call: Invocation, pieces: list[Piece]) -> Value:
    """Return the string of some pieces: known when all of them are."""
    check_length(pieces)
    marks = call.marks
    if all(isinstance(piece.content, str) for piece in pieces):
        text = "".join(piece.content for piece in pieces if isinstance(piece.content, str))
        return Known(text, pieces=tuple(pieces), span=call.span, origins=marks.origins, sensitive=marks.sensitive)
    only = pieces[0].content
    if len(pieces) == 1 and isinstance(only, (Ref, Unknown)):
        return add_marks(only, marks)
    return Text(tuple(pieces), span=call.span, origins=marks.origins, sensitive=marks.sensitive)
