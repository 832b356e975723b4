"""JSON, YAML and CSV.

JSON keeps the structure it encodes beside its text, so that a rule sees every part of a policy at its own place, and
references inside stay references.
"""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal, InvalidOperation
from json.encoder import encode_basestring

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial, plain
from tapeproof.gate.engine.evaluator.types import ANY, STRING
from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Piece, Plain, Ref, Span, Stack, Text, Undecided, Value
from tapeproof.gate.engine.record import replace

__all__ = ["json_text"]

_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPED = re.compile("[<>&\u2028\u2029]")
_encode = json.JSONEncoder(ensure_ascii=False).encode
_MOST_PARTS = 100_000
_READER = Stack(root="", front_end="")
_HOLE = "\ufdd0%d\ufdd1"  # noncharacters: no text that Terraform accepts holds them
_HOLES = re.compile("\ufdd0([0-9]+)\ufdd1")


def json_text(content: Plain) -> str:
    """Return plain Python as JSON, as Go's encoder writes it: sorted, compact, with ``<``, ``>`` and ``&`` escaped."""
    if isinstance(content, str):
        return _ESCAPED.sub(lambda match: _HTML[match[0]], encode_basestring(content))
    if isinstance(content, Mapping):
        return "{" + ",".join(f"{json_text(key)}:{json_text(content[key])}" for key in sorted(content)) + "}"
    if isinstance(content, (list, tuple)):
        return "[" + ",".join(map(json_text, content)) + "]"
    if isinstance(content, Decimal):
        return format(content, "f")
    return _encode(content)


@partial("jsonencode", ANY, nullable=True)
def _jsonencode(call: Invocation, value: Value) -> Value:
    marks = call.marks
    if value.known:
        text = json_text(value.plain())
        return Known(text, span=call.span, origins=marks.origins, sensitive=marks.sensitive, document=value)
    written = _Written(call)
    written.write(value)
    written.end()
    return Text(tuple(written.pieces), span=call.span, origins=marks.origins, sensitive=marks.sensitive, document=value)


class _Written:
    """JSON of a value that is not wholly known; a reference is taken for a string, and text next to text is one."""

    def __init__(self, call: Invocation) -> None:
        self.span = call.span
        self.pieces: list[Piece] = []
        self._text: list[str] = []
        self._last = call.span

    def add_text(self, text: str, span: Span) -> None:
        self._text.append(text)
        self._last = span

    def add(self, piece: Piece) -> None:
        self.end()
        self.pieces.append(piece)

    def end(self) -> None:
        """Make a piece of the text that was not one yet; it stands where the last of it stands."""
        if self._text:
            self.pieces.append(Piece("".join(self._text), self._last))
            self._text.clear()

    def write(self, value: Value) -> None:
        inner = value.value if isinstance(value, Known) else None
        if isinstance(inner, Mapping):
            self.add_text("{", self.span)
            for index, key in enumerate(sorted(inner)):
                self.add_text(("," if index else "") + json_text(key) + ":", self.span)
                self.write(inner[key])
            self.add_text("}", self.span)
        elif isinstance(inner, tuple):
            self.add_text("[", self.span)
            for index, element in enumerate(inner):
                self.add_text("," if index else "", self.span)
                self.write(element)
            self.add_text("]", self.span)
        elif isinstance(value, Known):
            self.add_text(json_text(value.plain()), self.span)
        else:
            self._write_pieces(value)

    def _write_pieces(self, value: Value) -> None:
        self.add_text('"', self.span)
        for piece in value.pieces_of_text():
            if isinstance(piece.content, str):
                self.add_text(json_text(piece.content)[1:-1], piece.span)
            else:
                self.add(piece)
        self.add_text('"', self.span)


@partial("jsondecode", STRING)
def _jsondecode(call: Invocation, value: Value) -> Value:
    if not isinstance(value, (Known, Text)):
        return call.unknown((value,))
    try:
        return _READER.document(value)
    except Undecided as undecided:
        if value.known:
            raise Fault(f"jsondecode: the string {undecided.why}") from None
        return call.unknown((value,))


