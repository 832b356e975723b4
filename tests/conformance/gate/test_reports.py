"""Public reports about other tools, each made into a small root of our own, with siblings of another type or route.

A case of ``reports`` names the report, or the page of AWS's documentation, in its ``case.json``. What each case failed
at a241575, by the gate of that commit, is in ``first_findings.json``: `gate check * --format json` in a folder of them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conformance.gate.judged_cases import Judged, find_cases, judge_cases, read_case
from tests.conformance.gate.messages import find_message_faults
from tests.places import PROJECT

CASES = find_cases(Path(__file__).parent / "reports")
CATALOGUE = sorted(path.parent.name.upper() for path in (PROJECT / "policies").glob("*/policy.yaml"))
FIRST: dict[str, str] = json.loads((Path(__file__).parent / "first_findings.json").read_text(encoding="utf-8"))
PAGE = (PROJECT / "docs" / "gate.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    return judge_cases(CASES, tmp_path_factory.mktemp("reports"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_report_gets_the_verdict_that_it_owes(case: Path, judged: Judged) -> None:
    owed = read_case(case)
    found = judged.given(case.name, owed["policy"])
    assert found in ({"pass", "absent"} if owed["expected"] == "pass" else {owed["expected"]}), owed["report"]


def told_of(policy: str) -> tuple[str, str]:
    """Return what the page says that a policy newly finds, and what it no longer finds."""
    table = PAGE.partition("| policy | newly a failure | no longer a failure |")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.splitlines()[2:]]
    mine = [row for row in rows if policy in row[0].split(", ")]
    return " ".join(row[1] for row in mine), " ".join(row[2] for row in mine if len(row) > 2)


@pytest.mark.parametrize("policy", CATALOGUE)
def test_the_page_tells_what_a_policy_newly_finds_and_what_no_longer(policy: str, judged: Judged) -> None:
    then = {case for case, policies in FIRST.items() if policy in policies.split()}
    now = {case for case in FIRST if policy in judged.policies.get(case, ())}
    newly, no_longer = told_of(policy)
    assert newly or not now - then, sorted(now - then)
    assert no_longer or not {case for case in then - now if judged.given(case, policy) in {"pass", "absent"}}, sorted(
        then - now
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_whatever_is_told_of_a_report_is_plain(case: Path, judged: Judged) -> None:
    found = (result for result in judged.results[case.name] if result["verdict"] != "pass")
    assert [fault for result in found for fault in find_message_faults(result, case)] == []
