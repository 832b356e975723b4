"""Facts about AWS and its provider, kept as data: one CSV file per table, a source or a reason where it matters.

What a newer AWS provider has beside the locked one stands in tables of its own, whose names end in ``_6``.
Tables whose first line begins with ``#`` say there where all of them comes from.
"""

from __future__ import annotations

import csv
from functools import cache

from tapeproof.content import content

__all__ = ["cells", "rows", "rows_of_all"]

_FACTS = content("policies") / "facts"


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one table.

    Args:
        table: Name of a file in ``policies/facts/`` without its ending.
    """
    names, *found = cells(table)
    return tuple(dict(zip(names, row, strict=True)) for row in found)


@cache
def rows_of_all(table: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table about the locked AWS provider, and those about what newer ones have besides."""
    return (*rows(table), *rows(f"{table}_6"))


def cells(table: str) -> list[list[str]]:
    """Return the rows of one table as lists, the names of its columns first; nothing is kept.

    Args:
        table: Name of a file in ``policies/facts/`` without its ending.
    """
    text = (_FACTS / f"{table}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    # Large tables quote nothing, and are read five times as fast without the reader.
    return list(csv.reader(lines)) if '"' in text else [line.split(",") for line in lines]
