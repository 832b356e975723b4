"""Values that stand under the name of a secret in a resource or a provider, wherever they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Block, Known
from tapeproof.gate.secrets.names import is_secret_name, may_hold_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.model import Value

__all__ = ["leaves", "named_values"]

_LABELS = ("name", "key", "http_header_name")
_TELLING = frozenset(("value", "values", "search_string"))
"""Attributes without which no name stands beside its value."""


def leaves(name: str, value: Value) -> Iterator[tuple[str, Known]]:
    """Yield the texts in a value that are known, each with the last name above it."""
    if not isinstance(value, Known) or value.is_null:
        return
    if isinstance(value.value, tuple):
        for element in value.value:
            yield from leaves(name, element)
    elif hasattr(value.value, "items"):
        for key, entry in value.entries().items():
            yield from leaves(key, entry)
    elif isinstance(value.value, str) and value.value.strip():
        yield name, value


def named_values(block: Block, *, labelled: bool) -> Iterator[tuple[str, Known]]:
    """Yield the known texts in a block, and in those within it, that are called like secrets.

    Args:
        block: The block.
        labelled: Whether a name may also stand beside its value: ``name = "auth.password"``, ``value = "…"``.
    """
    for inner in block.walk():
        for name, value in inner.attributes.items():
            if not isinstance(value, Known):
                continue
            held = value.value
            if isinstance(held, str):  # most are, and are called otherwise
                if (is_secret_name(name) or may_hold_key(name, held)) and held.strip():
                    yield name, value
            elif held is not None and not isinstance(held, (bool, int)):
                yield from _within(name, value, labelled=labelled)
        if labelled and not _TELLING.isdisjoint(inner.attributes):
            yield from _beside(inner.attributes)
            yield from _asked_for(inner)


def _within(name: str, value: Known, *, labelled: bool) -> Iterator[tuple[str, Known]]:
    yield from (found for found in leaves(name, value) if _is_secret(*found))
    for part in value.parts() if labelled else ():
        if isinstance(part, Known) and hasattr(part.value, "items"):
            yield from _beside(part.entries())
            yield from _asked_for(Block(type="", attributes=part.entries()))


def _is_secret(name: str, value: Known) -> bool:
    return is_secret_name(name) or may_hold_key(name, value.text())


def _beside(entries: Mapping[str, Value]) -> Iterator[tuple[str, Known]]:
    """Yield the value whose name is an entry beside it."""
    values = [value for key in ("value", "values") if key in entries for _, value in leaves("", entries[key])]
    for label in _LABELS if values else ():
        named = entries.get(label)
        if isinstance(named, Known) and isinstance(named.value, str) and is_secret_name(named.value):
            yield from ((named.value, value) for value in values)


def _asked_for(block: Block) -> Iterator[tuple[str, Known]]:
    """Yield what a firewall looks for in a header of a secret's name (AWS WAF Developer Guide, "Single header")."""
    wanted = block.attributes.get("search_string")
    if not (isinstance(wanted, Known) and isinstance(wanted.value, str) and wanted.value.strip()):
        return
    for part in block.blocks("field_to_match"):
        for header in part.blocks("single_header"):
            name = header["name"]
            if isinstance(name, Known) and isinstance(name.value, str) and is_secret_name(name.value):
                yield name.value, wanted
