"""Values out of plain data, such as a plan's JSON or the answers of an AWS API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tapeproof.gate.engine.model import Known, Span, Unknown, Value

__all__ = ["inner", "value_of"]

_DEEPEST = 200


def value_of(plain: Any, span: Span, *, sensitive: Any = False, depth: int = 0) -> Value:  # noqa: ANN401 - JSON is Any
    """Return plain data as values.

    Args:
        plain: ``None``, a boolean, number, string, list or mapping, at any depth; values in it stay as they are.
        span: Where all of it is said to stand.
        sensitive: ``True`` when all of it is sensitive, or the same structure with ``True`` at what is.
        depth: How deep it is nested already.
    """
    if depth > _DEEPEST:
        return Unknown("it is nested too deeply", span=span)
    hidden = sensitive is True
    if isinstance(plain, Value):
        return plain
    if isinstance(plain, Mapping):
        entries = {
            str(key): value_of(part, span, sensitive=inner(sensitive, key), depth=depth + 1)
            for key, part in plain.items()
        }
        return Known(entries, kind="object", span=span, sensitive=hidden)
    if isinstance(plain, Sequence) and not isinstance(plain, (str, bytes)):
        elements = (
            value_of(part, span, sensitive=inner(sensitive, at), depth=depth + 1) for at, part in enumerate(plain)
        )
        return Known(tuple(elements), kind="tuple", span=span, sensitive=hidden)
    scalar = _scalar(plain)
    if scalar is None and plain is not None:
        return Unknown(f"it is {type(plain).__name__}, which is no value", span=span)
    return Known(scalar, span=span, sensitive=hidden)


def _scalar(plain: object) -> bool | int | Decimal | str | None:
    if isinstance(plain, float):
        return Decimal(repr(plain))
    if isinstance(plain, (date, datetime)):
        return plain.isoformat()
    return plain if isinstance(plain, (bool, int, Decimal, str)) else None


def inner(marks: Any, key: Any) -> Any:  # noqa: ANN401 - JSON is Any
    """Return the part of a parallel structure that belongs to a key or index."""
    if isinstance(marks, Mapping):
        return marks.get(key, False)
    if isinstance(marks, Sequence) and not isinstance(marks, (str, bytes)) and isinstance(key, int):
        return marks[key] if key < len(marks) else False
    return marks is True
