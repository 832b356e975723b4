"""``tapeproof evidence collect``."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.account.errors import AccountError
from tapeproof.evidence.collectors.audit import AuditCollector, AuditRequest
from tapeproof.evidence.collectors.gate import GateCollector, judge_account
from tapeproof.evidence.collectors.live import AddressBook, live_collectors, open_account
from tapeproof.evidence.collectors.live.organization import OrganizationCollector
from tapeproof.evidence.errors import EXIT_INCOMPLETE, NOT_GIVEN, CollectionError
from tapeproof.evidence.provenance import from_here
from tapeproof.evidence.session import Request, run_collection
from tapeproof.terminal import escape_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from tapeproof.evidence.collection import Collector
    from tapeproof.evidence.collectors.live import Account

__all__ = ["collect", "failed_items", "list_lacking_items", "request_of", "say", "tell_failures"]


def collect(parsed: argparse.Namespace) -> int:
    """Collect evidence and say where it is.

    Returns:
        0, or 2 when something that was named could not be collected; with ``--strict`` also when it was not named.
    """
    folder = run_collection(request_of(parsed), say=say)
    failed = tell_failures(folder)
    sys.stdout.write(f"{folder}\n")
    return EXIT_INCOMPLETE if (failed if parsed.strict else list_lacking_items(failed)) else 0


def say(text: str) -> None:
    """Tell the person at the terminal how far it is."""
    sys.stderr.write(f"{escape_lines(text)}\n")
    sys.stderr.flush()


def tell_failures(folder: Path) -> list[dict[str, Any]]:
    """Tell what could not be collected, why and the way out, a line for each item; return the items."""
    failed = failed_items(folder)
    for item in failed:
        say(f"not collected: {item['id']}: {'; '.join(line.strip() for line in item['failure'].splitlines())}")
    return failed


def list_lacking_items(failed: list[dict[str, Any]]) -> list[str]:
    """Return the ids of failed items that somebody named a source for."""
    return [item["id"] for item in failed if item["failure_code"] != NOT_GIVEN]


def failed_items(folder: Path) -> list[dict[str, Any]]:
    """Return the items that could not be collected."""
    items = [json.loads(path.read_bytes()) for path in sorted(folder.glob("evidence/*/item.json"))]
    return [item for item in items if item["status"] != "collected"]


def request_of(parsed: argparse.Namespace) -> Request:
    """Return what the command line asks for."""
    junit = parsed.junit if parsed.junit is not None else sorted(Path("build/tests").glob("*.xml"))
    book = _address_book(parsed)
    account = _account(parsed)
    reached = account if account is not None and not isinstance(account, AccountError) else None
    return Request(
        output=parsed.output,
        root=parsed.root,
        var_files=parsed.var_file,
        plan=parsed.plan,
        state=parsed.state,
        junit=junit,
        risks=parsed.risks,
        frameworks=parsed.framework,
        manual=parsed.manual,
        subject=parsed.subject,
        suffix=parsed.suffix,
        region=parsed.region,
        period_from=parsed.period_from,
        cadence_days=parsed.cadence_days,
        live=_live(parsed, account, book),
        further=[AuditCollector(_audit_request(parsed))] if _names_audit(parsed) else (),
        simulated=parsed.simulated or bool(reached and reached.simulated),
        secrets=reached.secrets() if reached else (),
        identity=reached.identity if reached else {},
    )


def _live(parsed: argparse.Namespace, account: Account | AccountError | None, book: AddressBook) -> Sequence[Collector]:
    if account is None:
        return ()
    collectors: list[Collector] = [*live_collectors(account, book, parsed.suffix)]
    if not isinstance(account, AccountError) and not account.simulated:
        collectors.append(OrganizationCollector(account))
    if not isinstance(account, AccountError) and parsed.suffix:
        judge = partial(judge_account, account=account, suffix=parsed.suffix)
        collectors.append(GateCollector("live", (), judge=judge, book=book))
    return collectors


def _names_audit(parsed: argparse.Namespace) -> bool:
    return bool(parsed.audit_export or parsed.outputs or parsed.pin or parsed.vkey or parsed.seed)


def _audit_request(parsed: argparse.Namespace) -> AuditRequest:
    return AuditRequest(
        export=parsed.audit_export,
        outputs=parsed.outputs,
        profile=parsed.profile,
        endpoint=parsed.endpoint_url,
        keys=parsed.vkey,
        pins=[from_here(path) for path in parsed.pin],
        seed=parsed.seed,
        sample=parsed.sample,
    )


def _address_book(parsed: argparse.Namespace) -> AddressBook:
    if _asks_account(parsed):
        return AddressBook.read(parsed.state, parsed.plan)
    if parsed.state:
        fix = "ask the account too, with --live, or leave --state out"
        raise CollectionError("--state only names what an account holds", fix=fix)
    return AddressBook()


def _asks_account(parsed: argparse.Namespace) -> bool:
    return bool(parsed.live or parsed.endpoint_url or parsed.profile)


def _account(parsed: argparse.Namespace) -> Account | AccountError | None:
    if not _asks_account(parsed):
        return None
    try:
        return open_account(region=parsed.region, profile=parsed.profile, endpoint=parsed.endpoint_url)
    except AccountError as error:
        return error
