"""Manual evidence in the report: what people gathered, apart from everything that was derived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.reports.html.markup import esc, mono, status, table

if TYPE_CHECKING:
    from tapeproof.evidence.reports.view import View

__all__ = ["manual_evidence"]


def manual_evidence(view: View) -> str:
    """Return what people gathered by hand: a table of its own, since no verdict rests on it."""
    rows = [
        [
            f'<a href="#evidence-{esc(one["item"])}">{esc(one["title"])}</a>',
            "<br>".join(map(mono, one["controls"])),
            f"{esc(one['who'])}<span class=why>from {esc(one['from'])}</span>",
            f"<time>{esc(one['gathered'])}</time> to <time>{esc(one['expires'])}</time>",
            f"{status('unknown', 'MANUAL')}<span class=why>{esc(one['state'])}</span>",
        ]
        for one in view.assessment["manual"]
    ]
    heads = ["Manual evidence, never counted as derived", "Offered for", "Gathered by", "Holds", "State"]
    return table("Manual evidence", heads, rows, style="listed") if rows else ""
