"""Conversions, secrecy, and the first value that is there."""

from __future__ import annotations

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.equality import is_null
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.arguments import LIST, SET
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial
from tapeproof.gate.engine.evaluator.types import ANY, BOOL, NUMBER, STRING, Type, type_of, unify_types
from tapeproof.gate.engine.model import Known, Text, Value
from tapeproof.gate.engine.record import replace

__all__: list[str] = []


@partial("coalesce", rest=ANY, nullable=True)
def _coalesce(call: Invocation, *values: Value) -> Value:
    common = unify_types(type_of(value) for value in values)
    if common is None and any(is_null(value) for value in values):
        common = ANY  # beside what has no type yet, Terraform leaves each value its own
    if common is None:
        raise Fault("the arguments of coalesce must have the same type")
    for value in values:
        if not isinstance(value, (Known, Text)):
            return value if is_null(value) is False else call.unknown(values)
        if isinstance(value, Text) or value.value not in (None, ""):
            return convert(value, common)
    raise Fault("coalesce finds nothing that is not null")


@partial("sensitive", ANY, nullable=True)
def _sensitive(call: Invocation, value: Value) -> Value:
    del call
    return replace(value, sensitive=True)


@partial("nonsensitive", ANY, nullable=True)
def _nonsensitive(call: Invocation, value: Value) -> Value:
    del call
    return replace(value, sensitive=False)


@partial("issensitive", ANY, nullable=True)
def _issensitive(call: Invocation, value: Value) -> Value:
    return Known(value.sensitive, span=call.span)


@partial("ephemeralasnull", ANY, nullable=True)
def _ephemeralasnull(call: Invocation, value: Value) -> Value:
    del call
    return value


def _conversion(name: str, type_: Type) -> None:
    @partial(name, ANY, nullable=True)
    def _convert(call: Invocation, value: Value) -> Value:
        if isinstance(value, Known) and isinstance(value.value, tuple) and type_.kind == "set":
            return replace(convert(value, type_), span=call.span)
        return convert(value, type_)


for _name, _type in (
    ("tostring", STRING),
    ("tonumber", NUMBER),
    ("tobool", BOOL),
    ("tolist", LIST),
    ("toset", SET),
    ("tomap", Type("map", ANY)),
):
    _conversion(_name, _type)
