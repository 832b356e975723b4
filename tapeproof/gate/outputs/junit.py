"""The report as JUnit XML, which every CI system shows: a suite per policy, a case per verdict."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.gate.engine.report import Report, Result

__all__ = ["render"]

_COUNTED = {"fail": "failures", "unknown": "errors", "waived": "skipped"}
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no form for (section 2.2)."""


def render(report: Report) -> str:
    """Return the report as JUnit XML: FAIL is a failure, UNKNOWN an error, WAIVED a skipped case.

    What kept the gate from judging at all is a suite of errors of its own.
    """
    ordered = sorted(report.results, key=lambda result: result.policy)
    top = ET.Element("testsuites", {"name": "tapeproof gate"})
    for policy, results in groupby(ordered, key=lambda result: result.policy):
        _suite(top, policy, list(results))
    if report.problems:
        number = len(report.problems)
        suite = _add_suite(top, "TP_GATE problems", tests=number, errors=number)
        for problem in report.problems:
            case = ET.SubElement(suite, "testcase", {"classname": "TP_GATE", "name": _legal(problem), "time": "0"})
            ET.SubElement(case, "error", {"message": _legal(problem), "type": "unknown"})
    _passed_over(top, report)
    for name in ("tests", "failures", "errors", "skipped"):
        top.set(name, str(sum(int(suite.get(name, "0")) for suite in top)))
    ET.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(top, encoding="unicode") + "\n"


def _passed_over(top: ET.Element, report: Report) -> None:
    """Add what was not read as skipped cases."""
    if not report.passed_over:
        return
    number = len(report.passed_over)
    suite = _add_suite(top, "TP_GATE not read", tests=number, skipped=number)
    for one in report.passed_over:
        case = ET.SubElement(suite, "testcase", {"classname": "TP_GATE", "name": _legal(one["path"]), "time": "0"})
        ET.SubElement(case, "skipped", {"message": _legal(f"not read: {one['reason']}")})


def _suite(top: ET.Element, policy: str, results: Sequence[Result]) -> None:
    verdicts = [result.verdict for result in results]
    counts = {name: verdicts.count(verdict) for verdict, name in _COUNTED.items()}
    suite = _add_suite(top, policy, tests=len(results), **counts)
    for result in results:
        _case(suite, result)


def _add_suite(top: ET.Element, name: str, **numbers: int) -> ET.Element:
    counts = dict.fromkeys(("tests", *_COUNTED.values()), 0) | numbers
    return ET.SubElement(top, "testsuite", {"name": name} | {key: str(number) for key, number in counts.items()})


def _case(suite: ET.Element, result: Result) -> None:
    place = f"{result.file}:{result.line}" if result.line else result.file
    name = " ".join(part for part in (result.resource or result.root, place) if part)
    attributes = {"classname": f"{result.policy}.{result.front_end}", "name": _legal(name), "time": "0"}
    if result.file:
        attributes["file"] = _legal(result.file)
    case = ET.SubElement(suite, "testcase", attributes)
    detail = "\n".join(part for part in (place, result.source_line, f"fix: {result.fix}" if result.fix else "") if part)
    if result.verdict in {"fail", "unknown"}:
        tag = "failure" if result.verdict == "fail" else "error"
        told = ET.SubElement(case, tag, {"message": _legal(result.message), "type": result.severity})
        told.text = _legal(detail)
    elif result.verdict == "waived" and result.waiver is not None:
        waiver = result.waiver
        message = f"waived by {waiver['owner']} until {waiver['expires'] or 'it is mended'}: {waiver['reason']}"
        ET.SubElement(case, "skipped", {"message": _legal(message)})
    elif result.warning:
        ET.SubElement(case, "system-out").text = _legal(f"warning: {result.message}\n{detail}")


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
