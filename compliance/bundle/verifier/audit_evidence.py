"""The audit log as evidence: its verdict, and proofs of a sample that the reader's seed chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.bundle.verifier.manifest import Contents
    from compliance.bundle.verifier.strict_json import Json

__all__ = ["AUDIT_POLICY", "audit_rows"]

AUDIT_POLICY = "EV_AUD_1"
VERDICTS_OF_LOG = {"VERIFIED": "pass", "TAMPERED": "fail"}
"""Every other verdict (UNANCHORED, STALE, WITNESS_GAP) leaves the question open: unknown, which is never a pass."""


def audit_rows(item: dict[str, Json], contents: Contents) -> Iterator[dict[str, Json]]:
    """Yield the rows of the audit log."""
    verification = contents.json(f"evidence/{item['id']}/{item['judged']}")
    verdict = str(verification["verdict"])
    yield {
        "stage": "audit",
        "resource": str(verification.get("origin", "audit log")),
        "policy": AUDIT_POLICY,
        "verdict": VERDICTS_OF_LOG.get(verdict, "unknown"),
        "judges": ["criterion"],
        "references": [f"{item['id']}:1"],
        "findings": [{"expected": "VERIFIED", "observed": verdict}],
    }
