"""Writes one report as a bundle does."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.reports.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tapeproof.evidence.reports.view import Report


def written(report: Report, view: View, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return a report as text."""
    out = io.BytesIO()
    report.begin(out, view)
    for row in rows:
        report.row(row)
    report.end()
    return out.getvalue().decode("utf-8")


def changed_view(view: View, **changes: Any) -> View:  # noqa: ANN401 - members of a view
    """Return a view with some members changed."""
    names = (
        "assessment",
        "policies",
        "frameworks",
        "mappings",
        "criteria",
        "items",
        "evidence_digest",
        "signer",
        "pdf",
    )
    return View(**{**{name: getattr(view, name) for name in names}, **changes})


def row_of(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a row
    """Return a row that fails at the source."""
    row = {
        "stage": "source",
        "resource": "aws_x.y",
        "policy": "TP_DDB_1",
        "verdict": "fail",
        "judges": ["gate"],
        "references": ["source-gate:1"],
        "findings": [{"message": "no recovery", "file": "stack/main.tf", "line": 3, "column": 7}],
    }
    return {**row, **changes}


def leave_unjudged(view: View, reason: str | None) -> str:
    """Say of a policy that nobody judged it at the source, and return its id."""
    policy: dict[str, Any] = next(one for one in view.assessment["policies"] if "source" in one["stages"])
    policy["stages"]["source"].update(status="not-evaluated", reason=reason)
    return str(policy["id"])
