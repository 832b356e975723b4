"""Settings that share something with everyone, or every account of AWS: see ``policies/facts/public_shares.csv``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.aws.fault import Fault
from tapeproof.gate.engine.model import Known, Value
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Resource

__all__ = ["public_shares", "sharing_types"]


_ANONYMOUS = re.compile(r"^public-?read|/allusers$")
"""Canned lists and a group that ask nobody who they are (Amazon S3 User Guide, "Access control list overview")."""


def sharing_types() -> tuple[str, ...]:
    """Return the types of resources that may share something with everyone."""
    return tuple(dict.fromkeys(row["resource_type"] for row in rows("public_shares")))


def public_shares(resource: Resource) -> Iterator[Fault]:
    """Yield a fault for each setting that shares a resource with every account.

    Raises:
        Undecided: After them, when it cannot be told with whom it is shared.
    """
    for row in rows("public_shares"):
        if row["resource_type"] != resource.type or (row["unless"] and not resource[row["unless"]].is_unset):
            continue
        for value in _values(resource, row["attribute"].split(".")):
            if value.text().lower() == row["everyone"]:
                message = f"{row['attribute']} shares it with {_tell_whom(row['everyone'])}"
                yield Fault(value, message, "name the accounts", "named accounts", value.text())


def _tell_whom(everyone: str) -> str:
    """Return whom a value stands for, in words; the others take an identity, and so an account of AWS."""
    return "everyone, signed in or not" if _ANONYMOUS.search(everyone) else "every account of AWS"


def _values(holder: Block | Value, path: list[str]) -> Iterator[Value]:
    """Yield the elements of an attribute, which may lie in nested blocks, in a map, or in maps of a list."""
    name, *rest = path
    value = holder.entry(name) if isinstance(holder, Value) else holder[name]
    if not value.is_unset:
        within = value.elements() if not rest or _is_list(value) else (value,)
        for one in within:
            yield from _values(one, rest) if rest else (one,)
    elif not isinstance(holder, Value):
        for block in holder.blocks(name):
            yield from _values(block, rest)


def _is_list(value: Value) -> bool:
    return isinstance(value, Known) and isinstance(value.value, tuple)
