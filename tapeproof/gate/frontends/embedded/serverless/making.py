"""Declarations of resources, as a template has them, made of plain Python and of values that it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model import Known, Value

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Span

__all__ = [
    "arn_of",
    "entries_of",
    "entry_of",
    "given",
    "is_absent",
    "listed_in",
    "ref_to",
    "resource",
    "text_of",
    "value",
]


def value(content: Any, span: Span) -> Value:  # noqa: ANN401 - plain Python with values in it
    """Return plain Python as a value; values inside stay what they are, and what is None is left out of objects."""
    if isinstance(content, Value):
        return content
    if isinstance(content, Mapping):
        present = {str(name): part for name, part in content.items() if part is not None}
        return Known({name: value(part, span) for name, part in present.items()}, kind="object", span=span)
    if isinstance(content, list | tuple):
        return Known(tuple(value(part, span) for part in content), kind="tuple", span=span)
    return Known(content, span=span)


def resource(kind: str, properties: Mapping[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Return a declaration."""
    return {"Type": kind, "Properties": dict(properties), **more}


def ref_to(name: str) -> dict[str, Any]:
    """Return ``Ref``."""
    return {"Ref": name}


def arn_of(name: str) -> dict[str, Any]:
    """Return ``Fn::GetAtt`` of an ARN."""
    return {"Fn::GetAtt": [name, "Arn"]}


def entries_of(part: Value | None) -> Mapping[str, Value]:
    """Return what an object holds; nothing of anything else."""
    return part.value if isinstance(part, Known) and isinstance(part.value, Mapping) else {}


def entry_of(part: Value | None, *names: str) -> Value | None:
    """Return what lies at a path in objects; None where there is nothing."""
    for name in names:
        part = entries_of(part).get(name)
    return None if part is None or is_absent(part) else part


def given(part: Value | None, *names: str) -> dict[str, Value]:
    """Return the entries of an object that have some names."""
    found = entries_of(part)
    return {name: found[name] for name in names if name in found}


def listed_in(part: Value | None) -> tuple[Value, ...]:
    """Return the elements of a list, a single thing as a list of one."""
    if part is None or is_absent(part):
        return ()
    return part.value if isinstance(part, Known) and isinstance(part.value, tuple) else (part,)


def text_of(part: Value | None) -> str:
    """Return a text; empty for anything else."""
    return part.value if isinstance(part, Known) and isinstance(part.value, str) else ""


def is_absent(part: Value) -> bool:
    """Return whether a value is null."""
    return isinstance(part, Known) and part.value is None
