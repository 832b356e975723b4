"""Annotations for a pull request: GitHub's workflow commands, one a finding.

Source: GitHub Docs, "Workflow commands for GitHub Actions", and the escaping of ``@actions/core``'s ``command.ts``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Report, Result

__all__ = ["render"]


def render(report: Report) -> str:
    """Return one command a line: ``error`` for what fails or cannot be told, ``warning`` for a pass with a warning.

    A ``notice`` says what was not read.
    """
    shown = [result for result in report.notable if result.verdict in {"fail", "unknown"} or result.warning]
    lines = [_annotate(result) for result in shown]
    lines += [f"::error title=TP_GATE::{_escape(problem)}" for problem in report.problems]
    left = (f"not read: {one['path']} ({one['reason']})" for one in report.passed_over)
    lines += [f"::notice title=TP_GATE::{_escape(told)}" for told in left]
    return "".join(f"{line}\n" for line in lines)


def _annotate(result: Result) -> str:
    level = "error" if result.verdict in {"fail", "unknown"} else "warning"
    place: dict[str, object] = {
        "file": result.file,
        "line": result.line,
        "endLine": result.end_line,
        "col": result.column,
    }
    if result.end_line == result.line:
        place["endColumn"] = result.end_column
    place["title"] = f"{result.policy} {result.verdict}"
    properties = ",".join(f"{name}={_escape_property(str(value))}" for name, value in place.items() if value)
    told = f"{result.resource}: {result.message}" if result.resource else result.message
    return f"::{level} {properties}::{_escape(f'{told}. Fix: {result.fix}' if result.fix else told)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
