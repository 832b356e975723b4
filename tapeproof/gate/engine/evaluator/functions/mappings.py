"""Functions over maps; values keep their places and may be unknown."""

from __future__ import annotations

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.arguments import (
    STRINGS,
    all_known,
    make_collection,
    require_mapping,
    sequence,
)
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial, plain
from tapeproof.gate.engine.evaluator.iteration import Entries
from tapeproof.gate.engine.evaluator.marks import marks_of
from tapeproof.gate.engine.evaluator.types import ANY, STRING, Type, type_of
from tapeproof.gate.engine.model import Known, Value
from tapeproof.gate.engine.record import replace

__all__: list[str] = []


@partial("merge", rest=ANY, nullable=True)
def _merge(call: Invocation, *values: Value) -> Value:
    present = [value for value in values if not (isinstance(value, Known) and value.value is None)]
    if not all_known(*present):
        return call.unknown(present)
    entries = Entries()
    for value in present:
        entries.add(require_mapping(value, call))
    origins = frozenset(origin for value in present for origin in value.origins)
    merged = Known(entries, kind="object", span=call.span, origins=origins)
    types = {str(type_of(value)) for value in present}
    if len(types) == 1 and all(isinstance(value, Known) and value.kind == "map" for value in present):
        return replace(merged, kind="map")
    return merged


@partial("lookup", ANY, STRING, rest=ANY, nullable=True)
def _lookup(call: Invocation, where: Value, key: Value, *default: Value) -> Value:
    if len(default) > 1:
        raise Fault("lookup takes two or three arguments")
    if not all_known(where, key):
        return call.unknown((where, key))
    found = require_mapping(where, call).get(key.text())
    if found is not None:
        return found
    if not default:
        raise Fault(f"lookup finds no key {key.text()!r}")
    element = type_of(where).element
    return default[0] if element is None else convert(default[0], element)


@partial("keys", ANY)
def _keys(call: Invocation, where: Value) -> Value:
    if not all_known(where):
        return call.unknown((where,))
    entries = require_mapping(where, call)
    return Known(
        tuple(
            Known(key, span=entries[key].span, origins=where.origins, sensitive=where.sensitive)
            for key in sorted(entries)
        ),
        kind="list" if isinstance(where, Known) and where.kind == "map" else "tuple",
        span=call.span,
    )


@partial("values", ANY)
def _values(call: Invocation, where: Value) -> Value:
    if not all_known(where):
        return call.unknown((where,))
    entries = require_mapping(where, call)
    kind = "list" if isinstance(where, Known) and where.kind == "map" else "tuple"
    return make_collection((entries[key] for key in sorted(entries)), call, kind)


@partial("zipmap", STRINGS, ANY)
def _zipmap(call: Invocation, keys: Value, values: Value) -> Value:
    if not keys.known or not all_known(values):
        return call.unknown((keys, values))
    names, contents = keys.elements(), sequence(values, call)
    if len(names) != len(contents.elements()):
        raise Fault("zipmap takes as many keys as values")
    pairs = zip(names, contents.elements(), strict=True)
    kind = "map" if contents.kind == "list" else "object"
    entries = {name.text(): content for name, content in pairs}
    return Known(entries, kind=kind, span=call.span, origins=marks_of(names).origins)


@plain("transpose", Type("map", STRINGS), gives="map")
def _transpose(values: dict[str, list[str]]) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for key in sorted(values):
        for element in values[key]:
            result.setdefault(element, []).append(key)
    return {key: sorted(result[key]) for key in sorted(result)}
