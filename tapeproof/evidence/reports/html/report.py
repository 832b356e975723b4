"""Writes the HTML report while the rows pass by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.html.audit import audit_log
from tapeproof.evidence.reports.html.closing import evidence_index, glossary, limits, sign_off
from tapeproof.evidence.reports.html.cover import cover, reservations
from tapeproof.evidence.reports.html.markup import esc
from tapeproof.evidence.reports.html.matter import changes, controls, exceptions, retention, scope
from tapeproof.evidence.reports.html.opening import attention, conclusion
from tapeproof.evidence.reports.html.sheets import SheetRows, sheets
from tapeproof.evidence.reports.html.style import policy_for, style_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.reports.view import Output, View

__all__ = ["HtmlReport"]

CONTENTS: Final = (
    ("conclusion", "Conclusion"),
    ("attention", "What needs attention"),
    ("exceptions", "Exceptions and risks"),
    ("changes", "Changes"),
    ("scope", "Scope and population"),
    ("audit", "Audit log"),
    ("limits", "Limits"),
    ("sign-off", "Sign-off"),
    ("controls", "Appendix: control matrix"),
    ("policies", "Appendix: policy sheets"),
    ("evidence", "Appendix: evidence index"),
    ("reservations", "Appendix: reservations in full"),
    ("glossary", "Appendix: glossary"),
)
"""What people read first, and behind the sign-off what they look up."""
RETENTION_POLICY: Final = "EV_RET_1"
"""Its rows carry what every log group was observed to keep."""


class HtmlReport:
    """One file that needs no network and runs no script."""

    path = "reports/report.html"

    def begin(self, out: Output, view: View) -> None:
        """Write everything that does not need the rows."""
        self._out, self._view, self._rows = out, view, SheetRows()
        self._retention: dict[str, int] = {}
        self._write(_head(view))
        self._write(cover(view, CONTENTS))
        for part in (conclusion, attention, exceptions, changes, scope):
            self._write(part(view))

    def row(self, row: Mapping[str, Any]) -> None:
        """Keep one row for its sheet."""
        self._rows.add(row)
        if row["policy"] == RETENTION_POLICY:
            self._note_retention(row)

    def end(self) -> None:
        """Write what the rows tell: first what everybody reads, then the appendix."""
        kept = retention(sorted(self._retention.items()))
        self._write(audit_log(self._view, kept))
        self._write(limits())
        self._write(sign_off())
        self._write(controls(self._view))
        for chunk in sheets(self._view, self._rows):
            self._out.write(chunk)
        self._rows.close()
        self._write(evidence_index(self._view))
        self._write(reservations(self._view))
        self._write(glossary())
        self._write("</main></div></body></html>\n")

    def _note_retention(self, row: Mapping[str, Any]) -> None:
        for finding in row["findings"]:
            if "measured" in finding:
                self._retention[row["resource"]] = finding["measured"] or 0

    def _write(self, text: str) -> None:
        self._out.write(text.encode("utf-8"))


def _head(view: View) -> str:
    run = view.run
    marks = [mark for mark, on in (("SIMULATED", run["simulated"]), ("UNSIGNED", not view.signer)) if on]
    style = style_sheet(f"{run['subject']} · {run['id']}".replace("·", "-"), " - ".join(marks))
    told = {
        "SIMULATED": "SIMULATED: live evidence is from an emulator of AWS and shows nothing about an account.",
        "UNSIGNED": "UNSIGNED: nobody vouches for this report; anybody could have made it.",
    }
    banners = "".join(f'<p class="banner" role="note">{esc(told[mark])}</p>' for mark in marks)
    listed = "".join(f'<li><a href="#{name}">{esc(title)}</a></li>' for name, title in CONTENTS)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{esc(policy_for(style))}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>Evidence report: {esc(run['subject'])}, {esc(run['as_of'])}</title><style>{style}</style></head>\n"
        f'<body><a class="skip" href="#main">Skip to the report</a>{banners}<div class="layout">'
        f'<nav aria-label="Contents"><h2>Contents</h2><ol>{listed}</ol></nav><main id="main">\n'
    )
