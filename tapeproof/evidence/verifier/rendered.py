"""The machine-readable reports against the assessment: every format must tell the same numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.counting import flat_counts
from tapeproof.evidence.verifier.findings import Finding, Unusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.evidence.verifier.contents import Contents
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["REPORTS", "check_reports"]

Numbers = dict[str, int]
PASS_IN_SARIF = b'\n{"properties":{"verdict":"pass",'
OTHERS_IN_SARIF = re.compile(rb'\n\{"properties":\{"verdict":"(?!pass")([^"]*)"')
EACH_IN_OSCAL = b'\n{"props":[{"name":"verdict","ns":"'
PASS_IN_OSCAL = EACH_IN_OSCAL + b'https://tapeproof.example/ns/evidence","value":"pass"}],'
OTHERS_IN_OSCAL = re.compile(rb'\n\{"props":\[\{"name":"verdict","ns":"[^"]*","value":"(?!pass")([^"]*)"')
GAP_IN_OSCAL = b'{"name":"verdict","ns":"https://tapeproof.example/ns/evidence","value":"not-evaluated"}'
CASE_IN_JUNIT = b"<testcase "
OTHERS_IN_JUNIT = re.compile(rb'<(failure|skipped|error type="[^"]*") ')
VERDICT_IN_JUNIT = {
    b"failure": b"fail",
    b'error type="unknown"': b"unknown",
    b'error type="not-evaluated"': b"not-evaluated",
    b"skipped": b"waived",
}
OTHERS_IN_MATRIX = re.compile(rb"\n(?!pass,)([^,\n]*)")
COUNT_IN_HTML = re.compile(rb'data-count="([A-Za-z0-9._-]{1,100})">([0-9]{1,20})<')
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
            numbers = read(contents, path)
        except ValueError as error:
            raise Unusable("BAD_REPORT", path, f"cannot be read: {error!r}") from error
        wanted = {key: value for key, value in expected.items() if key.split(".")[0] in READS[name]}
        found += [
            Finding("REPORT_DISAGREES", path, f"{key} is {numbers.get(key, 0)}; the evidence says {wanted.get(key, 0)}")
            for key in sorted(wanted.keys() | numbers.keys())
            if numbers.get(key, 0) != wanted.get(key, 0)
        ]
    return found


def _numbers(found: Counter[bytes]) -> Numbers:
    return {f"rows.{verdict.decode('ascii')}": number for verdict, number in found.items() if number}


def _read_sarif(contents: Contents, path: str) -> Numbers:
    """Count results by how their lines begin. A text holds no newline as such, so it cannot look like one."""
    found: Counter[bytes] = Counter()
    for block in contents.blocks(path):
        found[b"pass"] += block.count(PASS_IN_SARIF)
        found.update(OTHERS_IN_SARIF.findall(block))
    return _numbers(found)


def _read_oscal(contents: Contents, path: str) -> Numbers:
    """Count subjects by how their lines begin, and what was not judged by a property; a text has no bare quotes."""
    found: Counter[bytes] = Counter()
    for block in contents.blocks(path):
        passes = block.count(PASS_IN_OSCAL)
        found[b"pass"] += passes
        found[b"not-evaluated"] += block.count(GAP_IN_OSCAL)
        if block.count(EACH_IN_OSCAL) != passes:  # seldom: what failed under a policy stands together
            found.update(OTHERS_IN_OSCAL.findall(block))
    return _numbers(found)


def _read_matrix(contents: Contents, path: str) -> Numbers:
    """Count the first cells; each line of the table is one line of the file."""
    found: Counter[bytes] = Counter()
    block = b""
    for block in contents.blocks(path):
        others = OTHERS_IN_MATRIX.findall(block)
        found[b"pass"] += block.count(b"\n") - len(others)
        found.update(others)
    if found.pop(b"verdict", 0) != 1 or not block.endswith(b"\r"):
        raise ValueError("it has no head with the verdict first, or its last line has no end")
    return _numbers(found)


def _read_junit(contents: Contents, path: str) -> Numbers:
    """Count elements; a text cannot look like one, because its angle brackets are escaped."""
    found: Counter[bytes] = Counter()
    for block in contents.blocks(path):
        others = [VERDICT_IN_JUNIT.get(tag, tag) for tag in OTHERS_IN_JUNIT.findall(block)]
        found[b"pass"] += block.count(CASE_IN_JUNIT) - len(others)
        found.update(others)
    return _numbers(found)


def _read_html(contents: Contents, path: str) -> Numbers:
    numbers: Numbers = {}
    for block in contents.blocks(path):
        for name, text in COUNT_IN_HTML.findall(block):
            key, number = name.decode("ascii"), int(text)
            if numbers.setdefault(key, number) != number:
                raise ValueError(f"{key} is shown as {number} and as {numbers[key]}")
    return numbers


REPORTS: dict[str, Callable[[Contents, str], Numbers]] = {
    "report.html": _read_html,
    "oscal-assessment-results.json": _read_oscal,
    "results.sarif": _read_sarif,
    "results.junit.xml": _read_junit,
    "matrix.csv": _read_matrix,
}
READS = {**{name: {"rows"} for name in REPORTS}, "report.html": {"rows", "policies", "stages", "controls"}}
