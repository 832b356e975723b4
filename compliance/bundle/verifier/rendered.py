"""The machine-readable reports against the assessment: every format must tell the same numbers."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from compliance.bundle.verifier.counting import flat_counts
from compliance.bundle.verifier.findings import Finding, Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compliance.bundle.verifier.manifest import Contents
    from compliance.bundle.verifier.strict_json import Json

__all__ = ["REPORTS", "check_reports"]

Numbers = dict[str, int]
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
        except (ValueError, KeyError, TypeError, AttributeError, ET.ParseError, RecursionError) as error:
            raise Unusable("BAD_REPORT", path, f"cannot be read: {error!r}") from error
        wanted = {key: value for key, value in expected.items() if key.split(".")[0] in READS[name]}
        found += [
            Finding("REPORT_DISAGREES", path, f"{key} is {numbers.get(key, 0)}; the evidence says {wanted.get(key, 0)}")
            for key in sorted(wanted.keys() | numbers.keys())
            if numbers.get(key, 0) != wanted.get(key, 0)
        ]
    return found


def _count(pairs: Iterator[str]) -> Numbers:
    numbers: Numbers = {}
    for one in pairs:
        numbers[f"rows.{one}"] = numbers.get(f"rows.{one}", 0) + 1
    return numbers


def _read_sarif(data: bytes) -> Numbers:
    runs = json.loads(data.decode("utf-8"))["runs"]
    return _count(result["properties"]["verdict"] for run in runs for result in run["results"])


def _read_matrix(data: bytes) -> Numbers:
    return _count(line["verdict"] for line in csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def _read_junit(data: bytes) -> Numbers:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("it declares a document type or entities")
    cases = ET.fromstring(data).iter("testcase")  # noqa: S314 - declarations were refused above
    return _count(_junit_verdict(case) for case in cases)


def _junit_verdict(case: ET.Element) -> str:
    children = {child.tag: child for child in case}
    if "error" in children:
        return "not-evaluated" if children["error"].get("type") == "not-evaluated" else "unknown"
    return "fail" if "failure" in children else "waived" if "skipped" in children else "pass"


def _read_oscal(data: bytes) -> Numbers:
    results = json.loads(data.decode("utf-8"))["assessment-results"]["results"]
    observations = [one for result in results for one in result.get("observations", [])]
    holders = [*observations, *(subject for one in observations for subject in one.get("subjects", []))]
    return _count(prop["value"] for one in holders for prop in one.get("props", []) if prop["name"] == "verdict")


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
