"""Blocks and resources: named attributes, nested blocks, and the findings a rule makes about them."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model.finding import Finding, Verdict
from tapeproof.gate.engine.model.known import Known
from tapeproof.gate.engine.model.span import NOWHERE, Span
from tapeproof.gate.engine.model.value import Plain, Undecided, Value
from tapeproof.gate.engine.record import field, record
from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.model.unresolved import Unknown

__all__ = ["Block", "Resource"]

_SET = compile_late(r"(?:(?:set|remove|add) )?(\w+)(?: \{ (\w+) = | = |\Z)")
"""A way out that sets or removes an attribute, or the first of a block."""


@lru_cache(maxsize=4096)
def _null_at(span: Span) -> Known:
    """Return a null that stands at a place; rules ask each block for a dozen attributes that it lacks."""
    return Known(None, span=span)


@record(kw_only=True)
class Block:
    """Attributes and nested blocks between braces.

    Attributes:
        type: The block's type: ``lifecycle``, ``statement``, ``provider``; of a resource, the resource's type.
        labels: Its labels.
        attributes: What is set, in the order it is written.
        children: Nested blocks, ``dynamic`` ones already expanded.
        uncertain: Types of nested blocks of which it is not known how many there are, and why.
        span: The block's header.
    """

    type: str
    labels: tuple[str, ...] = ()
    attributes: Mapping[str, Value] = field(default_factory=dict)
    children: tuple[Block, ...] = ()
    uncertain: Mapping[str, Unknown] = field(default_factory=dict)
    span: Span = NOWHERE

    def __getitem__(self, name: str) -> Value:
        """Return an attribute; when it is absent, a null that stands at the block's header."""
        found = self.attributes.get(name)
        return _null_at(self.span) if found is None else found

    def __contains__(self, name: str) -> bool:
        """Return whether the attribute is written at all, even as null."""
        return name in self.attributes

    def get(self, name: str, default: Plain = None) -> Value:
        """Return an attribute, or ``default`` (at the block's header) when it is absent or null.

        Raises:
            Undecided: It is unknown whether the attribute is null.
        """
        found = self[name]
        if not found.is_null:
            return found
        return (
            Known(default, span=found.span)
            if not isinstance(default, (list, dict))
            else _lift_default(default, found.span)
        )

    def blocks(self, type_: str) -> Iterator[Block]:
        """Yield the nested blocks of one type, known ones first.

        An attribute that holds an object, or a list of objects, counts as blocks too: JSON syntax, plans and
        attributes-as-blocks make no difference.

        Raises:
            Undecided: After the known ones, when it is not known whether there are more. So ``any(...)`` over known
                evidence decides, and the lack of evidence does not.
        """
        attribute = self.attributes.get(type_)
        yield from (child for child in self.children if child.type == type_)
        if attribute is not None:
            for element in attribute.elements() if not attribute.is_null else ():
                yield Block(type=type_, attributes=element.entries(), span=element.span)
        if type_ in self.uncertain:
            raise Undecided(self.uncertain[type_])

    def block(self, type_: str) -> Block | None:
        """Return the first nested block of one type, or None.

        Raises:
            Undecided: There is none that is known, but there may be one.
        """
        return next(self.blocks(type_), None)

    def at(self, path: str) -> Value:
        """Return an attribute in nested blocks, ``point_in_time_recovery.enabled``; null when any part is absent.

        Raises:
            Undecided: It is not known whether a block on the way is there.
        """
        *outer, name = path.split(".")
        here: Block = self
        for type_ in outer:
            inner = here.block(type_)
            if inner is None:
                return Known(None, span=here.span)
            here = inner
        return here[name]

    def walk(self) -> Iterator[Block]:
        """Yield this block and every nested one, outermost first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def values(self) -> Iterator[Value]:
        """Yield every value in this block and the nested ones, parts of collections included."""
        for block in self.walk():
            for value in block.attributes.values():
                if isinstance(value, Known) and isinstance(value.value, str):  # most are, and have no parts
                    yield value
                else:
                    yield from value.parts()


@record(kw_only=True)
class Resource(Block):
    """One instance of a resource or data source.

    Attributes:
        address: As Terraform prints it: ``module.trade["x"].aws_sqs_queue.dlq[0]``. An instance whose key is not known
            has ``[?]``.
        name: The second label.
        module: Address of its module; empty for the root.
        key: Instance key, or None without ``count`` and ``for_each``, or when it is not known.
        mode: ``managed`` or ``data``.
        provider: Local name of its provider configuration, ``aws`` or ``aws.west``.
        doubt: Why it is not known how many instances there are; None when this one surely exists.
        names: What attributes, by path, are called where it is written, when that is not in the provider's terms.
    """

    address: str
    name: str = ""
    module: str = ""
    key: str | int | None = None
    mode: str = "managed"
    provider: str = ""
    doubt: Unknown | None = None
    names: Mapping[str, str] | None = None

    @property
    def base(self) -> str:
        """The address without the instance key: what ``count`` and ``for_each`` make several of."""
        local = f"{self.type}.{self.name}"
        if self.mode == "data":
            local = f"data.{local}"
        return f"{self.module}.{local}" if self.module else local

    def fails(
        self,
        at: Value | Block | Span,
        message: str,
        *,
        fix: str = "",
        expected: str = "",
        observed: str = "",
    ) -> Finding:
        """Return a FAIL about this resource, at the offending value."""
        fix = _spell_fix(fix, self.names) if self.names else fix
        return Finding(Verdict.FAIL, message, self.address, _place(at), fix, expected, observed or _describe_value(at))

    def passes(self, at: Value | Block | Span | None = None, message: str = "", *, observed: str = "") -> Finding:
        """Return a PASS about this resource. The engine adds one itself for a resource nothing was found on."""
        place = self.span if at is None else _place(at)
        return Finding(Verdict.PASS, message, self.address, place, observed=observed or _describe_value(at))

    def warns(self, at: Value | Block | Span, message: str, *, fix: str = "") -> Finding:
        """Return a PASS that carries a warning, which every output shows."""
        return Finding(Verdict.PASS, message, self.address, _place(at), fix, observed=_describe_value(at), warning=True)

    def unknown(self, cause: Undecided | Value, message: str = "") -> Finding:
        """Return an UNKNOWN about this resource. Letting ``Undecided`` escape from a rule does the same."""
        undecided = cause if isinstance(cause, Undecided) else Undecided(cause)
        place = undecided.value.span if undecided.value.span.line else self.span
        return Finding(Verdict.UNKNOWN, message or undecided.why, self.address, place)


def _spell_fix(fix: str, names: Mapping[str, str]) -> str:
    """Return a way out with what the attribute that it sets or removes is called where the resource is written."""
    found = _SET.match(fix)
    path = ".".join(part for part in found.groups() if part) if found else ""
    return f"{fix}; here it is called {names[path]}" if path in names else fix


def _place(at: Value | Block | Span) -> Span:
    return at if isinstance(at, Span) else at.span


def _describe_value(at: object) -> str:
    """Return a value for people: short, and never one that is sensitive."""
    if not isinstance(at, Value):
        return ""
    if at.sensitive:
        return "(sensitive)"
    try:
        shown = _write_plain(at.plain()) if isinstance(at, Known) else ""
    except Undecided as undecided:
        shown = undecided.why
    limit = 120
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _write_plain(plain: Plain) -> str:
    """Return a value as people write it, not as Python does."""
    if plain is None:
        return "not set"
    return repr(plain) if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False, default=str)


def _lift_default(default: Plain, span: Span) -> Value:
    """Return a plain default as a value."""
    if isinstance(default, list):
        return Known(tuple(_lift_default(element, span) for element in default), span=span)
    if isinstance(default, dict):
        return Known({key: _lift_default(element, span) for key, element in default.items()}, span=span)
    return Known(default, span=span)
