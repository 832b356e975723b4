from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.drill import Outcome
from tapeproof.auditing.proof_check import Checked
from tapeproof.auditing.render import checked_text, drill_text, report_text
from tapeproof.verifier.findings import Absence, Attack, Finding, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

STEERING = "\x1b[2J\x9b31m\u202ex"


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """What was written for people, on a wide screen; nothing in it steers the terminal."""
    monkeypatch.setenv("COLUMNS", "200")

    def read() -> str:
        text = capsys.readouterr().out
        assert {mark for mark in text if not mark.isprintable()} <= {"\n"}
        return text

    return read


def test_a_report_says_verdict_log_anchors_and_what_was_left_out(told: Callable[[], str]) -> None:
    report = Report(origin="example.com/log", size=7, root="ab", checkpoint_time=10**18, as_of=10**18 + 10**9)
    report.anchors.append("a pin")
    report.absent.append(next(iter(Absence)))
    report.counts.update(lanes=2, entries=5)
    report.notes.append("a note")
    report_text(report)
    lines = told().splitlines()
    assert lines[0].startswith("INCOMPLETE: sound as far as it goes")
    assert lines[1] == "log example.com/log, 7 leaves, root ab"
    assert "newest checkpoint 2001-09-09T01:46:40Z, judged as of 2001-09-09T01:46:41Z" in lines
    assert {"anchored by a pin", "5 entries, 2 lanes", "note: a note"} <= set(lines)


def test_each_finding_stands_with_its_place_and_many_are_counted(told: Callable[[], str]) -> None:
    report = Report()
    report.add(Finding(Attack.ENTRY_EDITED, f"detail {STEERING}", lane=f"l{STEERING}", seq=3, leaf=9))
    for number in range(60):
        report.add(Finding(Attack.LINE_MISSING, f"line {number}", seq=number))
    report_text(report)
    text = told()
    assert text.startswith("TAMPERED: ")
    assert f"{Attack.ENTRY_EDITED.value}: lane l\\x1b[2J" in text
    assert ", seq 3, leaf 9\n" in text
    assert "and 11 more" in text


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_words_for_people(verdict: Verdict, told: Callable[[], str]) -> None:
    checked_text(Checked(verdict, ["because"], {"act": "RECORDED", "evt": STEERING, "_seq": 3, "other": "hidden"}))
    text = told()
    assert text.splitlines()[:2] == [verdict.name, "because"]
    assert "  _seq   3" in text
    assert "hidden" not in text


def test_a_drill_marks_what_was_missed_and_counts_only_what_had_a_target(told: Callable[[], str]) -> None:
    lane = "2025112306.lambda-trade-dev.4e8ae378c002b4c2425fc903b34b1cd8"
    outcomes = [
        Outcome("no attack", "VERIFIED", "", "", -1, detected=True),
        Outcome("edit", "TAMPERED", "entry edited", lane, 4, detected=True),
        Outcome("fork", "VERIFIED", "not named", "", -1, detected=False),
        Outcome("wipe", "", "needs a lane", "", -1, detected=None),
    ]
    drill_text(outcomes)
    text = told()
    assert "lambda-trade-dev 2025112306 4e8ae3… #4" in text
    assert [mark for mark in ("sound", "detected", "MISSED", "no target") if mark in text] == [
        "sound",
        "detected",
        "MISSED",
        "no target",
    ]
    assert text.splitlines()[-1] == "1 of 2 attacks detected and named; 1 had no target"


def test_an_export_that_is_not_sound_is_said_so(told: Callable[[], str]) -> None:
    drill_text([Outcome("no attack", "TAMPERED", "x", "", -1, detected=False)])
    assert "NOT SOUND" in told()


def test_who_reads_no_further_ends_the_command_and_not_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        encoding = "utf-8"

        def write(self, _: str) -> int:
            raise BrokenPipeError

        def flush(self) -> None:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(BrokenPipeError):
        report_text(Report())
