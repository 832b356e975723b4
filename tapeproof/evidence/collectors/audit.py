"""The audit log as evidence: its verification, its signed checkpoint, and proofs of a sample chosen by a seed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tapeproof.account.asking import open_account
from tapeproof.account.errors import AccountError
from tapeproof.account.origin import host_of, is_emulated
from tapeproof.auditing.operations import export_for_use, read_keys, verify_folder
from tapeproof.auditing.proof import proof_at
from tapeproof.auditing.source import Live, read_outputs
from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.model import Population
from tapeproof.evidence.verifier.audit_evidence import AUDIT_POLICY, SAMPLE_POLICY, sample_indices
from tapeproof.log.errors import AuditError
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tapeproof.evidence.collection import Context
    from tapeproof.evidence.workspace import ItemWriter

__all__ = ["AuditCollector", "AuditRequest"]


LOG_SERVICES: Final = ("dynamodb", "kms", "logs", "s3")


class AuditRequest(NamedTuple):
    """Where the log is and what it is held against.

    Attributes:
        export: Folder that ``tapeproof audit export`` wrote; None reads the live log.
        outputs: What ``terraform output -json`` wrote, for the live log.
        profile: AWS profile, for the live log.
        endpoint: Endpoint of an emulator, for the live log.
        keys: Verifier keys that the reader trusts.
        pins: Pin files.
        seed: Chooses the sample.
        sample: How many events are proven.
    """

    export: Path | None = None
    outputs: Path | None = None
    profile: str = ""
    endpoint: str = ""
    keys: Sequence[str] = ()
    pins: Sequence[Path] = ()
    seed: str = ""
    sample: int = 25


class AuditCollector:
    """Collects one item, ``audit-log``.

    Args:
        request: Where the log is.
    """

    name = "audit log"

    def __init__(self, request: AuditRequest) -> None:
        self._request = request

    def collect(self, context: Context) -> None:
        """Verify the log and prove the sample."""
        with context.item(
            "audit-log",
            "Verification of the audit log, and proofs of a sample",
            collector="audit",
            stage="audit",
            judge="audit",
            asserts=[AUDIT_POLICY, SAMPLE_POLICY],
        ) as out:
            try:
                self._collect(out, context)
            except AuditError as error:
                told = "the audit log could not be verified"
                raise CollectionError(told, why=error.what, fix=error.fix) from error

    def _collect(self, out: ItemWriter, context: Context) -> None:
        request, as_of = self._request, context.workspace.as_of
        if request.export is not None:
            if not request.export.is_dir():
                raise CollectionError(f"{request.export} is not a folder", fix="make it with: tapeproof audit export")
            self._write(out, request.export, as_of)
            out.item.source = {**out.item.source, "hosts": _hosts_told(request.export)}
        elif request.outputs is not None:
            source = Live(read_outputs(request.outputs), request.profile or None, request.endpoint or None)
            with export_for_use(source) as folder:
                self._write(out, folder, as_of, own=True)
            out.item.source = {
                **out.item.source,
                **_describe_account(request, str(context.parameters.get("region", ""))),
            }
        else:
            fix = "name an export with --audit-export, or the stack's outputs with --outputs"
            why = "a pin, a key or a seed is about a log"
            raise CollectionError("there is no audit log to verify", why=why, fix=fix)

    def _write(self, out: ItemWriter, folder: Path, as_of: str, *, own: bool = False) -> None:
        request, item = self._request, out.item
        options = Options(keys=read_keys(request.keys), pins=[read_pin(path) for path in request.pins], own=own)
        report = verify_folder(folder, options)
        item.judged = "raw/verification.json"
        out.document(item.judged, report.as_json())
        seed = request.seed or f"{as_of}/{report.root}"
        if report.size and (folder / "checkpoint").is_file():
            out.binary("raw/checkpoint", (folder / "checkpoint").read_bytes(), "text/plain")
            out.text("raw/keys.txt", (folder / "keys.txt").read_bytes(), "text/plain")
            out.document("raw/sample.json", {"seed": seed, "count": request.sample, "chosen_by": _chooser(request)})
            leaves = sorted(sample_indices(seed, report.size, request.sample))
            # Market data as received: nothing in it is secret, and a changed byte would break the proof.
            out.exact_lines("raw/proofs.jsonl", (_slim(proof_at(folder, leaf)) for leaf in leaves))
        item.source = {
            "kind": "audit log",
            "origin": report.origin,
            "verdict": report.verdict.name,
            "size": report.size,
            "root": report.root,
            "anchored_by": "; ".join(report.anchors) or "nothing outside the store",
            "sample_seed": seed,
        }
        item.population = Population(f"leaves of the log {report.origin}", report.size, "leaves")


def _hosts_told(export: Path) -> list[str]:
    """Return the host that an export says it was read from, when that was no host of AWS.

    It says so of itself: that it was an emulator is believed, and that it was AWS is not.
    """
    try:
        endpoint = json.loads((export / "export.json").read_bytes())["source"]["endpoint"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [host_of(endpoint)] if isinstance(endpoint, str) and is_emulated(endpoint) else []


def _describe_account(request: AuditRequest, region: str) -> dict[str, Any]:
    """Return the account that a live log was read from and the hosts that answered, as the SDK resolves them."""
    try:
        account = open_account(region=region, profile=request.profile, endpoint=request.endpoint)
    except AccountError:
        return {}
    hosts = {host_of(str(account.client(service).meta.endpoint_url)) for service in LOG_SERVICES}
    return {"account": account.account, "hosts": sorted(hosts)}


def _slim(proof: dict[str, object]) -> dict[str, object]:
    """Return a proof without what all proofs of the sample share."""
    return {name: value for name, value in proof.items() if name not in {"checkpoint", "keys", "format", "origin"}}


def _chooser(request: AuditRequest) -> str:
    return "the seed that was given" if request.seed else "the run's time and the log's root; name --seed to choose"
