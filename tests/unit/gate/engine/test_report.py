"""The gate's answer as data: its counts, its exit status, its way to JSON and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.population import Population, pack
from tapeproof.gate.engine.report import Files, Report, Result

if TYPE_CHECKING:
    from collections.abc import Sequence


def report_of(finding: Result, *verdicts: str, **fields: object) -> Report:
    results = tuple(replace(finding, verdict=verdict) for verdict in verdicts)
    return Report(roots=("r",), results=results, policies=(), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("verdicts", "fields", "status"),
    [
        ((), {}, 0),
        (("pass", "waived"), {}, 0),
        (("pass", "fail"), {}, 1),
        (("fail", "unknown"), {}, 2),
        (("pass",), {"problems": ("no",)}, 2),
        (("fail",), {"files": Files(on_disk=2, read=1)}, 2),
        (("fail",), {"fail_on": "critical"}, 0),
        (("unknown",), {"fail_on": "critical"}, 0),
        (("fail",), {"fail_on": "high"}, 1),
    ],
)
def test_the_exit_status_is_the_worst_that_counts(
    verdicts: Sequence[str], fields: dict[str, object], status: int, finding: Result
) -> None:
    assert report_of(finding, *verdicts, **fields).exit_status == status


def test_what_the_gate_says_of_itself_counts_whatever_its_severity(finding: Result) -> None:
    gate = replace(finding, policy="TP_GATE", severity="low", verdict="unknown")
    assert Report(roots=("r",), results=(gate,), policies=(), fail_on="critical").exit_status == 2


@pytest.mark.parametrize(("strict", "status"), [(False, 0), (True, 1)])
def test_a_warning_counts_only_when_the_run_is_strict(strict: bool, status: int, finding: Result) -> None:
    warned = replace(finding, verdict="pass", warning=True)
    assert Report(roots=("r",), results=(warned,), policies=(), strict=strict).exit_status == status


def test_results_are_counted_by_verdict_packed_or_not(report: Report) -> None:
    counts = report.counts
    assert counts == {"pass": 2, "fail": 2, "unknown": 1, "waived": 1, "warning": 1}
    notable, packed = pack("stack", report.results)
    assert replace(report, results=Population(notable, [packed])).counts == counts


def test_what_nobody_needs_to_be_shown_is_left_out_and_kept(report: Report) -> None:
    assert len(report.notable) == len(report.results) - 1
    changed = report.with_notable(report.notable[:1])
    assert [result.verdict for result in changed.results] == ["fail", "pass"]


def test_a_report_comes_back_from_its_json_as_it_was(report: Report) -> None:
    again = Report.from_data(json.loads(json.dumps(report.as_data())))
    assert again.as_data() == report.as_data()
    assert (again.exit_status, again.results) == (report.exit_status, report.results)
