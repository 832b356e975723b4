"""Where resources put something beside the region that they are in: copies, stacks, backups, reports.

Every attribute of the AWS provider that is called as if it named a region is classified in
``policies/facts/regions.csv``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.engine.model import Known
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["Placing", "is_provider_implied", "placed_in", "placing_types", "region_of"]

_ARN = re.compile(r"arn:[^:]*:[^:]*:([^:]*)(?::|$)")
_OF_STACK, _OPEN = "\x01", "\x02"
"""Stand for what is known only after apply, which is of this configuration, and for what is not known."""


class Placing(NamedTuple):
    """An attribute that puts something into a region.

    Attributes:
        attribute: Its path.
        places: What goes there, as the beginning of a sentence that ends with the region.
    """

    attribute: str
    places: str

    @property
    def by_arn(self) -> bool:
        """Whether the region is that of an ARN, and anything else names none."""
        return self.attribute.endswith(("arn", "endpoint"))


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


def region_of(placing: Placing, value: Value) -> str:
    """Return the region that a value names, by itself or in an ARN; empty for none.

    Raises:
        Undecided: It is not known.
    """
    if value.known and value.is_unset:
        return ""
    contents = [piece.content for piece in value.pieces_of_text()]
    written = "".join(part if isinstance(part, str) else _OF_STACK if part.is_reference else _OPEN for part in contents)
    arn = _ARN.match(written)
    region = arn[1] if arn is not None else "" if placing.by_arn and written != _OPEN else written
    return value.text() if _OPEN in region else "" if _OF_STACK in region else region


def is_provider_implied(name: str, stack: Stack) -> bool:
    """Return whether resources are made by a default provider that is written nowhere.

    Args:
        name: The provider's local name.
        stack: The model.
    """
    written = [block for block in stack.blocks_of("provider") if block.labels[:1] == (name,)]
    if any(block["alias"].is_null for block in written if block["alias"].known):
        return False
    made = [resource for resource in stack.resources() if resource.type.startswith(f"{name}_")]
    makers = {resource.provider for resource in made}
    return name in makers or (not written and any(maker.partition(".")[0] in {name, ""} for maker in makers))
