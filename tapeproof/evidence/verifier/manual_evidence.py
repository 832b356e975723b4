"""Evidence that people gathered by hand: kept with where it is from, dated, and never counted as derived."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["IN_DATE", "LONGEST_DAYS", "MANUAL_COLLECTOR", "manual_records"]

MANUAL_COLLECTOR = "manual"
IN_DATE = "in date"
LONGEST_DAYS = 366
"""What people say of last year is asked again."""
MANUAL_FACTS = ("who", "from", "gathered", "expires", "sha256")


def manual_records(items: list[Json], as_of: str) -> list[dict[str, Json]]:
    """Return each piece of manual evidence with its state on the day of the run.

    Args:
        items: Evidence items, whole.
        as_of: The run's time, ISO 8601 in UTC.
    """
    found = [one for one in items if one["collector"] == MANUAL_COLLECTOR and one["status"] == "collected"]
    return [
        {
            "item": item["id"],
            "title": item["title"],
            "controls": sorted(str(one) for one in item["source"].get("controls") or ()),
            **{name: str(item["source"].get(name) or "") for name in MANUAL_FACTS},
            "state": _state(item, as_of[:10]),
        }
        for item in found
    ]


def _state(item: Json, today: str) -> str:
    source = item["source"]
    lacking = [name for name in (*MANUAL_FACTS, "controls") if not source.get(name)]
    if lacking:
        return f"malformed: no {', '.join(lacking)}"
    if [one["sha256"] for one in item["raw"]] != [source["sha256"]]:
        return "malformed: the file is not the one that was gathered"
    try:
        gathered, expires = date.fromisoformat(source["gathered"]), date.fromisoformat(source["expires"])
    except (TypeError, ValueError):
        return "malformed: dates are written YYYY-MM-DD"
    if gathered.isoformat() > today:
        return "malformed: gathered after the run"
    if not 0 <= (expires - gathered).days <= LONGEST_DAYS:
        return f"malformed: it is to hold for more than {LONGEST_DAYS} days, or ends before it begins"
    return IN_DATE if expires.isoformat() >= today else "expired"
