"""JSON, YAML and CSV.

JSON keeps the structure it encodes beside its text, so that a rule sees every part of a policy at its own place, and
references inside stay references.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial, plain
from tapeproof.gate.engine.evaluator.types import ANY, STRING
from tapeproof.gate.engine.model import Known, Piece, Plain, Stack, Text, Undecided, Value

__all__ = ["json_text"]

_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPED = re.compile("[<>&\u2028\u2029]")
_encode = json.JSONEncoder(ensure_ascii=False).encode
_MOST_PARTS = 100_000
_READER = Stack(root="", front_end="")


def json_text(content: Plain) -> str:
    """Return plain Python as JSON, as Go's encoder writes it: sorted, compact, with ``<``, ``>`` and ``&`` escaped."""
    if isinstance(content, Mapping):
        return "{" + ",".join(f"{json_text(key)}:{json_text(content[key])}" for key in sorted(content)) + "}"
    if isinstance(content, (list, tuple)):
        return "[" + ",".join(map(json_text, content)) + "]"
    if isinstance(content, Decimal):
        return format(content, "f")
    text = _encode(content)
    return _ESCAPED.sub(lambda match: _HTML[match[0]], text) if isinstance(content, str) else text


@partial("jsonencode", ANY, nullable=True)
def _jsonencode(call: Invocation, value: Value) -> Value:
    marks = call.marks
    if value.known:
        text = json_text(value.plain())
        return Known(text, span=call.span, origins=marks.origins, sensitive=marks.sensitive, document=value)
    pieces = tuple(_merge_text(_encode_json(value, call)))
    return Text(pieces, span=call.span, origins=marks.origins, sensitive=marks.sensitive, document=value)


def _encode_json(value: Value, call: Invocation) -> Iterator[Piece]:
    """Yield the JSON of a value that is not wholly known; a reference is taken for a string."""
    if isinstance(value, Known) and isinstance(value.value, Mapping):
        for index, key in enumerate(sorted(value.value)):
            yield Piece(("," if index else "{") + json_text(key) + ":", call.span)
            yield from _encode_json(value.value[key], call)
        yield Piece("}", call.span)
    elif isinstance(value, Known) and isinstance(value.value, tuple):
        for index, element in enumerate(value.value):
            yield Piece("," if index else "[", call.span)
            yield from _encode_json(element, call)
        yield Piece("]", call.span)
    elif isinstance(value, Known):
        yield Piece(json_text(value.plain()), call.span)
    else:
        yield Piece('"', call.span)
        for piece in value.pieces_of_text():
            content = piece.content
            yield Piece(json_text(content)[1:-1], piece.span) if isinstance(content, str) else piece
        yield Piece('"', call.span)


def _merge_text(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield pieces with neighbouring text made one."""
    text = ""
    last: Piece | None = None
    for piece in pieces:
        if isinstance(piece.content, str):
            text += piece.content
            last = piece
            continue
        if last is not None:
            yield Piece(text, last.span)
            text, last = "", None
        yield piece
    if last is not None:
        yield Piece(text, last.span)


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


@plain("yamldecode", STRING)
def _yamldecode(text: str) -> Plain:
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
