"""What CloudFormation computes in a template (``Ref``, ``Fn::Sub``, ``Fn::Join``, ``Fn::Base64``), as parameters tell.

Source: AWS CloudFormation Template Reference Guide, "Intrinsic function reference" and "Parameters".
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import replace

from tapeproof.gate.engine.model import Known, Piece, Text, Undecided, Unknown, Value

__all__ = ["parameters_of", "with_parameters"]

_HOLE = re.compile(r"\$\{([^!{}][^{}]*)\}")
_NOTHING = "AWS::NoValue"
_PAIR = 2


def parameters_of(template: Value, given: Value) -> dict[str, Value]:
    """Return the values of a template's parameters: what the stack gives, else defaults; none of what is hidden.

    Args:
        template: The template.
        given: What Terraform gives for its parameters, a map; it may be unknown.
    """
    try:
        passed = dict(given.entries())
    except Undecided:
        return {}
    found: dict[str, Value] = {}
    for name, declared in template.entry("Parameters").entries().items():
        default = declared.entry("Default")
        if name in passed or not (default.known and default.is_null):
            found[name] = passed.get(name, default)
    return found


def with_parameters(value: Value, known: Mapping[str, Value]) -> Value:
    """Return a part of a template with what its parameters decide put in; the rest stays as it is written."""
    if not isinstance(value, Known):
        return value
    if isinstance(value.value, tuple):
        return replace(value, value=tuple(with_parameters(part, known) for part in value.value))
    if not isinstance(value.value, Mapping):
        return value
    parts = {name: with_parameters(part, known) for name, part in value.value.items()}
    computed = _compute_intrinsic(parts, known) if len(parts) == 1 else None
    return replace(value, value=parts) if computed is None else computed.at(value.span)


def _compute_intrinsic(parts: Mapping[str, Value], known: Mapping[str, Value]) -> Value | None:
    ((function, argument),) = parts.items()
    if function == "Ref" and isinstance(argument, Known) and isinstance(argument.value, str):
        return Known(None) if argument.value == _NOTHING else known.get(argument.value)
    if function == "Fn::Sub":
        return _substitute_names(argument, known)
    if function == "Fn::Join":
        return _join_parts(argument)
    if function == "Fn::Base64" and isinstance(argument, Known) and isinstance(argument.value, str):
        return Known(base64.b64encode(argument.value.encode()).decode())
    return None


def _substitute_names(argument: Value, known: Mapping[str, Value]) -> Value | None:
    names = dict(known)
    if isinstance(argument, Known) and isinstance(argument.value, tuple) and len(argument.value) == _PAIR:
        argument, own = argument.value
        names.update(own.entries() if isinstance(own, Known) else {})
    if not (isinstance(argument, Known) and isinstance(argument.value, str)):
        return None
    pieces: list[Value] = []
    end = 0
    for hole in _HOLE.finditer(argument.value):
        pieces.append(Known(argument.value[end : hole.start()]))
        pieces.append(names.get(hole[1], Unknown(f"is computed by CloudFormation ({hole[1]})", hole[1])))
        end = hole.end()
    return _text([*pieces, Known(argument.value[end:])], argument)


def _join_parts(argument: Value) -> Value | None:
    if not (isinstance(argument, Known) and isinstance(argument.value, tuple) and len(argument.value) == _PAIR):
        return None
    separator, listed = argument.value
    if not (isinstance(listed, Known) and isinstance(listed.value, tuple) and separator.known):
        return None
    pieces: list[Value] = []
    for position, part in enumerate(listed.value):
        pieces.extend([separator, part] if position else [part])
    return _text(pieces, argument)


def _text(parts: list[Value], whole: Value) -> Value:
    """Return parts put together; one that CloudFormation computes, or that is no string, is not known."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, Known) and not isinstance(part.value, Mapping | tuple) and part.value is not None:
            pieces.append(Piece(part.text(), whole.span))
        else:
            pieces.append(Piece(Unknown(part.why or "is computed by CloudFormation"), whole.span))
    if all(isinstance(piece.content, str) for piece in pieces):
        return Known("".join(str(piece.content) for piece in pieces), span=whole.span)
    return Text(tuple(piece for piece in pieces if piece.content != ""), span=whole.span)
