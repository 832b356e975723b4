"""What venue modules make of messages, as plain documents for comparison."""

from __future__ import annotations

import json
from typing import Any

from tapeproof.market import venues

__all__ = ["MS", "NOW", "holds", "ns", "numberings", "told"]

MS = 1_718_000_000_000
NOW = MS * 1_000_000 + 30_000_000
Json = Any


def ns(milliseconds: int) -> str:
    """Return a time some milliseconds after the beginning, as a body has it."""
    return str((MS + milliseconds) * 1_000_000)


def told(venue: str, message: Json, request: str = "", connection: str = "") -> list[Json]:
    """Return the bodies of the records of a message, and the codes of what was rejected in it."""
    raw = message if isinstance(message, str) else json.dumps(message)
    parsed = venues.read(venue, venues.Delivered(raw, NOW, "d", request, connection))
    return [one.document() for one in parsed.records] + [f"{one.code}@{one.item}" for one in parsed.rejections]


def numberings(venue: str, message: Json, request: str = "", connection: str = "") -> list[tuple[str, int] | None]:
    """Return the count and the number of each record of a message."""
    found = [one.get("numbering") for one in told(venue, message, request, connection)]
    return [one and (one["stream"], int(one["last"])) for one in found]


def holds(found: list[Json], expected: list[Json]) -> bool:
    """Return whether the bodies have the members that are expected; None stands for a member that must not be there."""
    if len(found) != len(expected):
        return False
    return all(
        said == one if isinstance(one, str) else all(said.get(name) == value for name, value in one.items())
        for said, one in zip(found, expected, strict=True)
    )
