"""Waivers and risk acceptances: each has a reason, an owner and an end, or it does not count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.bundle.verifier.strict_json import Json

__all__ = ["EXCEPTION_POLICY", "exception_rows", "link_acceptances", "state_of"]

EXCEPTION_POLICY = "EV_EXC_1"
NEEDED = {
    "waiver": ("policy", "owner", "reason", "expires"),
    "acceptance": ("owner", "approver", "reason", "compensating", "accepted", "expires"),
}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def state_of(exception: dict[str, Json], as_of: str) -> str:
    """Return ``in force``, or what is wrong with an exception, on the day of the run.

    Args:
        exception: The record.
        as_of: The run's time, ISO 8601 in UTC; dates compare as text.
    """
    missing = [name for name in NEEDED.get(exception.get("kind", ""), ("kind",)) if not exception.get(name)]
    if missing:
        return f"malformed: no {', '.join(missing)}"
    if not DATE.match(str(exception["expires"])):
        return f"malformed: {exception['expires']!r} is not a date"
    if exception["kind"] == "acceptance":
        if not (exception.get("policy") or exception.get("control")):
            return "malformed: it names neither a policy nor a control"
        if str(exception["owner"]).strip().casefold() == str(exception["approver"]).strip().casefold():
            return "malformed: the owner approved their own risk"
        if not str(exception["accepted"]) <= as_of:
            return "malformed: accepted after the run"
    return "in force" if str(exception["expires"]) >= as_of[:10] else "expired"


def exception_rows(item: dict[str, Json], lines: list[Json], as_of: str) -> list[dict[str, Json]]:
    """Return a row for each exception: in force passes, anything else fails."""
    rows = []
    for number, line in enumerate(lines, 1):
        state = state_of(line, as_of)
        rows.append(
            {
                "stage": "exceptions",
                "resource": str(line.get("resource", number)),
                "policy": EXCEPTION_POLICY,
                "verdict": "pass" if state == "in force" else "fail",
                "judges": ["criterion"],
                "references": [f"{item['id']}:{number}"],
                "findings": [{"expected": "complete, approved and in force", "observed": state}],
            }
        )
    return rows


def link_acceptances(exceptions: list[Json], policies: list[Json], controls: list[Json]) -> None:
    """Note on each policy and control the acceptances in force for it, and on each acceptance whether it is used."""
    for exception in exceptions:
        if exception["kind"] != "acceptance" or exception["state"] != "in force":
            continue
        subjects = [one for one in policies if one["id"] == exception.get("policy")]
        subjects += [one for one in controls if f"{one['framework']}:{one['control']}" == exception.get("control")]
        bad = [one for one in subjects if {"fail", "unknown", "not-satisfied"} & set(one["effects"].values())]
        for one in bad:
            one["accepted"].append(exception["resource"])
        exception["used"] = bool(bad)
