"""The verdicts as a table that a spreadsheet opens (RFC 4180)."""

from __future__ import annotations

import csv
import io
from typing import IO, TYPE_CHECKING, Any, Final

from compliance.reports.view import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.reports.view import View

__all__ = ["MatrixReport"]

COLUMNS: Final = (
    "stage", "shows", "policy", "severity", "title", "resource", "verdict", "expected", "observed", "message",
    "file", "line", "column", "evidence", "judges", "controls",
)  # fmt: skip
FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r")


class MatrixReport:
    """One line for each resource, policy and stage, and one for each policy that could not be judged at a stage."""

    path = "reports/matrix.csv"

    def begin(self, out: IO[bytes], view: View) -> None:
        """Write the header line."""
        self._view = view
        self._text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        self._writer.writerow(COLUMNS)
        self._controls = _controls(view)

    def row(self, row: Mapping[str, Any]) -> None:
        """Write one line."""
        place: Mapping[str, Any] = next((one for one in row["findings"] if one.get("file")), {})
        self._write(
            row["stage"], row["policy"], row["resource"], row["verdict"],
            one_line(row, "expected"), one_line(row, "observed"), one_line(row, "message"),
            place.get("file", ""), place.get("line") or "", place.get("column") or "",
            " ".join(row["references"]), " ".join(row["judges"]),
        )  # fmt: skip

    def end(self) -> None:
        """Write the policies that could not be judged."""
        for gap in self._view.gaps:
            self._write(gap.stage, gap.policy, "", "not-evaluated", "", "", gap.reason, "", "", "", "", "")
        self._text.detach()

    def _write(self, stage: str, policy: str, *rest: object) -> None:
        facts = self._view.policies.get(policy, {})
        cells = [stage, self._view.shown[stage], policy, facts.get("severity", ""), facts.get("title", ""), *rest]
        self._writer.writerow([_harmless(cell) for cell in [*cells, self._controls.get(policy, "")]])


def _controls(view: View) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for mapping in view.mappings:
        found.setdefault(mapping["policy"] or "", []).append(f"{mapping['framework']}:{mapping['control']}")
    return {policy: "; ".join(controls) for policy, controls in found.items()}


def _harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula (CWE-1236)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_MARKS) else cell
