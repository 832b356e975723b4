"""Waivers and risk acceptances: each has a reason, an owner and an end, or it does not count."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import Unusable

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.contents import Contents
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = [
    "EXCEPTION_POLICY",
    "LONGEST_ACCEPTANCE",
    "exception_rows",
    "link_acceptances",
    "read_exceptions",
    "same_person",
    "state_of",
]

EXCEPTION_POLICY = "EV_EXC_1"
NEEDED = {
    "waiver": ("policy", "owner", "reason", "expires"),
    "acceptance": ("owner", "approver", "reason", "compensating", "accepted", "expires"),
}
LONGEST_ACCEPTANCE = 366
"""Days; no risk is accepted for longer, so it is looked at again at least once a year."""
DATE_CHARACTERS = 10


def read_exceptions(contents: Contents, name: str) -> list[dict[str, Json]]:
    """Return the records of a file of exceptions.

    Raises:
        Unusable: A record does not say what it is.
    """
    records = list(contents.lines(name))
    for number, one in enumerate(records, 1):
        named = isinstance(one, dict) and all(isinstance(one.get(word), str) for word in ("kind", "resource"))
        if not named or not isinstance(one.get("compensating") or [], list):
            raise Unusable("BAD_EVIDENCE", f"{name}:{number}", "this is no waiver and no acceptance")
    return records


def state_of(exception: dict[str, Json], as_of: str) -> str:
    """Return ``in force``, or what is wrong with an exception, on the day of the run.

    Args:
        exception: The record.
        as_of: The run's time, ISO 8601 in UTC; dates compare as text.
    """
    needed = NEEDED.get(exception.get("kind", ""))
    if needed is None:
        return "malformed: it is neither a waiver nor an acceptance"
    missing = [name for name in needed if _is_blank(exception.get(name))]
    if missing:
        return f"malformed: no {', '.join(missing)}"
    wrong = _date_problem(exception["expires"])
    if not wrong and exception["kind"] == "acceptance":
        wrong = _acceptance_problem(exception, as_of)
    if wrong:
        return f"malformed: {wrong}"
    return "in force" if exception["expires"] >= as_of[:DATE_CHARACTERS] else "expired"


def _is_blank(value: Json) -> bool:
    """Return whether a value says nothing: blanks name no owner and give no reason."""
    if isinstance(value, list):
        return all(_is_blank(one) for one in value)
    return not value or (isinstance(value, str) and not _plain_name(value))


def _date_problem(written: Json) -> str:
    try:
        if len(written) == DATE_CHARACTERS and written[4] == written[7] == "-" and date.fromisoformat(written):
            return ""
    except (TypeError, ValueError):
        pass
    return f"{written!r} is not a date"


def _acceptance_problem(exception: dict[str, Json], as_of: str) -> str:
    if not (exception.get("policy") or exception.get("control")):
        return "it names neither a policy nor a control"
    if same_person(str(exception["owner"]), str(exception["approver"])):
        return "the owner approved their own risk"
    wrong = _date_problem(exception["accepted"])
    if wrong:
        return wrong
    if exception["accepted"] > as_of[:DATE_CHARACTERS]:
        return "accepted after the run"
    days = (date.fromisoformat(exception["expires"]) - date.fromisoformat(exception["accepted"])).days
    return f"it runs longer than {LONGEST_ACCEPTANCE} days" if days > LONGEST_ACCEPTANCE else ""


def same_person(one: str, other: str) -> bool:
    """Return whether two names read the same: blanks, case, marks that nobody sees and forms of a letter aside."""
    return _plain_name(one) == _plain_name(other)


def _plain_name(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    shown = "".join(mark for mark in folded if unicodedata.category(mark) not in {"Cf", "Cc", "Mn"} or mark.isspace())
    return " ".join(unicodedata.normalize("NFKC", shown).split())


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
    """Note on each policy and control the acceptances in force for it, and on each acceptance whether it is used.

    ``used`` is None where what it accepts was not evaluated.
    """
    for exception in exceptions:
        if exception["kind"] != "acceptance" or exception["state"] != "in force":
            continue
        subjects = [one for one in policies if one["id"] == exception.get("policy")]
        subjects += [one for one in controls if f"{one['framework']}:{one['control']}" == exception.get("control")]
        bad = [one for one in subjects if {"fail", "unknown", "not-satisfied"} & set(one["effects"].values())]
        for one in bad:
            one["accepted"].append(exception["resource"])
        exception["used"] = True if bad else None if _is_undecided(subjects) else False


def _is_undecided(subjects: list[Json]) -> bool:
    """Return whether what was collected leaves open if anything is still unmet: then no acceptance is superfluous."""
    return any(
        one["effects"].get(effect) == "not-evaluated" for one in subjects for effect in ("design", "implemented")
    )
