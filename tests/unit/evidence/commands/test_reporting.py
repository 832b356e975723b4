from __future__ import annotations

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
    assert "no PDF, because no browser was at hand" in html.read_text(encoding="utf-8")
    assert not html.with_name("report.pdf").exists()
