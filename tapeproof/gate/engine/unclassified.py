"""Policy documents in resources of AWS that no table of facts knows: nobody has told what these attach to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Undecided, Unknown
from tapeproof.gate.facts import rows_of_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Resource, Stack, Value

__all__ = ["find_unclassified"]

_NAMED_LIKE_IT = "polic"
"""In the name of every attribute that is a candidate of the table, and so has a class for each type that it knows."""


def find_unclassified(stack: Stack) -> Iterator[Unknown]:
    """Yield each policy document that a resource of AWS holds in an attribute that has no class, as not judged."""
    for resource in stack.resources():
        if resource.type.startswith("aws_"):
            for path, value in _candidates(resource, ""):
                if (resource.type, path) not in _classified() and _is_document(stack, value):
                    yield Unknown(_tell(resource, path), span=value.span)


def _tell(resource: Resource, path: str) -> str:
    return (
        f"the policy document in {path} of {resource.address} is not judged: no table of this gate says what it "
        "attaches to; look at it, and accept it by a waiver"
    )


def _candidates(block: Block, above: str) -> Iterator[tuple[str, Value]]:
    for name, value in block.attributes.items():
        if _NAMED_LIKE_IT in name:
            yield above + name, value
    for child in block.children:
        yield from _candidates(child, f"{above}{child.type}.")


@cache
def _classified() -> frozenset[tuple[str, str]]:
    return frozenset((row["resource_type"], row["attribute"]) for row in rows_of_all("policy_attributes"))


def _is_document(stack: Stack, value: Value) -> bool:
    """Return whether a value surely is a policy document: an object with a ``Statement``."""
    try:
        return not value.is_null and not stack.document(value).entry("Statement").is_null
    except Undecided:
        return False
