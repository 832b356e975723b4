"""Names: which attribute names a resource, and what is known of the text in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import HOLE
from tapeproof.gate.engine.model import Undecided, Unknown, Value
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.facts import rows, rows_of_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Piece, Resource, Stack

__all__ = ["Nameable", "breaks_convention", "holds_suffix", "name_of", "nameable"]

_PREFIXES = re.compile(r"(?:alias/|/)?(?:[^/]+/)*")
_FIFO = ".fifo"
_SUFFIX = "\x01"


class Nameable(NamedTuple):
    """How resources of one type are named: by which attribute, and which words may begin the name."""

    attribute: str
    words: tuple[str, ...]


def _nameable() -> dict[str, Nameable]:
    """Return how resources are named, by type: what the schema tells, corrected by hand where it cannot."""
    scopes = {row["resource_type"]: row["scope"] for row in rows("name_scopes")}
    found: dict[str, Nameable] = {}
    for row in rows_of_all("named_types"):
        scope = scopes.get(row["resource_type"], "none" if row["within"] else "account")
        if scope == "account":
            found[row["resource_type"]] = Nameable(row["attribute"], _words_of(row["resource_type"]))
    chosen = {row["resource_type"]: Nameable(row["attribute"], tuple(row["words"].split())) for row in rows("names")}
    return found | chosen


def _words_of(type_: str) -> tuple[str, ...]:
    """Return what may begin a name, the shortest first: ``api``, ``graphql-api``, ``appsync-graphql-api``."""
    words = type_.split("_")[1:]
    return tuple("-".join(words[at:]) for at in range(len(words) - 1, -1, -1))


NAMEABLE = _nameable()
"""Types whose resources need a name of their own in an account."""
_WORDS = frozenset(word for kind in NAMEABLE.values() for word in kind.words)
"""What may begin a log group's name, as that is named after what writes to it."""


def nameable(stack: Stack) -> Iterator[Resource]:
    """Yield the resources that have a name people choose."""
    return (resource for resource in stack.resources() if resource.type in NAMEABLE)


def name_of(resource: Resource) -> Value:
    """Return the name, or the prefix that stands for it; null when AWS is left to choose one."""
    attribute = NAMEABLE[resource.type].attribute
    prefix = f"{attribute}_prefix"
    return resource[prefix] if resource[attribute].known and resource[attribute].is_unset else resource[attribute]


def holds_suffix(stack: Stack, name: Value, variable: str) -> bool:
    """Return whether the text of a root variable surely stands in a name.

    That it flowed into the name is not enough: ``var.suffix == "x" ? "a" : "b"`` holds nothing of it.

    Args:
        stack: The stack, for the variable's value.
        name: The name.
        variable: Name of the variable in the root module.
    """
    return name.comes_from(f"var.{variable}") and _SUFFIX in _mark_variable(stack, name, variable)


def breaks_convention(stack: Stack, resource: Resource, variable: str) -> str:
    """Return how a name breaks ``<resource-type>-<purpose>-<environment_suffix>``; empty when it keeps it.

    A path before the name (``/aws/lambda/``, ``alias/``) and the ``.fifo`` that AWS demands do not count.

    Raises:
        Undecided: A part of the name is unknown.
    """
    name = name_of(resource)
    for piece in name.pieces_of_text():
        if isinstance(piece.content, Unknown) and not _is_suffix(piece, variable):
            raise Undecided(name, piece.content.why)
    words = NAMEABLE[resource.type].words
    known = _WORDS if resource.type == "aws_cloudwatch_log_group" else frozenset(words)
    text = _mark_variable(stack, name, variable).removesuffix(_FIFO)
    text = text[_PREFIXES.match(text).end() :]  # type: ignore[union-attr] # the pattern matches the empty string too
    if not text.endswith(f"-{_SUFFIX}"):
        return "does not end in -<environment_suffix>"
    ends = [at for at, character in enumerate(text) if character == "-" and text[:at] in known]
    if not ends:
        return f"does not begin with {' or '.join(f'{word}-' for word in words)}"
    purpose = text[ends[-1] + 1 : -2]
    if not re.fullmatch(f"[a-z0-9{HOLE}{_SUFFIX}]+(?:[-.][a-z0-9{HOLE}{_SUFFIX}]+)*", purpose):
        return "has no purpose in lower case with hyphens between its type and its suffix"
    return ""


def _mark_variable(stack: Stack, name: Value, variable: str) -> str:
    """Return a name with a mark wherever the variable's text stands in it."""
    value = next((v.value for v in stack.variables if v.name == variable and not v.module), None)
    known = value.text() if value is not None and value.known and not value.is_unset else ""
    parts = []
    for piece in name.pieces_of_text():
        if isinstance(piece.content, str):
            parts.append(piece.content.replace(known, _SUFFIX) if known else piece.content)
        else:
            parts.append(_SUFFIX if _is_suffix(piece, variable) else HOLE)
    return "".join(parts)


def _is_suffix(piece: Piece, variable: str) -> bool:
    return isinstance(piece.content, Value) and piece.content.comes_from(f"var.{variable}")
