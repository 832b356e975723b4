"""JUnit XML, read back by another program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from junitparser import Error, Failure, JUnitXml, Skipped

from tapeproof.gate.outputs import junit

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Report, Result


def test_junit_is_read_back_with_the_same_numbers(report: Report) -> None:
    suites = JUnitXml.fromstring(junit.render(report).encode())
    (suite,) = suites
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (6, 2, 1, 1)
    kinds = [type(case.result[0]) for case in suite if case.result]
    assert (kinds.count(Failure), kinds.count(Error), kinds.count(Skipped)) == (2, 1, 1)


def test_junit_tells_problems_as_errors(report: Report) -> None:
    suites = JUnitXml.fromstring(junit.render(replace(report, results=(), problems=("cannot read a.tf",))).encode())
    assert suites.errors == 1
    assert "cannot read a.tf" in junit.render(replace(report, problems=("cannot read a.tf",)))


def test_junit_survives_what_xml_has_no_form_for(report: Report, finding: Result) -> None:
    hostile = replace(finding, message="a\x00b\x1b]]>&<\ufffe", source_line="\x08", resource="\ud800")
    JUnitXml.fromstring(junit.render(replace(report, results=(hostile,))).encode())
