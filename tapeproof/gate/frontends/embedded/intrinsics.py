"""What CloudFormation computes in a template (``Ref``, ``Fn::Sub``, ``Fn::Join``, ``Fn::If`` …), as parameters tell.

Source: AWS CloudFormation Template Reference Guide, "Intrinsic function reference" and "Parameters".
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence

from tapeproof.gate.engine.model import Known, Piece, Ref, Text, Undecided, Unknown, Value
from tapeproof.gate.engine.record import field, record, replace
from tapeproof.gate.frontends.embedded.conditions import Conditions
from tapeproof.gate.frontends.embedded.returns import Returned

__all__ = ["Terms", "parameters_of", "terms_of", "with_parameters"]

_HOLE = re.compile(r"\$\{([^!{}][^{}]*)\}")
_NOTHING = "AWS::NoValue"
_COMPUTED = "is computed by CloudFormation"
_PAIR = 2
_TRIPLE = 3
_UNNAMED = Known(None)
_LISTS = ("CommaDelimitedList", "List<")


@record(slots=False)
class Terms:
    """What a template's functions may ask for.

    Attributes:
        parameters: The values of its parameters that are known.
        conditions: Its conditions.
        mappings: Its mappings.
        resources: What its resources give.
    """

    parameters: Mapping[str, Value] = field(default_factory=dict)
    conditions: Conditions = field(default_factory=lambda: Conditions({}, lambda value: value))
    mappings: Mapping[str, Value] = field(default_factory=dict)
    resources: Returned = field(default_factory=lambda: Returned("", {}, lambda value: value))


def terms_of(template: Value, given: Value, address: str = "", stack_name: Value = _UNNAMED) -> Terms:
    """Return what the functions of a template may ask for.

    Args:
        template: The template.
        given: What Terraform gives for its parameters, a map; it may be unknown.
        address: Of what holds the template.
        stack_name: The name of the stack that is made of it; null where there is none.
    """
    from tapeproof.gate.frontends.embedded.pseudo_parameters import (  # noqa: PLC0415 - few configurations hold templates
        pseudo_parameters,
    )

    parameters = parameters_of(template, given) | dict(pseudo_parameters(address, stack_name))
    mappings = template.entry("Mappings").entries()
    simple = Terms(parameters, mappings=mappings)
    conditions = Conditions(template.entry("Conditions").entries(), lambda value: with_parameters(value, simple))
    named = Terms(parameters, conditions, mappings, Returned(address, {}, lambda value: value))
    declared = template.entry("Resources").entries()
    resources = Returned(address, declared, lambda value: with_parameters(value, named))
    return Terms(parameters, conditions, mappings, resources)


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
            found[name] = _as_declared(passed.get(name, default), declared)
    return found


def _as_declared(value: Value, declared: Value) -> Value:
    """Return a parameter's value; that of a list is a text with commas."""
    kind = declared.entry("Type")
    listed = isinstance(kind, Known) and isinstance(kind.value, str) and kind.value.startswith(_LISTS)
    if not (listed and isinstance(value, Known) and isinstance(value.value, str | int)):
        return value
    parts = tuple(Known(part.strip(), span=value.span) for part in value.text().split(","))
    return Known(parts, kind="tuple", span=value.span)


def with_parameters(value: Value, terms: Terms) -> Value:
    """Return a part of a template with what its parameters decide put in; the rest stays as it is written."""
    if not isinstance(value, Known):
        return value
    if isinstance(value.value, tuple):
        parts = [(part, with_parameters(part, terms)) for part in value.value]
        kept = tuple(after for before, after in parts if after is before or not (after.known and after.is_null))
        return replace(value, value=kept)  # without what AWS::NoValue takes away
    if not isinstance(value.value, Mapping):
        return value
    entries = {name: _put_into(name, part, terms) for name, part in value.value.items()}
    computed = _compute_intrinsic(entries, terms) if len(entries) == 1 else None
    return replace(value, value=entries) if computed is None else computed.at(value.span)


def _put_into(name: str, part: Value, terms: Terms) -> Value:
    """Return what stands under a name; of a function's arguments none may fall out, or another would take its place."""
    if name.startswith("Fn::") and isinstance(part, Known) and isinstance(part.value, tuple):
        return replace(part, value=tuple(with_parameters(one, terms) for one in part.value))
    return with_parameters(part, terms)


def _compute_intrinsic(parts: Mapping[str, Value], terms: Terms) -> Value | None:
    ((function, argument),) = parts.items()
    if function in {"Ref", "Fn::GetAtt"}:
        return _refer(function, argument, terms)
    if function == "Fn::Sub":
        return _substitute_names(argument, terms)
    if function == "Fn::Join":
        return _join_parts(argument)
    if function == "Fn::Base64" and isinstance(argument, Known) and isinstance(argument.value, str):
        return Known(base64.b64encode(argument.value.encode()).decode())
    if isinstance(argument, Known) and isinstance(argument.value, tuple):
        return _choose(function, argument.value, terms)
    return None


