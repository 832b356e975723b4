"""What is open, one line a policy, as ServiceNow's import sets and Jira's CSV import take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tapeproof.evidence.reports.matrix import csv_cell
from tapeproof.evidence.reports.view import identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tapeproof.evidence.reports.view import View

__all__ = ["JIRA_PATH", "SERVICENOW_PATH", "jira_issues", "servicenow_records"]

JIRA_PATH: Final = "reports/jira.csv"
SERVICENOW_PATH: Final = "reports/servicenow.csv"
NAMED_IN_A_TICKET: Final = 20
"""At most this many resources are named in a ticket; the matrix names all."""
TICKET_RANKS: Final = {
    "critical": ("1", "Highest"),
    "high": ("2", "High"),
    "medium": ("2", "Medium"),
    "low": ("3", "Low"),
}
"""ServiceNow's impact and urgency (1 high, 2 medium, 3 low), and Jira's priority."""


class _Ticket(NamedTuple):
    name: str
    title: str
    text: str
    severity: str
    owner: str
    due: str


def servicenow_records(view: View) -> bytes:
    """Return an import set; ``correlation_id`` is the same in every run, to coalesce on."""
    heads = ("correlation_id", "short_description", "description", "category", "impact", "urgency", "due_date", "owner")
    lines = [
        (one.name, one.title, one.text, "compliance", *[TICKET_RANKS[one.severity][0]] * 2, one.due, one.owner)
        for one in _tickets(view)
    ]
    return _table(heads, lines)


def jira_issues(view: View) -> bytes:
    """Return issues for Jira's CSV import; the label of a policy's name finds those of earlier runs."""
    heads = ("Summary", "Description", "Issue Type", "Priority", "Due Date", "Labels", "External ID")
    lines = [
        (one.title, one.text, "Task", TICKET_RANKS[one.severity][1], one.due, f"tapeproof-{one.name[-8:]}", one.name)
        for one in _tickets(view)
    ]
    return _table(heads, lines)


def _table(heads: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> bytes:
    return "".join(",".join(map(csv_cell, line)) + "\r\n" for line in (heads, *lines)).encode("utf-8")


def _tickets(view: View) -> Iterator[_Ticket]:
    """Yield a ticket for each policy that is not met; what somebody accepted names its owner and its end."""
    resources: dict[str, list[str]] = {}
    for stage, resource, policy, verdict in view.assessment["not_passed"]:
        resources.setdefault(policy, []).append(f"{resource or 'the root module'} ({verdict} at {stage})")
    exceptions = {one["resource"]: one for one in view.assessment["exceptions"]}
    for policy in view.assessment["policies"]:
        if policy["id"] not in resources:
            continue
        facts, named = view.policies[policy["id"]], resources[policy["id"]]
        more = f"; {len(named) - NAMED_IN_A_TICKET} more" if len(named) > NAMED_IN_A_TICKET else ""
        accepted = exceptions.get(policy["accepted"][0], {}) if policy["accepted"] else {}
        where = f"Run {view.run['id']}: {'; '.join(named[:NAMED_IN_A_TICKET])}{more}"
        text = f"{facts['rationale']} {facts['remediation']} {where}"
        yield _Ticket(
            identifier("ticket", view.run["subject"], policy["id"]),
            f"{policy['id']} {facts['title']}",
            " ".join(text.split()),
            policy["severity"],
            str(accepted.get("owner") or ""),
            str(accepted.get("expires") or ""),
        )
