"""The whole of a root module as the rules see it, whichever front end read it."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model.block import Block, Resource
from tapeproof.gate.engine.model.document import parsed_document
from tapeproof.gate.engine.model.identity import names_resource
from tapeproof.gate.engine.model.span import NOWHERE, Span
from tapeproof.gate.engine.model.text import Text
from tapeproof.gate.engine.model.unresolved import Ref, Unknown
from tapeproof.gate.engine.model.value import Undecided, Value
from tapeproof.gate.engine.record import field, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.model.span import Shifts

__all__ = ["Literal", "Output", "Stack", "Variable"]

_PLAIN_NAME = re.compile(r"\w*")


@record(kw_only=True)
class Variable:
    """A variable as declared, and the value it has in this evaluation.

    Attributes:
        name: ``environment_suffix``.
        module: Address of the module that declares it; empty for the root.
        type: The type constraint as written, ``any`` when there is none.
        default: The default, or None when there is none.
        value: What it evaluates to; Unknown when nothing sets it.
        sensitive: As declared.
        block: The declaration itself (``description``, ``nullable``, ``validation`` blocks).
    """

    name: str
    module: str = ""
    type: str = "any"
    default: Value | None = None
    value: Value = field(default_factory=lambda: Unknown("it has no value"))
    sensitive: bool = False
    block: Block = field(default_factory=lambda: Block(type="variable"))


@record(kw_only=True)
class Output:
    """An output and its value."""

    name: str
    module: str = ""
    value: Value
    sensitive: bool = False
    span: Span = NOWHERE


@record(kw_only=True)
class Literal:
    """A piece of text written out in the source, wherever it ends up.

    Attributes:
        text: The text, escapes resolved; of a template, one literal piece.
        span: Where it stands.
        block: Type of the top-level block it is in: ``resource``, ``locals``, ``variable`` …
        owner: Address of that block: ``aws_sqs_queue.dlq``, ``module.trade``, ``var.region``, ``local.names``.
        attribute: Dotted name of the attribute it is in: ``environment.variables``.
        shifts: Where escapes make the source longer than the text.
        whole: Whether the attribute's value may be this text and no more: it is no piece of a template, key, condition
            or argument, so that what the attribute is called says something about it.
    """

    text: str
    span: Span
    block: str
    owner: str
    attribute: str = ""
    shifts: Shifts = ()
    whole: bool = True

    def part(self, offset: int, length: int) -> Span:
        """Return where a part of the text stands; where all of it does, when it is not written as it is."""
        return self.span.part_of(self.text, self.shifts, offset, length) or self.span


@record(kw_only=True)
class Stack:
    """A root module and everything below it.

    Attributes:
        root: The root module's folder, as the user named it (or the plan's file, or the account).
        front_end: ``hcl``, ``plan``, ``live`` or ``checkov``.
        everything: Instances of resources and data sources; use ``resources()`` and ``data()``.
        blocks: Other top-level blocks of all modules: ``provider``, ``terraform``, ``module``, ``removed``, ``check`` …
        variables: Of all modules.
        outputs: Of all modules.
        literals: Text written out in the source; only a front end that reads source has them.
        lines: Source by file, for messages.
        unread: What could not be read and is therefore not judged: modules from elsewhere, and why.
        names: The types of all resources, filled in when first asked for; never given.
        chosen: Resources by what was asked for, filled in on the way; never given.
        resolved: Values that were asked about, and the resources they name, by the value's identity; never given.
        single: Resources by address where that means one instance only, filled in when first asked for; never given.
        policies: Policy documents that were read, and their statements, by the value's identity; never given.
    """

    root: str
    front_end: str
    everything: tuple[Resource, ...] = ()
    blocks: tuple[Block, ...] = ()
    variables: tuple[Variable, ...] = ()
    outputs: tuple[Output, ...] = ()
    literals: tuple[Literal, ...] = ()
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: tuple[Unknown, ...] = ()
    names: set[str] = field(default_factory=set, compare=False, repr=False)
    chosen: dict[tuple[str, ...], tuple[Resource, ...]] = field(default_factory=dict, compare=False, repr=False)
    resolved: dict[tuple[int, tuple[str, ...]], tuple[Value, tuple[Resource, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    single: dict[str, Resource] = field(default_factory=dict, compare=False, repr=False)
    policies: dict[int, tuple[Value, tuple[Any, ...]]] = field(default_factory=dict, compare=False, repr=False)

    def _select_resources(self, mode: str, types: tuple[str, ...]) -> tuple[Resource, ...]:
        """Return the resources of a mode and some types; asked a thousand times, looked for once."""
        key = (mode, *types)
        if key not in self.chosen:
            if not self.names:
                self.names.update(resource.type for resource in self.everything)
            patterns = [type_ for type_ in types if not _PLAIN_NAME.fullmatch(type_)]
            wanted = self.names.intersection(types) if types else set(self.names)
            wanted |= {name for name in self.names for pattern in patterns if fnmatchcase(name, pattern)}
            self.chosen[key] = tuple(
                resource
                for resource in (self.everything if wanted else ())
                if resource.type in wanted and mode in {"", resource.mode}
            )
        return self.chosen[key]

    def resources(self, *types: str) -> Iterator[Resource]:
        """Yield the managed resources of some types (``aws_iam_*`` works); all of them without a type."""
        yield from self._select_resources("managed", types)

    def data(self, *types: str) -> Iterator[Resource]:
        """Yield the data sources of some types; all of them without a type."""
        yield from self._select_resources("data", types)

    def blocks_of(self, *types: str) -> Iterator[Block]:
        """Yield top-level blocks of some types other than resources: ``provider``, ``module``, ``removed``."""
        return (block for block in self.blocks if block.type in types)

    def at(self, address: str) -> Resource | None:
        """Return the resource at an address, or None."""
        return next((resource for resource in self.everything if resource.address == address), None)

    def resolve(self, value: Value, *types: str) -> tuple[Resource, ...]:
        """Return the resources a value names, by reference, or by name, ARN or URL.

        Several only when the value stands for several, such as a reference to all instances of a ``for_each``.

        Raises:
            Undecided: It may name one of them, or may not: the value is unknown, or so is a candidate's name.
        """
        key = (id(value), types)
        if key not in self.resolved:
            # The value is kept with the answer, so that its identity stays its own.
            self.resolved[key] = (value, self._named_by(value, types))
        return self.resolved[key][1]

    def _named_by(self, value: Value, types: tuple[str, ...]) -> tuple[Resource, ...]:
        candidates = self._select_resources("", types)
        meant = self._meant_by(value) if isinstance(value, Ref) else None
        if meant is not None:
            return (meant,) if any(one is meant for one in candidates) else ()
        referred = tuple(resource for resource in candidates if _stands_for(value, resource))
        if referred or isinstance(value, Ref):
            return referred
        doubt: Undecided | None = None
        named: list[Resource] = []
        read: dict[str, Value | None] = {}
        for resource in candidates:
            try:
                if names_resource(value, resource, read):
                    named.append(resource)
            except Undecided as undecided:
                doubt = undecided
        if not named and doubt is not None:
            raise doubt
        if len(named) > 1:  # in two regions, say; the one that the name was taken from is meant
            taken = {origin.address for origin in value.origins}
            named = [resource for resource in named if resource.address in taken] or named
        return tuple(named)

    def _meant_by(self, value: Ref) -> Resource | None:
        """Return the resource that a reference means and no other instance can be, None where that is looked for."""
        if not self.single:
            bases: dict[str, list[Resource]] = {}
            for one in self.everything:
                bases.setdefault(one.base, []).append(one)
            for base, found in bases.items():
                keys = {one.address.removeprefix(base) for one in found}
                if len(keys) == len(found) and "[?]" not in keys and (len(keys) == 1 or "" not in keys):
                    self.single.update((one.address, one) for one in found)
        return self.single.get(value.resource)

    def referring_to(self, resource: Resource, *types: str) -> Iterator[Resource]:
        """Yield the resources of some types that mention ``resource`` by reference, in whatever attribute.

        Only source and plans have references; a rule that must also work on a live account asks ``resolve`` about
        the attribute it means.
        """
        for other in self.resources(*types):
            if any(_mentions(value, resource) for value in other.values()):
                yield other

    def document(self, value: Value) -> Value:
        """Return what a JSON string holds, as values with places of their own.

        It reads ``jsonencode``, ``aws_iam_policy_document`` and ``file()``, and JSON in quotes and heredocs, also with
        interpolations. An object that is not a string is returned as it is.

        Raises:
            Undecided: It is not known, or is no JSON.
        """
        return parsed_document(value)

    def line(self, span: Span) -> str:
        """Return the source line a span starts on; empty when there is none."""
        lines = self.lines.get(span.file, ())
        return lines[span.line - 1] if 0 < span.line <= len(lines) else ""


def _stands_for(value: Value, resource: Resource) -> bool:
    """Return whether a value is, or begins with, an attribute of this resource."""
    if isinstance(value, Ref):
        return _same_instance(value.resource, resource)
    if isinstance(value, Text):
        return any(isinstance(piece.content, Ref) and _stands_for(piece.content, resource) for piece in value.pieces)
    return isinstance(value, Unknown) and _mentions(value, resource)


def _mentions(value: Value, resource: Resource) -> bool:
    """Return whether anything of this resource flowed into a value."""
    if isinstance(value, Ref) and _same_instance(value.resource, resource):
        return True
    return any(_same_instance(origin.address, resource) for origin in value.origins)


def _same_instance(address: str, resource: Resource) -> bool:
    """Return whether an address means this resource; without a key, or with an unknown one, every instance."""
    if address == resource.address:
        return True
    if not address.startswith(resource.base):
        return False
    keys = {address.removeprefix(resource.base), resource.address.removeprefix(resource.base)}
    return bool(keys & {"", "[?]"}) and all(not key or key.startswith("[") for key in keys)
