"""Test reports as evidence: the counts of a JUnit file, taken from the file itself."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.verifier.contents import Contents
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["NOT_IN_COMMIT", "TEST_POLICY", "groups_of_tests", "junit_rows"]

TEST_POLICY = "EV_TST_1"
NOT_IN_COMMIT = "raw/not-in-commit.json"
"""The tests of the reports that are in no file of the commit, as the collector looked them up."""
WORST_FIRST = ("failure", "error", "skipped")
"""What a test case can hold; pytest writes a skip and an error of the clean-up after it into one."""
NAMED_FAILURES = 20
"""At most this many failing tests are named in a row; all stand in the file."""


def junit_rows(item: dict[str, Json], contents: Contents) -> Iterator[dict[str, Json]]:
    """Yield a row for each group of tests: it passes when tests of the commit ran, none failed and none is strange."""
    known = f"evidence/{item['id']}/{NOT_IN_COMMIT}"
    strange = set(contents.json(known)["tests"]) if known in contents else set()
    for raw in item["raw"]:
        if raw["path"] == NOT_IN_COMMIT:
            continue
        name = f"evidence/{item['id']}/{raw['path']}"
        for group, outcomes in sorted(groups_of_tests(contents.read(name), name).items()):
            yield _test_row(item["id"], f"{raw['path'].rsplit('/', 1)[-1]}#{group}", outcomes, strange)


def groups_of_tests(data: bytes, name: str) -> dict[str, list[tuple[str, str]]]:
    """Return the tests of a report with their outcomes, by group.

    Raises:
        Unusable: It is no report that can be read safely.
    """
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


def _test_row(item: str, resource: str, outcomes: list[tuple[str, str]], strange: set[str]) -> dict[str, Json]:
    bad = [test for test, outcome in outcomes if outcome in {"failure", "error"}]
    skipped = sum(outcome == "skipped" for _, outcome in outcomes)
    unknown = [test for test, outcome in outcomes if test in strange and outcome == "passed"]
    ran = len(outcomes) - skipped - len(unknown)
    verdict = "fail" if bad else "pass" if ran and not unknown else "unknown"
    observed = f"{ran} run, {len(bad)} failed, {skipped} skipped"
    observed += f", {len(unknown)} in no file of the commit" if unknown else ""
    findings = [{"expected": "tests run, none fails", "observed": observed}]
    findings += [{"message": f"in no file of the commit: {test}"} for test in unknown[:NAMED_FAILURES]]
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
