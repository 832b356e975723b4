"""Test reports as evidence: the counts of a JUnit file, taken from the file itself."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.verifier.contents import Contents
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["TEST_POLICY", "junit_rows"]

TEST_POLICY = "EV_TST_1"
WORST_FIRST = ("failure", "error", "skipped")
"""What a test case can hold; pytest writes a skip and an error of the clean-up after it into one."""
NAMED_FAILURES = 20
"""At most this many failing tests are named in a row; all stand in the file."""


def junit_rows(item: dict[str, Json], contents: Contents) -> Iterator[dict[str, Json]]:
    """Yield a row for each group of tests: it passes when it has tests and none failed."""
    for raw in item["raw"]:
        name = f"evidence/{item['id']}/{raw['path']}"
        for group, outcomes in sorted(_test_groups(contents.read(name), name).items()):
            yield _test_row(item["id"], f"{raw['path'].rsplit('/', 1)[-1]}#{group}", outcomes)


def _test_groups(data: bytes, name: str) -> dict[str, list[tuple[str, str]]]:
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - start-up time, where there is no test report

    groups: dict[str, list[tuple[str, str]]] = {}
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:
        raise Unusable("BAD_EVIDENCE", name, "a test report declares no document type and no entities")
    try:
        for _, element in ET.iterparse(io.BytesIO(data)):  # noqa: S314 - declarations were refused above
            if element.tag == "testcase":
                where = element.get("classname") or ""
                told = {child.tag for child in element}
                outcome = next((tag for tag in WORST_FIRST if tag in told), "passed")
                group = ".".join(where.split(".")[:3]) or "tests"
                groups.setdefault(group, []).append((f"{where}::{element.get('name')}", outcome))
                element.clear()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Unusable("BAD_EVIDENCE", name, f"not a readable test report: {error}") from error
    return groups or {"no tests": []}


def _test_row(item: str, resource: str, outcomes: list[tuple[str, str]]) -> dict[str, Json]:
    bad = [test for test, outcome in outcomes if outcome in {"failure", "error"}]
    skipped = sum(outcome == "skipped" for _, outcome in outcomes)
    ran = len(outcomes) - skipped
    verdict = "fail" if bad else "pass" if ran else "unknown"
    findings = [{"expected": "tests run, none fails", "observed": f"{ran} run, {len(bad)} failed, {skipped} skipped"}]
    findings += [{"message": test} for test in bad[:NAMED_FAILURES]]
    return {
        "stage": "tests",
        "resource": resource,
        "policy": TEST_POLICY,
        "verdict": verdict,
        "judges": ["criterion"],
        "references": [f"{item}:1"],
        "findings": findings,
    }
