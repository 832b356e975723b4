"""The one table of quotas, prices and sizes that capacity is computed from, each with its source.

The stack's rules and docs/deploy.md state some of them; a test holds those statements equal to the table.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["Figure", "figure", "figures"]

_TABLE = Path(__file__).with_name("capacity_figures.csv")


class Figure(NamedTuple):
    """A number that somebody else decides, or that was measured.

    Attributes:
        name: What it is called here.
        kind: ``quota``, ``price`` (US dollars, us-east-1), ``measured`` or ``assumed``.
        value: The number.
        unit: What it counts.
        source: Where it is from.
        stated: Where the project says it too, as ``file|text`` the number a field of a format; or empty.
    """

    name: str
    kind: str
    value: float
    unit: str
    source: str
    stated: str


@cache
def figures() -> dict[str, Figure]:
    """Return the whole table by name."""
    with _TABLE.open(encoding="utf-8", newline="") as table:
        rows = [Figure(**{**row, "value": float(row["value"])}) for row in csv.DictReader(table)]  # type: ignore[arg-type]
    return {row.name: row for row in rows}


def figure(name: str) -> float:
    """Return the number of that name.

    Raises:
        KeyError: There is none.
    """
    return figures()[name].value
