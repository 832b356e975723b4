"""Values that CloudFormation puts into the definition of a state machine.

Source: AWS CloudFormation Template Reference Guide, AWS::StepFunctions::StateMachine, "DefinitionSubstitutions".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Known, Piece, Text, Undecided, Value
from tapeproof.gate.engine.model.document import parsed_document
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["substitute"]

_PLACE = re.compile(r"\$\{([A-Za-z0-9_]+)\}")


def substitute(definition: Value, values: Mapping[str, Value]) -> Value:
    """Return a definition, text or object, with some values in the places that name them.

    One that cannot be read stays as it is.
    """
    try:
        return _filled(parsed_document(definition), values)
    except Undecided:
        return definition


def _filled(part: Value, values: Mapping[str, Value]) -> Value:
    if not isinstance(part, Known):
        return part
    inner = part.value
    if isinstance(inner, Mapping):
        return replace(part, value={name: _filled(one, values) for name, one in inner.items()})
    if isinstance(inner, tuple):
        return replace(part, value=tuple(_filled(one, values) for one in inner))
    if not isinstance(inner, str) or not any(name in values for name in _PLACE.findall(inner)):
        return part
    pieces = tuple(_pieces(part, inner, values))
    if all(isinstance(piece.content, str) for piece in pieces):
        text = "".join(str(piece.content) for piece in pieces)
        return Known(text, span=part.span, origins=part.origins, sensitive=part.sensitive)
    only = values.get(_PLACE.sub(r"\1", inner)) if len(pieces) == 1 else None
    return only or Text(pieces, span=part.span, origins=part.origins, sensitive=part.sensitive)


def _pieces(part: Known, text: str, values: Mapping[str, Value]) -> Iterator[Piece]:
    for index, piece in enumerate(_PLACE.split(text)):
        if index % 2 and piece in values:
            yield from values[piece].pieces_of_text()
        elif index % 2:
            yield Piece(f"${{{piece}}}", part.span)
        elif piece:
            yield Piece(piece, part.span)
