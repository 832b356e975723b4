"""Settings that share something with every account of AWS; the table is ``policies/facts/public_shares.csv``."""

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

_PRIVATE = "make it private"
_UNSIGNED = re.compile(r"^public-?read|allusers$")
"""Amazon S3 User Guide, Access control list overview: the group of all users holds those who send unsigned requests."""


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
                message = f"{row['attribute']} = {value.text()} shares it with {_audience(row['everyone'])}"
                fix = _PRIVATE if row["attribute"] == "acl" else "name the accounts"
                yield Fault(value, message, fix, "named accounts", value.text())


def _audience(everyone: str) -> str:
    """Return who is let in: the groups of Amazon S3's access lists tell those who sign from those who do not."""
    return "anyone, who need not even sign in" if _UNSIGNED.search(everyone) else "every account of AWS"


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
