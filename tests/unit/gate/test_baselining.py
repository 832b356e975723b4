"""What `gate baseline` does: it makes a baseline, or takes out of it what is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.acceptance.baseline import read_baseline
from tapeproof.gate.baselining import Wish, make_baseline
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.question import Question

if TYPE_CHECKING:
    from pathlib import Path

GROUP = 'resource "aws_cloudwatch_log_group" "{}" {{\n  retention_in_days = {}\n}}\n'
ANSWER = Wish("found when the gate came", "platform team")
ASKED = Question(policies=("TP_LOG_1",), accepting=False, cached=False)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / ".cache"))
    return tmp_path


def _write(project: Path, **days: int) -> None:
    (project / "main.tf").write_text("".join(GROUP.format(name, kept) for name, kept in days.items()))


def _accepted(project: Path) -> int:
    baseline = read_baseline(project)
    assert baseline is not None
    return sum(baseline.entries.values())


@pytest.mark.parametrize("wish", [Wish(), Wish("why"), Wish(owner="team"), Wish("  ", "team"), Wish("why", "\t")])
def test_somebody_must_answer_for_what_is_accepted(project: Path, wish: Wish) -> None:
    _write(project, a=7)
    with pytest.raises(CannotJudgeError, match="somebody must answer for them"):
        make_baseline(ASKED, wish)
    assert read_baseline(project) is None


@pytest.mark.parametrize("expires", ["soon", "2027-13-01", "31.3.2027"])
def test_a_last_day_is_a_date(project: Path, expires: str) -> None:
    _write(project, a=7)
    with pytest.raises(CannotJudgeError, match="expected a date such as 2027-03-31"):
        make_baseline(ASKED, ANSWER._replace(expires=expires))


def test_the_first_baseline_takes_what_is_found(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(project, a=7, b=7, c=30)
    assert make_baseline(ASKED, ANSWER._replace(expires="2099-12-31")) == 0
    assert "2 accepted, 2 added, 0 mended" in capsys.readouterr().out
    baseline = read_baseline(project)
    assert baseline is not None
    assert (baseline.reason, baseline.owner, str(baseline.expires)) == (*ANSWER[:2], "2099-12-31")


def test_what_is_mended_leaves_it_without_asking(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(project, a=7, b=7)
    make_baseline(ASKED, ANSWER)
    _write(project, a=7, b=30)
    assert make_baseline(ASKED, Wish()) == 0
    assert "1 accepted, 0 added, 1 mended and taken out" in capsys.readouterr().out


def test_what_is_new_is_named_and_not_accepted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(project, a=7)
    make_baseline(ASKED, ANSWER)
    _write(project, a=7, **{f"g{number}": 7 for number in range(21)})
    assert make_baseline(ASKED, ANSWER) == 1
    told = capsys.readouterr().out
    assert "21 findings are new or worse, and not accepted" in told
    assert "and 1 more" in told
    assert _accepted(project) == 1


def test_what_is_new_is_accepted_where_somebody_says_so(project: Path) -> None:
    _write(project, a=7)
    make_baseline(ASKED, ANSWER)
    _write(project, a=7, b=7)
    with pytest.raises(CannotJudgeError, match="somebody must answer"):
        make_baseline(ASKED, Wish(accept_new=True))
    assert make_baseline(ASKED, ANSWER._replace(accept_new=True)) == 0
    assert _accepted(project) == 2
