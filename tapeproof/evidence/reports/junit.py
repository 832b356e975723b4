"""The verdicts as JUnit XML, so that any CI shows them as tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.view import Spools, one_line
from tapeproof.evidence.verifier.status import STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.reports.view import Output, View

__all__ = ["JunitReport"]

PLAIN: Final = re.compile(r"[A-Za-z0-9_.:()/ \[\]-]*")
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (section 2.2). The standard library's own escaping would load half of urllib."""


class JunitReport:
    """One suite a stage, one case a resource and policy; what could not be judged is an error, never a pass."""

    path = "reports/results.junit.xml"

    def begin(self, out: Output, view: View) -> None:
        """Remember where to write."""
        self._out, self._view, self._spools = out, view, Spools()

    def row(self, row: Mapping[str, Any]) -> None:
        """Keep one case."""
        verdict = row["verdict"]
        body = ""
        if verdict != "pass":
            message = one_line(row, "message", "observed", "expected")
            if verdict == "waived":
                body = f"<skipped message={_attribute('waived: ' + message)}/>"
            else:
                tag = "failure" if verdict == "fail" else "error"
                body = f'<{tag} type="{verdict}" message={_attribute(message)}>{_text(_details(row))}</{tag}>'
        self._case(row["stage"], row["policy"], row["resource"] or "(root)", body)

    def end(self) -> None:
        """Write the suites."""
        for gap in self._view.gaps:
            body = f'<error type="not-evaluated" message={_attribute(gap.reason)}/>'
            self._case(gap.stage, gap.policy, "(stage)", body)
        run = self._view.run
        totals = _totals(self._view, STAGES)
        self._write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name={_attribute(run["id"])} {totals}>\n')
        for stage in STAGES:
            if self._spools.count(stage):
                self._suite(stage)
        self._write("</testsuites>\n")
        self._spools.close()

    def _suite(self, stage: str) -> None:
        head = f'<testsuite name="{stage}" timestamp="{self._view.run["as_of"].rstrip("Z")}"'
        self._write(f'{head} hostname="tapeproof" time="0" {_totals(self._view, (stage,))}>\n')
        for chunk in self._spools.chunks(stage):
            self._out.write(chunk)
        self._write("</testsuite>\n")

    def _case(self, stage: str, policy: str, resource: str, body: str) -> None:
        start = f'<testcase classname={_attribute(f"{stage}.{policy}")} name={_attribute(resource)} time="0"'
        self._spools.add(stage, f"{start}>{body}</testcase>\n" if body else f"{start}/>\n")

    def _write(self, text: str) -> None:
        self._out.write(text.encode("utf-8"))


def _totals(view: View, stages: tuple[str, ...]) -> str:
    counts = [view.assessment["counts"]["rows"].get(stage, {}) for stage in stages]
    gaps = sum(gap.stage in stages for gap in view.gaps)
    total = {verdict: sum(one.get(verdict, 0) for one in counts) for verdict in ("pass", "fail", "unknown", "waived")}
    errors = total["unknown"] + gaps
    tests = sum(total.values()) + gaps
    return f'tests="{tests}" failures="{total["fail"]}" errors="{errors}" skipped="{total["waived"]}"'


def _details(row: Mapping[str, Any]) -> str:
    lines = [f"evidence {' '.join(row['references'])}"]
    for finding in row["findings"]:
        place = f"{finding['file']}:{finding.get('line', 0)}:{finding.get('column', 0)} " if finding.get("file") else ""
        lines += [place + str(finding.get("message", ""))] if finding.get("message") or place else []
        lines += [f"{name}: {finding[name]}" for name in ("expected", "observed", "fix") if finding.get(name)]
    return "\n".join(lines)


def _text(text: str) -> str:
    text = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    if PLAIN.fullmatch(text):
        return f'"{text}"'
    text = _text(text).replace('"', "&quot;")
    # A line's end in an attribute becomes a blank unless it is written as a number (XML 1.0, 3.3.3).
    return f'"{text}"'.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