def _of_name(name: str, terms: Terms) -> Value | None:
    """Return what a name stands for, ``Days``, ``Queue`` or ``Queue.Arn``; None when it cannot be told."""
    given = terms.parameters.get(name)
    if given is not None:
        return given
    logical, _, attribute = name.partition(".")
    return terms.resources.get(logical, attribute)


def _refer(function: str, argument: Value, terms: Terms) -> Value | None:
    """Return what ``Ref`` gives, or ``Fn::GetAtt`` of a list of two, or of ``Queue.Arn`` as YAML has it."""
    parts = argument.value if isinstance(argument, Known) else None
    names = [part.value if isinstance(part, Known) else None for part in parts] if isinstance(parts, tuple) else [parts]
    if not all(isinstance(name, str) for name in names):
        return None
    name = ".".join(map(str, names))
    if function == "Ref":
        return Known(None) if name == _NOTHING else _of_name(name, terms)
    return _of_name(name, terms) if "." in name else None


def _choose(function: str, arguments: tuple[Value, ...], terms: Terms) -> Value | None:
    """Return what a condition, a mapping, an index or a separator chooses; None when it cannot be told."""
    plain = [part.value if isinstance(part, Known) else None for part in arguments]
    if function == "Fn::If" and len(arguments) == _TRIPLE and isinstance(plain[0], str):
        holds = terms.conditions.holds(plain[0])
        return None if holds is None else arguments[1 if holds else 2]
    if function == "Fn::FindInMap" and len(arguments) in {_TRIPLE, _TRIPLE + 1}:
        return _find_in_map(plain, terms)
    if len(arguments) != _PAIR:
        return None
    if function == "Fn::Split" and isinstance(plain[0], str) and plain[0] and isinstance(plain[1], str):
        return Known(tuple(Known(part, span=arguments[1].span) for part in plain[1].split(plain[0])), kind="tuple")
    if function == "Fn::Select" and isinstance(plain[1], tuple) and str(plain[0]).isdecimal():
        index = int(str(plain[0]))
        return plain[1][index] if index < len(plain[1]) else None
    return None


def _find_in_map(plain: Sequence[object], terms: Terms) -> Value | None:
    """Return what a mapping holds, or the value by default, the fourth argument, where it holds nothing under a key."""
    if not all(isinstance(key, str | int) for key in plain[:_TRIPLE]):
        return None
    found: Value | None = terms.mappings.get(str(plain[0]))
    for key in plain[1:_TRIPLE]:
        inner = found.value if isinstance(found, Known) else None
        found = inner.get(str(key)) if isinstance(inner, Mapping) else None
    default = plain[_TRIPLE] if len(plain) > _TRIPLE else None
    return default.get("DefaultValue") if found is None and isinstance(default, Mapping) else found


def _substitute_names(argument: Value, terms: Terms) -> Value | None:
    names: dict[str, Value] = {}
    if isinstance(argument, Known) and isinstance(argument.value, tuple) and len(argument.value) == _PAIR:
        argument, own = argument.value
        names.update(own.entries() if isinstance(own, Known) else {})
    if not (isinstance(argument, Known) and isinstance(argument.value, str)):
        return None
    pieces: list[Value] = []
    end = 0
    for hole in _HOLE.finditer(argument.value):
        pieces.append(Known(argument.value[end : hole.start()]))
        pieces.append(names.get(hole[1]) or _of_name(hole[1], terms) or _of_aws(hole[1], terms))
        end = hole.end()
    return _text([*pieces, Known(argument.value[end:])], argument)


def _of_aws(name: str, terms: Terms) -> Unknown:
    """Return what CloudFormation puts in; its pseudo parameters are the same throughout a template."""
    symbol = f"{terms.resources.address}/{name}" if name.startswith("AWS::") else ""
    return Unknown(f"{_COMPUTED} ({name})", symbol=symbol)


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
        elif isinstance(part, Ref | Text):
            pieces += [Piece(piece.content, whole.span) for piece in part.pieces_of_text()]
        else:
            unknown = part if isinstance(part, Unknown) else Unknown(part.why or _COMPUTED)
            pieces.append(Piece(unknown, whole.span))
    if all(isinstance(piece.content, str) for piece in pieces):
        return Known("".join(str(piece.content) for piece in pieces), span=whole.span)
    return Text(tuple(piece for piece in pieces if piece.content != ""), span=whole.span)
