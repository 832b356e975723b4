"""``count`` and ``for_each``: how many instances a resource or module has, and what each knows of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.iteration import pairs
from tapeproof.gate.engine.evaluator.types import NUMBER, type_of
from tapeproof.gate.engine.model import Known, Unknown, Value
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.evaluator.interfaces import Evaluation, Frame
    from tapeproof.gate.engine.evaluator.syntax import Body

__all__ = ["Expansion", "InstanceKey", "expand", "shown_key", "without_key", "without_keys"]

_MOST = 10_000


class InstanceKey(NamedTuple):
    """One instance.

    Attributes:
        key: Its key; None without ``count`` and ``for_each``, or when it is not known.
        suffix: What follows the name in its address: ``[0]``, ``["a"]``, ``[?]`` or nothing.
        names: ``count`` or ``each`` as its expressions see them.
        doubt: Why it is not known whether it exists.
    """

    key: str | int | None = None
    suffix: str = ""
    names: tuple[tuple[str, Value], ...] = ()
    doubt: Unknown | None = None


class Expansion(NamedTuple):
    """All instances; ``kind`` is ``single``, ``none``, ``count``, ``for_each`` or ``unknown``."""

    kind: str
    keys: tuple[InstanceKey, ...]
    why: Unknown | None = None


def expand(evaluator: Evaluation, body: Body, frame: Frame) -> Expansion:
    """Return the instances that a body's ``count`` or ``for_each`` makes; OpenTofu's ``enabled`` makes one or none.

    Raises:
        CycleFault: They depend on the resource itself.
    """
    count, for_each = body.attribute("count"), body.attribute("for_each")
    if count is not None:
        return _expand_count(evaluator.attempt(count.expression, frame.within(count.file)))
    if for_each is not None:
        return _each(evaluator.attempt(for_each.expression, frame.within(for_each.file)))
    enabled = next((one.body.attribute("enabled") for one in body.blocks if one.type == "lifecycle"), None)
    if enabled is not None:
        return _expand_enabled(evaluator.attempt(enabled.expression, frame.within(enabled.file)))
    return Expansion("single", (InstanceKey(),))


def _expand_enabled(value: Value) -> Expansion:
    """Return the one instance, or none (OpenTofu documentation, "The lifecycle Meta-Argument": ``enabled``)."""
    if isinstance(value, Known) and isinstance(value.value, bool):
        return Expansion("single" if value.value else "none", (InstanceKey(),) if value.value else ())
    return Expansion("single", (InstanceKey(doubt=Unknown(f"enabled is not known: {value.why}", span=value.span)),))


def _expand_count(value: Value) -> Expansion:
    try:
        number = convert(value, NUMBER)
    except Fault as fault:
        return _unknown("count", Unknown(f"count cannot be evaluated: {fault}", span=value.span))
    if isinstance(number, Known) and number.value is None:
        return _unknown("count", Unknown("count is null", span=value.span))
    if not isinstance(number, Known):
        return _unknown("count", Unknown(f"count is not known: {number.why}", span=value.span))
    total = number.number()
    if not isinstance(total, int) or not 0 <= total <= _MOST:
        return _unknown("count", Unknown(f"count is {total}", span=value.span))
    return Expansion("count", tuple(_build_count_key(position, number) for position in range(total)))


def _build_count_key(position: int, count: Known) -> InstanceKey:
    index = Known(position, span=count.span, origins=count.origins)
    names = (("count", Known({"index": index}, kind="object", span=count.span)),)
    return InstanceKey(position, f"[{position}]", names)


def _each(value: Value) -> Expansion:
    if not isinstance(value, Known):
        return _unknown("for_each", Unknown(f"for_each is not known: {value.why}", span=value.span))
    try:
        return Expansion("for_each", tuple(_build_each_keys(value)))
    except Fault as fault:
        return _unknown("for_each", Unknown(f"for_each cannot be evaluated: {fault}", span=value.span))


def _build_each_keys(collection: Known) -> Iterator[InstanceKey]:
    if collection.kind in {"tuple", "list"}:
        raise Fault(f"it takes a map or a set of strings, not a {type_of(collection).kind}")
    for key, value in pairs(collection):
        names = (("each", Known({"key": key, "value": value}, kind="object", span=value.span)),)
        if isinstance(key, Known) and isinstance(key.value, str):
            yield InstanceKey(key.value, f"[{shown_key(key.value)}]", names)
        elif isinstance(key, Known):
            raise Fault("a set for for_each must hold strings")
        else:
            yield InstanceKey(None, "[?]", names)


def shown_key(key: str | int) -> str:
    """Return an instance key as addresses show it."""
    if isinstance(key, int):
        return str(key)
    escaped = key.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


_KEY = r"\[(?:\"(?:[^\"\\]|\\.)*\"|[^\"\]]*)\]"
_LAST_KEY, _ANY_KEY = re.compile(_KEY + r"\Z", re.DOTALL), re.compile(_KEY, re.DOTALL)


def without_key(address: str) -> str:
    """Return an instance's address without its key, whatever brackets and dots are in the key."""
    return _LAST_KEY.sub("", address)


def without_keys(address: str) -> str:
    """Return an address without any instance keys: ``module.a["x.y"].aws_z.b[0]`` becomes ``module.a.aws_z.b``."""
    return _ANY_KEY.sub("", address)


def _unknown(kind: str, why: Unknown) -> Expansion:
    """Return the one instance that stands for any number of them."""
    fields = ("index",) if kind == "count" else ("key", "value")
    name = "count" if kind == "count" else "each"
    entries = {field: Unknown(f"{name}.{field} is not known: {why.reason}", span=why.span) for field in fields}
    names = ((name, Known(entries, kind="object", span=why.span)),)
    return Expansion("unknown", (InstanceKey(None, "[?]", names, why),), why)
