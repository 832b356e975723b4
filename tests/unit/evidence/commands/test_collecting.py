from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_collect_and_report_can_be_two_steps(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "collect"]) == 0
    folder = capsys.readouterr().out.strip().splitlines()[-1]
    assert main(["evidence", "report", "--no-pdf", "--from", folder]) == 0
    assert "UNSIGNED" in capsys.readouterr().out


def test_an_emulator_that_is_not_there_leaves_live_evidence_not_collected(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    endpoint = ["--endpoint-url", "http://127.0.0.1:9"]
    assert main(["evidence", "report", "--no-pdf", "--live", "--suffix", "dev", *endpoint]) == 2
    assert "live-dynamodb" in capsys.readouterr().out
