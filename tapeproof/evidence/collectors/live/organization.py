"""Which AWS organisation the account belongs to, as AWS says; an account of none, or a refusal, is said as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.account.asking import Account, Asker
from tapeproof.account.errors import RefusalError
from tapeproof.account.origin import host_of, is_aws_host

if TYPE_CHECKING:
    from tapeproof.evidence.collection import Context

__all__ = ["OrganizationCollector"]

KEPT = ("Id", "Arn", "MasterAccountId")
"""Of the answer; the rest names people."""
NO_ORGANIZATION = "AWSOrganizationsNotInUseException"


class OrganizationCollector:
    """Collects one item, ``live-organization``; nothing is judged by it.

    Args:
        account: Who is asked.
    """

    name = "live: organisation"

    def __init__(self, account: Account) -> None:
        self._account = account

    def collect(self, context: Context) -> None:
        """Collect the item; that AWS refuses the answer costs no other evidence."""
        with context.item("live-organization", "AWS organisation", collector="live", stage="live") as out:
            asker, answer = Asker(self._account), dict[str, Any]()
            unknown = ""
            try:
                found = asker.ask_if_any("organizations", "describe_organization", (NO_ORGANIZATION,))
                answer = {} if found is None else found["Organization"]
                unknown = "" if answer else "the account belongs to none"
            except RefusalError as error:
                unknown = error.diagnostics()
            calls = asker.take_calls()
            out.document("raw/organization.json", {name: answer[name] for name in KEPT if name in answer})
            out.lines("raw/calls.jsonl", calls)
            hosts = sorted({host_of(call["endpoint"]) for call in calls})
            out.item.simulated = out.item.simulated or any(not is_aws_host(host) for host in hosts)
            out.item.source = {
                "kind": "api",
                "account": self._account.account,
                "hosts": hosts,
                "organization": str(answer.get("Id", "")),
                "organization_unknown": unknown,
                "calls": [{"operation": "organizations:describe_organization", "count": len(calls)}],
            }
