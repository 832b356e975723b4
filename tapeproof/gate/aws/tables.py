"""Facts about AWS that are kept as data: one CSV file per table, a source or a reason on each line where it matters."""

from __future__ import annotations

import csv
from functools import cache

from tapeproof.content import content

__all__ = ["rows", "unscoped_actions"]

_FACTS = content("policies") / "facts"


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one table.

    Args:
        table: Name of a file in ``policies/facts/`` without its ending.
    """
    with (_FACTS / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def unscoped_actions() -> frozenset[str]:
    """Return the IAM actions, in lower case, that AWS allows on no resource but ``*``."""
    return frozenset(row["action"].lower() for row in rows("unscoped_actions"))
