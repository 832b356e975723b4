"""Where resources put something beside the region that they are in: copies, stacks, backups, reports.

Every attribute of the AWS provider that is called as if it named a region is classified in
``policies/facts/regions.csv``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.engine.model import Known
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Value

__all__ = ["Placing", "placed_in", "placing_types", "region_of"]

_ARN = re.compile(r"arn:[\w-]*:[\w-]+:([\w-]*):")


class Placing(NamedTuple):
    """An attribute that puts something into a region.

    Attributes:
        attribute: Its path.
        places: What goes there, as the beginning of a sentence that ends with the region.
    """

    attribute: str
    places: str


@cache
def placing_types() -> dict[str, tuple[Placing, ...]]:
    """Return, by resource type, the attributes that put something into the regions that they or their ARNs name."""
    found: dict[str, tuple[Placing, ...]] = {}
    for row in rows("regions"):
        if row["places"]:
            placing = Placing(row["attribute"], row["places"])
            found[row["resource_type"]] = (*found.get(row["resource_type"], ()), placing)
    return found


def placed_in(resource: Resource, placing: Placing) -> Iterator[Value]:
    """Yield the values that name regions, or things in regions.

    Raises:
        Undecided: After them, when there may be another.
    """
    for value in value_at(resource, placing.attribute):
        if isinstance(value, Known) and isinstance(value.value, tuple):
            yield from value.value
        elif not value.is_reference:  # what exists after apply is of this configuration, and judged itself
            yield value


def region_of(value: Value) -> str:
    """Return the region that a value names, by itself or in an ARN; empty for none.

    Raises:
        Undecided: It is not known.
    """
    if value.known and value.is_unset:
        return ""
    first = next(iter(value.pieces_of_text())).content
    written = first if isinstance(first, str) else value.text()
    arn = _ARN.match(written)
    if arn is not None:
        return arn[1]
    return "" if written.startswith(("arn:", "https:", "http:")) or "@" in written else value.text()
