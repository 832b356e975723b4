"""Facts about AWS and its provider, kept as data: one CSV file per table, a source or a reason where it matters.

What a newer AWS provider has beside the locked one stands in tables of its own, whose names end in ``_6``.
Tables whose first line begins with ``#`` say there where all of them comes from.
"""

from __future__ import annotations

import csv
from functools import cache

from tapeproof.content import content

__all__ = ["rows", "rows_of_all"]

_FACTS = content("policies") / "facts"


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one table.

    Args:
        table: Name of a file in ``policies/facts/`` without its ending.
    """
    with (_FACTS / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def rows_of_all(table: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table about the locked AWS provider, and those about what newer ones have besides."""
    return (*rows(table), *rows(f"{table}_6"))
