"""What is accepted, applied to a report: waivers, then the baseline."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.acceptance.applying import apply_baseline, apply_waivers
from tapeproof.gate.acceptance.baseline import FILE_NAME, Baseline, count_entries, write_baseline
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.report import GATE_POLICY, Report
from tapeproof.gate.engine.settings import WAIVERS_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.report import Result

ALL = {"TP_LOG_1"}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def found(finding: Result) -> Report:
    return Report(roots=("stack",), results=(finding,), policies=())


def _accept(project: Path, *results: Result, expires: str | None = None) -> None:

    last: date | None = None if expires is None else date.fromisoformat(expires)
    write_baseline(project, Baseline(count_entries(results), "old", "team", date(2026, 1, 1), last))


def test_without_anything_accepted_the_report_stays_as_it_is(found: Report) -> None:
    assert apply_waivers(found, {}, ALL) is found
    assert apply_baseline(found, ALL) is found


def test_a_waiver_in_the_file_is_applied(project: Path, found: Report) -> None:
    entry = 'policy: TP_LOG_1, resource: "*", reason: old, owner: team, expires: 2099-01-01'
    (project / WAIVERS_NAME).write_text(f"waivers:\n  - {{{entry}}}\n", encoding="utf-8")
    applied = apply_waivers(found, {}, ALL)
    assert [result.verdict for result in applied.results] == ["waived"]
    assert [waiver["state"] for waiver in applied.waivers] == ["used"]


def test_a_baseline_accepts_what_it_lists_and_is_described_in_one_line(
    project: Path, found: Report, finding: Result
) -> None:
    _accept(project, finding)
    applied = apply_baseline(found, ALL)
    assert [result.verdict for result in applied.results] == ["waived"]
    (line,) = applied.waivers
    assert (line["reason"], line["owner"], line["state"], line["results"]) == ("old", "team", "used", 1)


def test_what_is_new_beside_a_baseline_stays_a_finding(project: Path, found: Report, finding: Result) -> None:
    _accept(project, finding)
    worse = replace(finding, resource="aws_cloudwatch_log_group.quote")
    applied = apply_baseline(replace(found, results=(finding, worse)), ALL)
    assert sorted(result.verdict for result in applied.results) == ["fail", "waived"]


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        (1, "1 of the baseline's entries is no longer found: TP_LOG_1 aws_cloudwatch_log_group.g0 (7)"),
        (5, "5 of the baseline's entries are no longer found"),
    ],
)
def test_what_was_mended_must_leave_the_baseline(
    project: Path, found: Report, finding: Result, gone: int, told: str
) -> None:
    _accept(project, finding, *(replace(finding, resource=f"aws_cloudwatch_log_group.g{at}") for at in range(gone)))
    applied = apply_baseline(found, ALL)
    (complaint,) = (result for result in applied.results if result.policy == GATE_POLICY)
    assert (complaint.verdict, complaint.file) == ("fail", FILE_NAME)
    assert told in complaint.message
    assert ("; and 2 more" in complaint.message) is (gone == 5)


def test_an_expired_baseline_accepts_nothing_and_says_so(project: Path, found: Report, finding: Result) -> None:
    _accept(project, finding, expires="2020-01-01")
    applied = apply_baseline(found, ALL)
    assert {(result.policy, result.verdict) for result in applied.results} == {
        ("TP_LOG_1", "fail"),
        (GATE_POLICY, "fail"),
    }
    assert any("expired on 2020-01-01" in result.message for result in applied.results)


def test_a_baseline_that_cannot_be_read_is_an_error(project: Path, found: Report) -> None:
    (project / FILE_NAME).write_text(json.dumps([]), encoding="utf-8")
    with pytest.raises(CannotJudgeError):
        apply_baseline(found, ALL)
