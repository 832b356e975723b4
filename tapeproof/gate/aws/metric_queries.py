"""Metrics Insights queries of alarms: ``SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName)``.

Source: Amazon CloudWatch User Guide, "Metrics Insights query components and syntax". Other expressions (metric math)
name their metrics in blocks of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.engine.model.identity import NAMES
from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Resource, Value

__all__ = ["selects"]

_NAME = r'(?:"([^"]+)"|([\w/]+))'
_QUERY = compile_late(
    rf"\s*SELECT\s+\w+\(\s*{_NAME}\s*\)\s+FROM\s+(?:SCHEMA\(\s*{_NAME}\s*((?:,[^)]*)?)\)|{_NAME})\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_NARROWED = compile_late(r"WHERE\s+(.*?)(?:\s+(?:GROUP|ORDER|LIMIT)\b.*)?", re.IGNORECASE | re.DOTALL)
_EQUALS = re.compile(r"""["]?(\w+)["]?\s*=\s*'([^']*)'""")


def selects(query: Value, resource: Resource, *, namespace: str, name: str, dimension: str) -> bool:
    """Return whether a query looks at a metric of a resource, alone or among those of all resources of its kind.

    Args:
        query: An expression of an alarm.
        resource: The resource.
        namespace: The metric's namespace, ``AWS/Lambda``.
        name: The metric, ``Errors``.
        dimension: What tells resources apart, ``FunctionName``.

    Raises:
        Undecided: It looks at that metric of resources that cannot be told.
    """
    pieces = query.pieces_of_text()
    first = pieces[0].content if pieces else ""
    if isinstance(first, str) and not first.lstrip().upper().startswith("SELECT"):
        return False  # metric math, whatever is put into it
    found = _QUERY.fullmatch(query.text())
    if found is None:
        return False
    metric, schema, plain = (found[at] or found[at + 1] for at in (1, 3, 6))
    if metric != name or namespace not in {schema, plain}:
        return False
    by = [one.strip().strip('"') for one in (found[5] or "").split(",") if one.strip()]
    if by not in ([], [dimension]):
        raise Undecided(query, f"looks at the metric by {', '.join(by)}")
    return _lets_in(query, found[8], resource, dimension)


def _lets_in(query: Value, rest: str, resource: Resource, dimension: str) -> bool:
    narrowed = _NARROWED.fullmatch(rest.strip())
    if narrowed is None:
        return True
    equals = _EQUALS.fullmatch(narrowed[1].strip())
    if equals is None or equals[1] != dimension:
        raise Undecided(query, "picks what it looks at by WHERE, which is not evaluated here")
    return resource[NAMES.get(resource.type, "name")].text() == equals[2]
