from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.verifier.exceptions import state_of
from tests.unit.evidence.samples import Sample, acceptance

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = "2026-11-23T09:30:00Z"


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "in force"),
        ({"expires": "2026-11-23"}, "in force"),
        ({"expires": "2026-11-22"}, "expired"),
        ({"owner": None}, "malformed: no owner"),
        ({"compensating": None}, "malformed: no compensating"),
        ({"control": None}, "malformed: it names neither a policy nor a control"),
        ({"approver": " platform TEAM "}, "malformed: the owner approved their own risk"),
        ({"expires": "soon"}, "malformed: 'soon' is not a date"),
        ({"accepted": "2026-12-01"}, "malformed: accepted after the run"),
        ({"expires": "2027-02-30"}, "malformed: '2027-02-30' is not a date"),
        ({"accepted": "2026"}, "malformed: '2026' is not a date"),
        ({"expires": "2026-W51-1"}, "malformed: '2026-W51-1' is not a date"),
        ({"expires": "2027-11-02"}, "in force"),
        ({"expires": "2027-11-03"}, "malformed: it runs longer than 366 days"),
        ({"expires": "2099-01-01"}, "malformed: it runs longer than 366 days"),
    ],
)
def test_an_acceptance_is_in_force_or_says_why_not(changes: dict[str, str | None], state: str) -> None:
    assert state_of(acceptance(**changes), AS_OF) == state


@pytest.mark.parametrize(("expires", "status"), [("2027-01-01", "pass"), ("2026-01-01", "fail")])
def test_an_expired_acceptance_fails_and_covers_nothing(tmp_path: Path, expires: str, status: str) -> None:
    sample = Sample()
    sample.exceptions = [acceptance(expires=expires)]
    bundle = sample.bundle(tmp_path / "run")
    policies = {one["id"]: one for one in bundle.assessment["policies"]}
    assert policies["EV_EXC_1"]["effects"]["design"] == status
    control = next(one for one in bundle.assessment["controls"] if one["control"] == "DynamoDB.6")
    assert control["conflict"]
    assert control["effects"]["design"] == "not-satisfied"
    assert control["accepted"] == (["RA-2026-001"] if status == "pass" else [])


def test_an_acceptance_of_something_that_is_met_is_shown_as_unused(tmp_path: Path) -> None:
    sample = Sample()
    sample.exceptions = [acceptance(control=None, policy="TP_DDB_1")]
    bundle = sample.bundle(tmp_path / "run")
    assert bundle.assessment["exceptions"][0]["used"] is False
    assert "accepts nothing that is not met" in (bundle.folder / "reports/report.html").read_text(encoding="utf-8")
