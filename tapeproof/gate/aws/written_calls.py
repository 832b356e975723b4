"""What texts and documents tell of the invocation of a function, whoever reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Known, Piece, Text, Undecided
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.model import Value

__all__ = ["Invocation", "function_in_uri", "literal_text", "maps_of", "tells_in_text"]

_BEFORE, _AFTER = "/functions/", "/invo"
"""What stands around the ARN of a function in a URI of API Gateway: ``/invocations`` or ``/invoke-async``."""
_NAMED_LATER = re.compile(r":function:\$\{stageVariables\.")


class Invocation(NamedTuple):
    """What names a function, and whether the one who invokes it waits for its answer."""

    function: Value
    waits: bool


def maps_of(document: Value) -> Iterator[Mapping[str, Value]]:
    """Yield the objects of a document, however deep."""
    for part in document.parts():
        if isinstance(part, Known) and hasattr(part.value, "items"):
            yield part.entries()


def literal_text(value: Value) -> str:
    """Return the text of a value as far as it is written out.

    Raises:
        Undecided: It is not known whether it is a text.
    """
    if isinstance(value, Known) and not isinstance(value.value, str):
        return ""
    return "".join(piece.content for piece in value.pieces_of_text() if isinstance(piece.content, str))


def tells_in_text(value: Value, pattern: re.Pattern[str]) -> bool:
    """Return whether a text holds what a pattern describes, as far as it is written out.

    Raises:
        Undecided: It is not known whether it is a text.
    """
    pieces = value.pieces_of_text()
    return any(isinstance(piece.content, str) and pattern.search(piece.content) for piece in pieces)


def function_in_uri(uri: Value) -> Value:
    """Return the ARN of the function inside a URI of API Gateway; what is no such URI stays as it is.

    Sources: Amazon API Gateway API Reference, Integration: ``uri``; Amazon API Gateway Developer Guide, "Use stage
    variables": a function may be named by one.

    Raises:
        Undecided: A stage variable names the function.
    """
    if not isinstance(uri, (Known, Text)) or (isinstance(uri, Known) and not isinstance(uri.value, str)):
        return uri
    pieces: list[Piece] = []
    inside = False
    for piece in uri.pieces_of_text():
        text = piece.content
        if isinstance(text, str) and not inside and _BEFORE in text:
            inside, text = True, text.partition(_BEFORE)[2]
        if inside:
            kept = text.partition(_AFTER)[0] if isinstance(text, str) else text
            pieces.append(Piece(kept, piece.span))
            if kept != text:
                break
    if inside and _NAMED_LATER.search(literal_text(uri)):
        raise Undecided(uri, "names its function by a stage variable")
    return _joined(uri, [piece for piece in pieces if piece.content != ""]) if inside else uri


def _joined(uri: Value, pieces: list[Piece]) -> Value:
    texts = [piece.content for piece in pieces if isinstance(piece.content, str)]
    if len(texts) == len(pieces):
        return Known("".join(texts), span=uri.span, origins=uri.origins, sensitive=uri.sensitive)
    return Text(tuple(pieces), span=uri.span, origins=uri.origins, sensitive=uri.sensitive)
