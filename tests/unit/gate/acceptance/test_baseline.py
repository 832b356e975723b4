"""The baseline: what was there is accepted, what is worse or new is not, and what is mended leaves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof import cli
from tapeproof.gate.acceptance.baseline import FILE_NAME, read_baseline
from tapeproof.gate.engine.errors import CannotJudgeError

if TYPE_CHECKING:
    from pathlib import Path

GROUP = """
resource "aws_cloudwatch_log_group" "{name}" {{
  name              = "/aws/lambda/{name}"
  retention_in_days = {days}
}}
"""
ANSWER = ["--reason", "found when the gate came", "--owner", "platform team"]


class Estate:
    """Root modules in a working directory of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, root: str, **groups: int) -> None:
        (self.folder / root).mkdir(exist_ok=True)
        text = "\n".join(GROUP.format(name=name, days=days) for name, days in groups.items())
        (self.folder / root / "main.tf").write_text(text)

    def accepted(self) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = json.loads((self.folder / FILE_NAME).read_text())["accepted"]
        return rows


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Estate:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / "cache"))
    made = Estate(tmp_path)
    made.write("a", one=7, two=14)
    made.write("b", three=3)
    return made


def _check(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    status = cli.main(["gate", "check", "--policy", "TP_LOG_1", *arguments])
    return status, capsys.readouterr().out


def test_what_is_found_today_is_accepted_and_the_gate_is_green(
    estate: Estate, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["gate", "check"]) != 0
    assert cli.main(["gate", "baseline", *ANSWER]) == 0
    assert cli.main(["gate", "check"]) == 0
    assert {row["value"] for row in estate.accepted() if row["policy"] == "TP_LOG_1"} == {"7", "14", "3"}
    capsys.readouterr()
    assert cli.main(["gate", "check", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["counts"]["waived"] == sum(int(str(row["count"])) for row in estate.accepted())
    assert answer["waivers"][-1]["owner"] == "platform team"


def test_a_worse_value_a_new_resource_and_a_new_root_fail_and_nothing_else_does(
    estate: Estate, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["gate", "baseline", *ANSWER])
    estate.write("a", one=1, two=14, new=5)
    estate.write("c", four=7)
    status, said = _check(capsys=capsys)
    assert status == 1
    failed = [line.split(" FAIL ")[1].split(" (")[0] for line in said.splitlines() if " FAIL TP_LOG_1" in line]
    assert sorted(failed) == [f"TP_LOG_1 aws_cloudwatch_log_group.{name}" for name in ("four", "new", "one")]


def test_lines_that_move_are_no_change(estate: Estate, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["gate", "baseline", *ANSWER])
    path = estate.folder / "a" / "main.tf"
    path.write_text("# a comment\n\n\n" + path.read_text())
    assert _check(capsys=capsys)[0] == 0


def test_what_is_mended_must_leave_and_leaves_with_the_same_command(
    estate: Estate, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["gate", "baseline", *ANSWER])
    before = len(estate.accepted())
    estate.write("a", one=30, two=14)
    status, said = _check(capsys=capsys)
    assert (status, "no longer found: TP_LOG_1 aws_cloudwatch_log_group.one (7)" in said) == (1, True)
    assert cli.main(["gate", "baseline"]) == 0
    assert len(estate.accepted()) == before - 1
    assert _check(capsys=capsys)[0] == 0


def test_a_baseline_grows_only_when_somebody_answers_for_it(estate: Estate, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["gate", "baseline", *ANSWER])
    estate.write("a", one=7, two=14, new=5)
    assert cli.main(["gate", "baseline"]) == 1
    assert "TP_LOG_1 aws_cloudwatch_log_group.new: 5" in capsys.readouterr().out
    assert "new" not in {str(row["resource"]).rpartition(".")[2] for row in estate.accepted()}
    assert cli.main(["gate", "baseline", "--accept-new"]) == CannotJudgeError.exit_status
    assert cli.main(["gate", "baseline", "--accept-new", *ANSWER]) == 0
    assert _check(capsys=capsys)[0] == 0


def test_nobody_to_answer_writes_nothing(estate: Estate) -> None:
    assert cli.main(["gate", "baseline"]) == CannotJudgeError.exit_status
    assert not (estate.folder / FILE_NAME).exists()


def test_an_unknown_that_becomes_known_to_be_wrong_fails(estate: Estate, capsys: pytest.CaptureFixture[str]) -> None:
    text = GROUP.format(name="u", days="var.days") + '\nvariable "days" {\n  type = number\n}\n'
    (estate.folder / "a" / "main.tf").write_text(text)
    cli.main(["gate", "baseline", *ANSWER])
    assert _check(capsys=capsys)[0] == 0
    assert _check("a", "--var", "days=1", capsys=capsys)[0] == 1


def test_an_entry_of_a_root_that_was_not_judged_stays(estate: Estate, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["gate", "baseline", *ANSWER])
    assert _check("a", capsys=capsys)[0] == 0
    before = len(estate.accepted())
    assert cli.main(["gate", "baseline", "a"]) == 0
    assert len(estate.accepted()) == before


def test_the_entries_of_a_root_that_is_gone_leave_and_are_not_there_when_it_comes_back(
    estate: Estate, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["gate", "baseline", *ANSWER])
    (estate.folder / "b").rename(estate.folder / "c")
    status, said = _check("a", capsys=capsys)
    assert status == 1
    assert "no longer found" in said
    assert cli.main(["gate", "baseline", "a"]) == 0
    (estate.folder / "c").rename(estate.folder / "b")
    assert _check("a", capsys=capsys)[0] == 0
    assert _check("b", capsys=capsys)[0] == 1


def test_an_expired_baseline_accepts_nothing_and_says_so(estate: Estate, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["gate", "baseline", *ANSWER, "--expires", "2020-01-01"])
    status, said = _check(capsys=capsys)
    assert status == 1
    assert "the baseline expired on 2020-01-01" in said
    assert "FAIL TP_LOG_1 aws_cloudwatch_log_group.one" in said


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "cannot be read"),
        (b"[]", "is no baseline"),
        (b'{"version": 2}', "expected version 1, got 2"),
        (b'{"version": 1, "accepted": [{"root": "a"}]}', "entry 1 must have root, policy"),
        (b'{"version":1,"accepted":[],"reason":"","owner":"x","created":"2026-01-01"}', "no reason or no owner"),
        (
            b'{"version":1,"accepted":[{"root":"a","policy":"P","resource":"","verdict":"fail","value":"","count":true}]}',
            "expected a count of at least 1, got True",
        ),
        (b"[" * 100_000, "cannot be read"),
    ],
)
def test_a_damaged_baseline_is_told_and_passes_nothing(
    estate: Estate, content: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (estate.folder / FILE_NAME).write_bytes(content)
    assert cli.main(["gate", "check"]) == CannotJudgeError.exit_status
    assert told in capsys.readouterr().err


def test_the_file_has_an_entry_a_line_in_order(estate: Estate) -> None:
    cli.main(["gate", "baseline", *ANSWER])
    first = (estate.folder / FILE_NAME).read_text()
    assert cli.main(["gate", "baseline"]) == 0
    assert (estate.folder / FILE_NAME).read_text() == first
    rows = [line for line in first.splitlines() if line.startswith("    {")]
    assert len(rows) == len(estate.accepted())
    assert rows == sorted(rows)
    kept = read_baseline(estate.folder)
    assert kept is not None
    assert kept.owner == "platform team"
