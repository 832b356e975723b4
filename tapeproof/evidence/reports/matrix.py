"""The verdicts as a table that a spreadsheet opens (RFC 4180)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.view import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.reports.view import Output, View

__all__ = ["MatrixReport", "csv_cell"]

COLUMNS: Final = (
    "verdict", "stage", "shows", "policy", "severity", "title", "resource", "expected", "observed", "message",
    "file", "line", "column", "evidence", "judges", "controls",
)  # fmt: skip
SPECIAL: Final = re.compile(r"[\",\r\n]")
FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r")


class MatrixReport:
    """One line for each resource, policy and stage, and one for each policy that could not be judged at a stage."""

    path = "reports/matrix.csv"

    def begin(self, out: Output, view: View) -> None:
        """Write the header line."""
        self._out, self._view = out, view
        self._controls = _controls(view)
        self._fixed: dict[tuple[str, str], tuple[str, str]] = {}
        self._out.write((",".join(COLUMNS) + "\r\n").encode("utf-8"))

    def row(self, row: Mapping[str, Any]) -> None:
        """Write one line."""
        place: Mapping[str, Any] = next((one for one in row["findings"] if one.get("file")), {})
        texts = (one_line(row, "expected"), one_line(row, "observed"), one_line(row, "message"), place.get("file", ""))
        where = f"{place.get('line') or ''},{place.get('column') or ''}"
        told = f"{csv_cell(row['resource'])},{','.join(map(csv_cell, texts))},{where}"
        judged = f"{told},{csv_cell(' '.join(row['references']))},{' '.join(row['judges'])}"
        self._write(row["verdict"], row["stage"], row["policy"], judged)

    def end(self) -> None:
        """Write the policies that could not be judged."""
        for gap in self._view.gaps:
            self._write("not-evaluated", gap.stage, gap.policy, f",,,{csv_cell(gap.reason)},,,,,")

    def _write(self, verdict: str, stage: str, policy: str, told: str) -> None:
        if (stage, policy) not in self._fixed:
            facts = self._view.policies.get(policy, {})
            cells = (
                stage,
                self._view.effects_by_stage[stage],
                policy,
                facts.get("severity", ""),
                facts.get("title", ""),
            )
            self._fixed[stage, policy] = (",".join(map(csv_cell, cells)), csv_cell(self._controls.get(policy, "")))
        left, right = self._fixed[stage, policy]
        self._out.write(f"{verdict},{left},{told},{right}\r\n".encode())


def _controls(view: View) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for mapping in view.mappings:
        found.setdefault(mapping["policy"] or "", []).append(f"{mapping['framework']}:{mapping['control']}")
    return {policy: "; ".join(controls) for policy, controls in found.items()}


def csv_cell(text: str) -> str:
    """Return a cell on one line, quoted as RFC 4180 asks, that no spreadsheet takes for a formula (CWE-1236)."""
    if text.startswith(FORMULA_MARKS) or text.lstrip().startswith(FORMULA_MARKS):
        text = f"'{text}"
    text = text.replace("\r", " ").replace("\n", " ")
    return '"' + text.replace('"', '""') + '"' if SPECIAL.search(text) else text
