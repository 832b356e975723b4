"""The machine-readable reports against the assessment: every format must tell the same numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from compliance.bundle.verifier.counting import flat_counts
from compliance.bundle.verifier.findings import Finding, Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compliance.bundle.verifier.manifest import Contents
    from compliance.bundle.verifier.strict_json import Json

__all__ = ["REPORTS", "check_reports"]

Numbers = dict[str, int]
IN_SARIF = re.compile(rb'"verdict":"([a-z-]+)"')
IN_OSCAL = re.compile(rb'"name":"verdict","ns":"[^"]*","value":"([a-z-]+)"')
IN_JUNIT = {
    "fail": b"<failure ",
    "unknown": b'<error type="unknown"',
    "not-evaluated": b'<error type="not-evaluated"',
    "waived": b"<skipped ",
}
COUNT_IN_HTML = re.compile(rb'data-count="([A-Za-z0-9._-]+)">([0-9]+)<')
"""An element that shows a count, and says in an attribute which."""


def check_reports(contents: Contents, assessment: dict[str, Json]) -> list[Finding]:
    """Return a finding for each report whose numbers are not the assessment's."""
    expected = flat_counts(assessment)
    found = []
    for name, read in REPORTS.items():
        path = f"reports/{name}"
        if path not in contents:
            found.append(Finding("MISSING", path, "a bundle holds this report"))
            continue
        try:
            numbers = read(contents.read(path))
        except ValueError as error:
            raise Unusable("BAD_REPORT", path, f"cannot be read: {error!r}") from error
        wanted = {key: value for key, value in expected.items() if key.split(".")[0] in READS[name]}
        found += [
            Finding("REPORT_DISAGREES", path, f"{key} is {numbers.get(key, 0)}; the evidence says {wanted.get(key, 0)}")
            for key in sorted(wanted.keys() | numbers.keys())
            if numbers.get(key, 0) != wanted.get(key, 0)
        ]
    return found


def _count(verdicts: Iterable[str]) -> Numbers:
    return {f"rows.{verdict}": number for verdict, number in Counter(verdicts).items()}


def _found(pattern: re.Pattern[bytes], data: bytes) -> Numbers:
    """Count a member as it is written here. Quotes inside a JSON string are escaped, so a text cannot look like one."""
    return _count(verdict.decode("ascii") for verdict in pattern.findall(data))


def _read_sarif(data: bytes) -> Numbers:
    return _found(IN_SARIF, data)


def _read_oscal(data: bytes) -> Numbers:
    return _found(IN_OSCAL, data)


def _read_matrix(data: bytes) -> Numbers:
    """Count the first cells; each line of the table is one line of the file."""
    header, *lines, end = data.split(b"\r\n")
    if not header.startswith(b"verdict,") or end:
        raise ValueError("its first column is not the verdict, or its last line has no end")
    return _count(line.split(b",", 1)[0].decode("ascii") for line in lines)


def _read_junit(data: bytes) -> Numbers:
    """Count elements; a text cannot look like one, because its angle brackets are escaped."""
    counts = {verdict: data.count(mark) for verdict, mark in IN_JUNIT.items()}
    counts["pass"] = data.count(b"<testcase ") - sum(counts.values())
    return {f"rows.{verdict}": number for verdict, number in counts.items() if number}


def _read_html(data: bytes) -> Numbers:
    numbers: Numbers = {}
    for name, text in COUNT_IN_HTML.findall(data):
        key, number = name.decode("ascii"), int(text)
        if numbers.setdefault(key, number) != number:
            raise ValueError(f"{key} is shown as {number} and as {numbers[key]}")
    return numbers


REPORTS: dict[str, Callable[[bytes], Numbers]] = {
    "report.html": _read_html,
    "oscal-assessment-results.json": _read_oscal,
    "results.sarif": _read_sarif,
    "results.junit.xml": _read_junit,
    "matrix.csv": _read_matrix,
}
READS = {**{name: {"rows"} for name in REPORTS}, "report.html": {"rows", "policies", "stages", "controls"}}
