"""Read back by an XML parser: what CI systems show is what was judged, and what was not is an error."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.reports.junit import JunitReport
from tests.unit.evidence.reports.writing import leave_unjudged, row_of, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tapeproof.evidence.reports.view import View


def _read(view: View, rows: Iterable[Mapping[str, Any]]) -> ET.Element:
    return ET.fromstring(written(JunitReport(), view, rows))


def test_numbers_of_every_suite_are_those_of_its_cases(view: View, rows: list[Mapping[str, Any]]) -> None:
    root = _read(view, rows)
    for suite in [*root.iter("testsuite"), root]:
        cases = list(suite.iter("testcase"))
        counted = {"tests": len(cases)}
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            counted[name] = sum(case.find(tag) is not None for case in cases)
        assert {name: int(suite.attrib[name]) for name in counted} == counted


@pytest.mark.parametrize(
    ("verdict", "tag"), [("fail", "failure"), ("unknown", "error"), ("waived", "skipped"), ("pass", None)]
)
def test_only_a_pass_is_a_case_without_a_mark(view: View, verdict: str, tag: str | None) -> None:
    case = next(_read(view, [row_of(verdict=verdict)]).iter("testcase"))
    assert [child.tag for child in case] == ([tag] if tag else [])
    assert (case.attrib["classname"], case.attrib["name"]) == ("source.TP_DDB_1", "aws_x.y")


def test_a_policy_that_nobody_judged_is_an_error_with_its_reason(view: View) -> None:
    policy = leave_unjudged(view, "no <source> was given")
    (case,) = (one for one in _read(view, []).iter("testcase") if one.attrib["classname"] == f"source.{policy}")
    error = case.find("error")
    assert error is not None
    assert (error.attrib["type"], error.attrib["message"]) == ("not-evaluated", "no <source> was given")


HOSTILE = '"/><testcase name="x"/>&amp;]]>\x00\x1b[31m\ufffe\ud7ff\n'


def test_names_and_messages_from_evidence_stay_text_and_no_letter_breaks_the_file(view: View) -> None:
    row = row_of(resource=HOSTILE, findings=[{"message": HOSTILE, "observed": HOSTILE, "fix": "f"}])
    cases = [one for one in _read(view, [row]).iter("testcase") if one.attrib["name"] != "(stage)"]
    assert len(cases) == 1
    assert cases[0].attrib["name"].startswith('"/><testcase name="x"/>&amp;]]>')
    failure = cases[0].find("failure")
    assert failure is not None
    assert "evidence source-gate:1" in str(failure.text)
    assert "fix: f" in str(failure.text)


def test_a_resource_without_an_address_is_the_root_module(view: View) -> None:
    assert next(_read(view, [row_of(resource="")]).iter("testcase")).attrib["name"] == "(root)"
