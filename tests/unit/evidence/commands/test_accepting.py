from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def test_accepting_a_risk_puts_it_on_file_and_into_the_next_report(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["evidence", "accept-risk", "--policy", "TP_DDB_1", "--owner", "Platform", "--approver", "Risk"]
    arguments += ["--reason", "a test", "--compensating", "exports", "--expires"]
    assert main([*arguments, "2027-06-01"]) == 0
    assert main([*arguments, "2030-06-01"]) == 5
    assert "longer than 366 days" in capsys.readouterr().err
    assert main(["evidence", "report", "--no-pdf"]) == 0
    (path,) = (project / "build/evidence").glob("*/assessment.json")
    assessment = json.loads(path.read_bytes())
    policy = next(one for one in assessment["policies"] if one["id"] == "TP_DDB_1")
    assert (policy["effects"]["design"], policy["accepted"]) == ("fail", ["RA-2026-001"])


@pytest.mark.parametrize(
    ("subject", "told"),
    [(["--policy", "TP_NO_1"], "there is no policy TP_NO_1"), (["--control", "aws-fsbp:No.1"], "aws-fsbp:DynamoDB.6")],
)
def test_a_risk_about_nothing_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], subject: list[str], told: str
) -> None:
    rest = ["--owner", "a", "--approver", "b", "--reason", "c", "--compensating", "d", "--expires", "2027-06-01"]
    assert main(["evidence", "accept-risk", *subject, *rest]) == 5
    assert told in capsys.readouterr().err
