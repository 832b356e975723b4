"""Which attribute names a resource of each type, as far as the provider's schema tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from provider import Attribute, Schemas, attributes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Named", "named_types"]

_HANDLE = re.compile(r"_(?:name|identifier|id|arn)$")
_BARE = frozenset({"name", "bucket", "identifier"})
_WHOLES = frozenset({"application", "bucket", "cluster", "function", "group", "project", "stack", "topic", "user"})
"""Attributes without such an ending that say inside what something is."""


class Named(NamedTuple):
    """A type of resource whose name people choose.

    Attributes:
        type: The resource type.
        attribute: What names it.
        required: Whether it must be set.
        within: Required attributes that say inside what it is; empty when the name stands for itself in an account.
    """

    type: str
    attribute: str
    required: bool
    within: tuple[str, ...]


def named_types(schemas: Schemas) -> Iterator[Named]:
    """Yield the types that have a naming attribute: ``name``, or one that is called like the type itself."""
    words = {type_: type_.removeprefix("aws_").split("_") for type_ in schemas["resource"]}
    kinds = {(parts[0], parts[-1]) for parts in words.values()}
    for type_, block in sorted(schemas["resource"].items()):
        top = [attribute for attribute in attributes_of(block) if "." not in attribute.path and attribute.settable]
        naming = _naming(type_.removeprefix("aws_"), top)
        if naming is not None:
            others = (other for other in top if other is not naming and other.required and other.type == "string")
            within = (other.name for other in others if (words[type_][0], _kind_meant(other.name)) in kinds)
            yield Named(type_, naming.name, naming.required, tuple(sorted(within)))


def _naming(tail: str, attributes: Sequence[Attribute]) -> Attribute | None:
    texts = {attribute.name: attribute for attribute in attributes if attribute.type == "string"}
    if "name" in texts:
        return texts["name"]
    ends = {f"{tail[at:]}_{handle}" for at in _starts(tail) for handle in ("name", "identifier", "id")}
    last = tail.rpartition("_")[2]
    found = [name for name in texts if name in ends or (name in _BARE and name in {last, "identifier"})]
    return texts[min(found, key=lambda name: (not name.endswith("name"), -len(name)))] if found else None


def _starts(tail: str) -> Iterator[int]:
    yield 0
    yield from (at + 1 for at, character in enumerate(tail) if character == "_")


def _kind_meant(attribute: str) -> str:
    """Return the last word of the type that an attribute refers to: ``group`` for ``log_group_name``; else empty."""
    return _HANDLE.sub("", attribute).rpartition("_")[2] if _HANDLE.search(attribute) or attribute in _WHOLES else ""
