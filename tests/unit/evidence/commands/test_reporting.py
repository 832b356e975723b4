from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def test_report_writes_a_bundle_and_says_how_to_verify_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "report", "--no-pdf", "--create-key", "--key", "key.pem"]) == 0
    told = capsys.readouterr()
    line = next(line for line in told.out.splitlines() if line.startswith("verify"))
    fingerprint = line.rsplit(" ", 1)[-1]
    (bundle,) = (project / "build/evidence").glob("*.zip")
    assert main(["evidence", "verify", str(bundle), "--fingerprint", fingerprint]) == 0
    assert main(["evidence", "verify", str(bundle)]) == 3
    assert main(["evidence", "verify", str(bundle), "--fingerprint", f"sha256:{'00' * 32}"]) == 1
    assert "no plan was given" not in told.out
    assert "not collected: plan-resources, tests-junit" in told.out


def test_strict_turns_a_failure_into_an_exit_status(project: Path) -> None:
    assert main(["evidence", "report", "--no-pdf", "--strict"]) == 1
    assert main(["evidence", "collect", "--strict"]) == 2
    assert main(["evidence", "collect"]) == 0


def test_report_from_a_folder_without_evidence_is_an_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "report", "--from", str(project), "--no-pdf"]) == 5
    assert "holds no collected evidence" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("browser", "told"), [("/nowhere/browser", "the PDF is left out"), ("", "no browser is at hand")]
)
def test_a_browser_that_is_not_there_or_does_not_print_costs_the_pdf_and_nothing_else(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, browser: str, told: str
) -> None:
    monkeypatch.setenv("TAPEPROOF_BROWSER", browser)
    monkeypatch.setenv("PATH", str(project))
    assert main(["evidence", "report"]) == 0
    assert told in capsys.readouterr().err
    (html,) = (project / "build/evidence").glob("*/reports/report.html")
    assert "no PDF was printed" in html.read_text(encoding="utf-8")
    assert not html.with_name("report.pdf").exists()


def report_at(seconds: int, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_795_000_000 + seconds))
    return main(["evidence", "report", "--no-pdf", "--previous", "latest", *more])


def test_the_first_bundle_has_none_before_it_and_the_next_continues_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_at(0, monkeypatch) == 0
    assert "the first bundle of its chain" in capsys.readouterr().err
    for day in (1, 2):
        assert report_at(day * 86_400, monkeypatch) == 0
    runs = sorted(path.parent for path in (project / "build/evidence").glob("*/run.json"))
    assert [(run / "previous.json").exists() for run in runs] == [False, True, True]
    assert json.loads((runs[2] / "previous.json").read_bytes())["as_of"] == "2026-11-19T11:06:40Z"


@pytest.mark.parametrize("other", ["prod-2", "prod", "stack-2"])
def test_a_bundle_about_something_else_is_passed_over(
    other: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_at(0, monkeypatch) == 0
    assert report_at(60, monkeypatch, "--subject", other) == 0
    assert report_at(120, monkeypatch) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "before this one" in line]
    assert [line.rsplit("-", 1)[1] for line in told] == ["stack.zip"]


def test_a_newest_bundle_that_is_damaged_is_refused_and_not_passed_over(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_at(0, monkeypatch) == 0
    (bundle,) = (project / "build/evidence").glob("*.zip")
    bundle.write_bytes(bundle.read_bytes()[:1000])
    assert report_at(60, monkeypatch) == 5
    assert "cannot be the previous bundle" in capsys.readouterr().err


def test_after_an_upgrade_that_changed_the_format_a_new_chain_begins_and_says_so(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_at(0, monkeypatch) == 0
    monkeypatch.setattr("tapeproof.evidence.commands.reporting.ASSESSMENT_FORMAT", "tapeproof/assessment/4")
    assert report_at(60, monkeypatch) == 0
    assert "a new chain begins here" in capsys.readouterr().err
    newest = max((project / "build/evidence").glob("*/run.json")).parent
    assert not (newest / "previous.json").exists()
