"""Settings of functions, containers, jobs and machines, which anyone who may read the resource sees."""

from __future__ import annotations

import base64
import binascii
import re
from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.aws.functions import value_at
from tapeproof.gate.engine.model import Known, Undecided, Unknown, Value
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.model import Block, Resource, Stack

__all__ = ["Setting", "environment_types", "settings_in"]


_COMMANDS = frozenset({"command", "entrypoint"})
_OPTION = re.compile(r"--?[A-Za-z][\w-]*")
_STORES = frozenset({"PARAMETER_STORE", "SECRETS_MANAGER"})
"""Types of a setting that says where its value is kept (AWS CodeBuild API Reference, EnvironmentVariable)."""


class Setting(NamedTuple):
    """One setting; a script has no name."""

    name: str
    value: Value


@cache
def _places() -> dict[str, tuple[Mapping[str, str], ...]]:
    found: dict[str, tuple[Mapping[str, str], ...]] = {}
    for row in rows("environments"):
        found[row["resource_type"]] = (*found.get(row["resource_type"], ()), row)
    return found


def environment_types() -> tuple[str, ...]:
    """Return the resource types that have such settings."""
    return tuple(_places())


def settings_in(stack: Stack, resource: Resource) -> Iterator[Setting]:
    """Yield the settings of a resource.

    Raises:
        Undecided: After them, when there may be more that are not known.
    """
    doubt: Undecided | None = None
    for place in _places()[resource.type]:
        try:
            yield from _at(stack, resource, place)
        except Undecided as undecided:
            doubt = doubt or undecided
    if doubt is not None:
        raise doubt


def _at(stack: Stack, resource: Resource, place: Mapping[str, str]) -> Iterator[Setting]:
    form, path = place["form"], place["attribute"]
    if form == "pairs":
        for block in _blocks(resource, path):
            name, kind = block[place["name"]], block["type"]
            if kind.known and not kind.is_unset and kind.text() in _STORES:
                continue
            yield Setting(name.text() if name.known and not name.is_unset else "", block[place["value"]])
        return
    for value in value_at(resource, path):
        if value.known and value.is_unset:
            continue
        if form == "map":
            yield from (Setting(name, entry) for name, entry in value.entries().items())
        elif form == "containers":
            yield from _containers(stack.document(value))
        else:
            yield Setting("", _decode_base64(value) if form == "base64" else value)


def _blocks(block: Block, path: str) -> Iterator[Block]:
    outer, _, rest = path.partition(".")
    for inner in block.blocks(outer):
        yield from _blocks(inner, rest) if rest else (inner,)


def _containers(document: Value) -> Iterator[Setting]:
    """Yield the pairs of name and value in every ``environment`` of a JSON document, and the words of its commands."""
    for part in document.parts():
        if not isinstance(part, Known) or not hasattr(part.value, "items"):
            continue
        for key, listed in part.entries().items():
            if key.lower() == "environment":
                for element in listed.elements():
                    pair = {name.lower(): value for name, value in element.entries().items()}
                    if {"name", "value"} <= pair.keys():
                        yield Setting(pair["name"].text(), pair["value"])
            elif key.lower() in _COMMANDS and isinstance(listed, Known) and isinstance(listed.value, tuple):
                yield from _words(listed.elements())


def _words(command: tuple[Value, ...]) -> Iterator[Setting]:
    """Yield the words of a command, each under the option that it follows."""
    option = ""
    for word in command:
        text = word.text() if word.known and not word.is_unset else ""
        if text or not isinstance(word, Unknown):
            yield Setting(option, word)
        option = text.lstrip("-") if _OPTION.fullmatch(text) else ""


def _decode_base64(value: Value) -> Value:
    """Return the text behind Base64, at the same place; what is no text stays as it is."""
    if not isinstance(value, Known):
        return value
    try:
        text = base64.b64decode(value.text(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return value
    return Known(text, span=value.span, origins=value.origins, sensitive=value.sensitive)
