"""Public reports about other tools, each made into a small root of our own, with siblings of another type or route.

A case of ``reports`` names the report, or the page of AWS's documentation, in its ``case.json``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.gate.judged_cases import Judged, find_cases, judge_cases, read_case

CASES = find_cases(Path(__file__).parent / "reports")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    return judge_cases(CASES, tmp_path_factory.mktemp("reports"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_report_gets_the_verdict_that_it_owes(case: Path, judged: Judged) -> None:
    owed = read_case(case)
    found = judged.given(case.name, owed["policy"])
    assert found in ({"pass", "absent"} if owed["expected"] == "pass" else {owed["expected"]}), owed["report"]
