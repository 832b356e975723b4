"""Waivers: someone answers for each of them, until a day, and none is left lying about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.acceptance.waivers import Waiver
from tapeproof.gate.acceptance.written import FILE_NAME, load

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tapeproof.gate.engine.report import Result

TODAY = date(2026, 11, 23)
GOOD = '# tapeproof:waive TP_LOG_1 reason="moves to S3 (#12)" owner="data desk" expires=2026-12-31'
ENTRY = {
    "policy": "TP_LOG_1",
    "resource": "aws_cloudwatch_log_group.*",
    "reason": "moves to S3",
    "owner": "data desk",
    "expires": "2026-12-31",
}


def source(comment: str) -> dict[str, list[str]]:
    return {
        "stack/logs.tf": ["", 'resource "aws_cloudwatch_log_group" "trade" {', f"  retention_in_days = 7 {comment}"]
    }


def written(folder: Path, *entries: dict[str, str]) -> Path:
    lines = ["waivers:"]
    for entry in entries:
        head, *rest = (f"{key}: '{value}'" for key, value in entry.items())
        lines += [f"  - {head}", *(f"    {line}" for line in rest)]
    (folder / FILE_NAME).write_text("\n".join(lines), encoding="utf-8")
    return folder


def judged(
    folder: Path, finding: Result, comment: str = "", policies: Collection[str] | None = None
) -> tuple[list[str], list[str]]:
    results, reports = load(folder, source(comment)).apply([finding], TODAY, policies)
    return [f"{result.policy} {result.verdict}" for result in results], [report["state"] for report in reports]


def test_a_comment_waives_the_finding_on_its_line_and_says_so(tmp_path: Path, finding: Result) -> None:
    results, reports = load(tmp_path, source(GOOD)).apply([finding], TODAY)
    (result,) = results
    assert result.verdict == "waived"
    assert result.waiver == {
        "reason": "moves to S3 (#12)",
        "owner": "data desk",
        "expires": "2026-12-31",
        "source": "stack/logs.tf:3",
    }
    (report,) = reports
    assert (report["state"], report["results"], report["line"]) == ("used", 1, 3)


@pytest.mark.parametrize("verdict", ["fail", "unknown"])
def test_an_entry_of_the_file_waives_by_address(tmp_path: Path, finding: Result, verdict: str) -> None:
    folder = written(tmp_path, ENTRY)
    assert judged(folder, replace(finding, verdict=verdict, line=0, file="")) == (["TP_LOG_1 waived"], ["used"])


@pytest.mark.parametrize(
    ("comment", "state"),
    [
        (GOOD.replace("2026-12-31", "2026-11-22"), "expired"),
        (GOOD.replace("2026-12-31", "soon"), "malformed"),
        (GOOD.replace(' owner="data desk"', ""), "malformed"),
        (GOOD.replace("moves to S3 (#12)", ""), "malformed"),
        (GOOD.replace("TP_LOG_1 ", ""), "malformed"),
        (GOOD + " until=never", "malformed"),
        ("# tapeproof:waive", "malformed"),
    ],
)
def test_a_waiver_that_does_not_count_leaves_the_finding_and_fails_itself(
    tmp_path: Path, finding: Result, comment: str, state: str
) -> None:
    assert judged(tmp_path, finding, comment) == (["TP_LOG_1 fail", "TP_GATE fail"], [state])


def test_the_day_of_expiry_still_counts(tmp_path: Path, finding: Result) -> None:
    comment = GOOD.replace("2026-12-31", TODAY.isoformat())
    assert judged(tmp_path, finding, comment) == (["TP_LOG_1 waived"], ["used"])


@pytest.mark.parametrize("change", [{"verdict": "pass"}, {"policy": "TP_LOG_3"}, {"line": 4}, {"file": "other.tf"}])
def test_a_comment_that_nothing_needs_fails(tmp_path: Path, finding: Result, change: dict[str, Any]) -> None:
    results, states = judged(tmp_path, replace(finding, **change), GOOD)
    assert results[1] == "TP_GATE fail"
    assert states == ["unused"]


def test_the_complaint_stands_at_the_waiver(tmp_path: Path, finding: Result) -> None:
    results, _ = load(tmp_path, source(GOOD)).apply([replace(finding, verdict="pass")], TODAY)
    assert (results[1].file, results[1].line) == ("stack/logs.tf", 3)
    assert "not needed" in results[1].message


def test_a_waiver_of_a_policy_that_was_not_judged_is_not_called_unused(tmp_path: Path, finding: Result) -> None:
    passing = replace(finding, policy="TP_DDB_1", verdict="pass")
    assert judged(tmp_path, passing, GOOD, policies={"TP_DDB_1"}) == (["TP_DDB_1 pass"], ["not judged"])


def test_a_waiver_of_a_root_that_is_gone_is_called_unused(tmp_path: Path, finding: Result) -> None:
    folder = written(tmp_path, ENTRY | {"root": "renamed/since"})
    assert judged(folder, finding)[1] == ["unused"]
    folder = written(tmp_path, ENTRY | {"root": "not-made-here.json"}, ENTRY | {"root": "aws:1:us-east-1"})
    assert judged(folder, finding)[1] == ["not judged", "not judged"]


def test_a_waiver_of_a_root_that_was_not_judged_is_not_called_unused(
    tmp_path: Path, finding: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path, ENTRY | {"root": "elsewhere"})
    assert judged(folder, finding) == (["TP_LOG_1 fail"], ["not judged"])


def test_a_waiver_of_a_root_that_could_not_be_read_is_not_called_unused(tmp_path: Path, finding: Result) -> None:
    refused = replace(finding, policy="TP_GATE", verdict="unknown", message="the file is not UTF-8")
    results, states = judged(tmp_path, refused, GOOD)
    assert (results, states) == (["TP_GATE unknown"], ["not judged"])


def test_two_waivers_stand_on_one_line(tmp_path: Path, finding: Result) -> None:
    second = replace(finding, policy="TP_LOG_3")
    comments = f"{GOOD} {GOOD.replace('TP_LOG_1', 'TP_LOG_3')}"
    results, _ = load(tmp_path, source(comments)).apply([finding, second], TODAY)
    assert [result.verdict for result in results] == ["waived", "waived"]


def test_brackets_in_an_address_are_meant_as_they_stand(tmp_path: Path, finding: Result) -> None:
    address = 'module.all["eu"].aws_cloudwatch_log_group.trade[0]'
    folder = written(tmp_path, ENTRY | {"resource": address})
    assert judged(folder, replace(finding, resource=address)) == (["TP_LOG_1 waived"], ["used"])


@pytest.mark.parametrize(
    "content",
    [
        "waivers: [",
        "waivers: {}",
        "- policy: TP_LOG_1",
        "waivers:\n  - TP_LOG_1",
        "waivers:\n  - policy: TP_LOG_1\n    policy: TP_LOG_3",
        "waivers:\n  - policy: TP_LOG_1\n    reason: r\n    owner: o\n    expires: 2026-12-31",
        "waivers:\n  - {policy: TP_LOG_1, resource: x, reason: r, owner: o, expires: 2026-12-31, surplus: 1}",
        "\x00",
    ],
)
def test_a_file_that_is_not_understood_fails_by_name_and_line(tmp_path: Path, finding: Result, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    results, reports = load(tmp_path, {}).apply([finding], TODAY)
    assert [result.verdict for result in results] == ["fail", "fail"]
    assert results[1].file == FILE_NAME
    assert results[1].line >= 1
    assert reports[0]["fault"]


def test_a_file_with_bytes_that_are_no_text_fails_by_name(tmp_path: Path, finding: Result) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"waivers:\n  - \xff\xfe")
    assert judged(tmp_path, finding)[1] == ["malformed"]


@pytest.mark.parametrize("content", ["", "# nothing is waived\n"])
def test_an_empty_file_waives_nothing(tmp_path: Path, finding: Result, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    assert judged(tmp_path, finding) == (["TP_LOG_1 fail"], [])


@pytest.mark.parametrize(("observed", "verdict"), [("7", "waived"), ("1", "fail"), ("29", "fail")])
def test_a_waiver_with_a_value_covers_that_value_only(
    tmp_path: Path, finding: Result, observed: str, verdict: str
) -> None:
    comment = GOOD.replace("TP_LOG_1", 'TP_LOG_1 value="7"')
    results, _ = load(tmp_path, source(comment)).apply([replace(finding, observed=observed)], TODAY)
    assert results[0].verdict == verdict
    folder = written(tmp_path, {**ENTRY, "value": "7"})
    results, _ = load(folder, {}).apply([replace(finding, observed=observed)], TODAY)
    assert results[0].verdict == verdict


def test_thousands_of_waivers_of_thousands_of_findings_take_one_look_each(
    tmp_path: Path, finding: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = 2_000
    lines = ["", *([GOOD] * number)]
    results = [replace(finding, line=at) for at in range(2, number + 2)]
    looks: list[int] = []
    covers = Waiver.covers
    monkeypatch.setattr(Waiver, "covers", lambda self, result: looks.append(1) or covers(self, result))
    judged, reports = load(tmp_path, {"stack/logs.tf": lines}).apply(results, TODAY)
    assert {result.verdict for result in judged} == {"waived"}
    assert len(reports) == number
    assert len(looks) == number


ROW = "policy: TP_LOG_1, resource: '*', reason: r, owner: o, expires: 2026-12-31"


@pytest.mark.parametrize(
    ("content", "states"),
    [
        (f"waivers: [{{{ROW}}}]", ["used"]),
        (f"waivers: [{{{ROW}}}, {{{ROW}}}]", ["used", "malformed"]),
        (f"waivers: [{{{ROW}}}, {{{ROW.replace('2026', '2027')}}}]", ["used", "malformed"]),
        (f"waivers: [&a {{{ROW}}}, *a]", ["used", "malformed"]),
        (f"waivers: [{{{ROW}, value: '7'}}, {{{ROW}}}]", ["used", "used"]),
        (f"waivers: [{{{ROW}, value: ''}}]", ["malformed"]),
        (f"waivers: [{{{ROW}, value: ~}}]", ["used"]),
        (f"waivers: [{{{ROW.replace('TP_LOG_1', 'TP_LOG_11')}}}]", ["malformed"]),
        (f"waivers: [{{{ROW.replace('owner: o', 'owner: ~')}}}]", ["malformed"]),
        (f"waivers: [{{{ROW.replace('owner: o', 'owner: null')}}}]", ["malformed"]),
        (f"waivers: [{{{ROW.replace('reason: r', 'reason: ' + chr(0x200B))}}}]", ["malformed"]),
        (f"waivers: [{{{ROW.replace('reason: r', 'reason: [a, b]')}}}]", ["malformed"]),
        (f"waivers: [{{{ROW.replace('2026-12-31', '20261231')}}}]", ["malformed"]),
        (f"waivers: [{{{ROW.replace('2026-12-31', '2026-W52-1')}}}]", ["malformed"]),
        (f"waivers: [{{{ROW.replace('2026-12-31', '2026-12-31T23:59:59+14:00')}}}]", ["malformed"]),
        (f"waivers: [{{{ROW.replace('2026-12-31', '2026-11-22')}}}]", ["expired"]),
        (f"waivers: [{{{ROW.replace('2026-12-31', '2026-11-23')}}}]", ["used"]),
        (f"waivers: [{{{ROW.replace('reason: r', '!!python/object/apply:os.system reason: r')}}}]", ["used"]),
        (f"waivers: [{{<<: {{{ROW}}}}}]", ["malformed"]),
        (f"waivers: [{{{ROW}}}]\n---\nwaivers: []", ["malformed"]),
        (f"waivers: [{{{ROW}}}]\nwaivers: []", ["malformed"]),
        (f"\ufeffwaivers:\r\n  - {{{ROW}}}\r\n", ["used"]),
        ("waivers: ~", []),
    ],
)
def test_a_clumsy_or_hostile_file_accepts_no_more_than_it_says(
    tmp_path: Path, finding: Result, content: str, states: list[str]
) -> None:
    (tmp_path / FILE_NAME).write_bytes(content.encode())
    results, told = judged(tmp_path, finding)
    assert told == states
    assert (results[0] == "TP_LOG_1 waived") is ("used" in states)


@pytest.mark.parametrize("date", ["20261231", "2026-12-31T00:00:00Z", "\uff12\uff10\uff12\uff16-12-31"])
def test_a_date_in_a_comment_is_written_one_way(tmp_path: Path, finding: Result, date: str) -> None:
    assert judged(tmp_path, finding, GOOD.replace("2026-12-31", date))[1] == ["malformed"]