@plain("csvdecode", STRING, gives="list")
def _csvdecode(text: str) -> list[dict[str, str]]:
    try:
        rows = [row for row in csv.reader(io.StringIO(text), strict=True) if row]
    except csv.Error as error:
        raise Fault(f"csvdecode: {error}") from None
    if not rows:
        raise Fault("csvdecode: there is no header line")
    header, *records = rows
    if len(set(header)) != len(header):
        raise Fault("csvdecode: a column name comes twice")
    for number, record in enumerate(records, start=2):
        if len(record) != len(header):
            raise Fault(f"csvdecode: record on line {number} has {len(record)} fields, not {len(header)}")
    return [dict(zip(header, record, strict=True)) for record in records]


@partial("yamldecode", STRING)
def _yamldecode(call: Invocation, value: Value) -> Value:
    if isinstance(value, Known):
        return call.known(_read_yaml(value.text()))
    holes = [piece.content for piece in value.pieces_of_text() if not isinstance(piece.content, str)]
    if not isinstance(value, Text) or not all(hole.is_reference for hole in holes):
        return call.unknown((value,))
    numbers = iter(range(len(holes)))
    pieces = [piece.content if isinstance(piece.content, str) else _HOLE % next(numbers) for piece in value.pieces]
    try:
        return call.known(_fill_holes(_read_yaml("".join(pieces)), value))
    except Fault:
        return call.unknown((value,))


def _fill_holes(content: Plain, whole: Text) -> object:
    """Return what YAML holds with the references that stood in its text, each an exact value of one line.

    Raises:
        Fault: One stands in a key.
    """
    if isinstance(content, Mapping):
        if any(_HOLES.search(key) for key in content):
            raise Fault("a key is not known")
        return {key: _fill_holes(part, whole) for key, part in content.items()}
    if isinstance(content, list):
        return [_fill_holes(part, whole) for part in content]
    if not isinstance(content, str) or not _HOLES.search(content):
        return content
    holes = [piece for piece in whole.pieces if not isinstance(piece.content, str)]
    parts = [holes[int(part)] if index % 2 else part for index, part in enumerate(_HOLES.split(content))]
    pieces = [Piece(part, whole.span) if isinstance(part, str) else part for part in parts if part != ""]
    only = pieces[0].content
    if len(pieces) == 1 and isinstance(only, Ref):
        return replace(only, sensitive=only.sensitive or whole.sensitive)
    return Text(tuple(pieces), span=whole.span, origins=whole.origins, sensitive=whole.sensitive)


def _read_yaml(text: str) -> Plain:
    import yaml  # noqa: PLC0415 - only configurations that use YAML pay for it

    from tapeproof.gate.engine.evaluator.functions.yaml_loader import Loader  # noqa: PLC0415

    try:
        documents: list[Plain] = list(yaml.load_all(text, Loader=Loader))
    except (yaml.YAMLError, InvalidOperation, RecursionError, ValueError) as error:
        raise Fault(f"yamldecode: {error}") from None
    if len(documents) > 1:
        raise Fault("yamldecode: there is more than one document")
    if not documents:
        raise Fault("yamldecode: there is no document")
    _refuse_growth(documents[0], {})
    return documents[0]


def _refuse_growth(content: object, sizes: dict[int, int]) -> int:
    """Return how many parts a document has, what aliases repeat counted each time.

    Raises:
        Fault: It holds itself, or grows beyond what anybody writes.
    """
    parts = [*content.values()] if isinstance(content, dict) else content if isinstance(content, list) else []
    if not parts:
        return 1
    size = sizes.setdefault(id(content), 0)
    if not size:
        sizes[id(content)] = -1
        size = sizes[id(content)] = 1 + sum(_refuse_growth(part, sizes) for part in parts)
    if not 0 < size <= _MOST_PARTS:
        raise Fault(f"yamldecode: an alias stands inside what it names, or makes more than {_MOST_PARTS:,} parts")
    return size
