from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.errors import RiskError
from tapeproof.evidence.risks import Acceptance, accept, load_acceptances
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


@pytest.mark.parametrize(
    ("written", "read"),
    [("exports", ["exports"]), ("[exports, 5]", ["exports", "5"]), ("", []), ("5", ["5"])],
)
def test_what_makes_up_for_a_risk_is_a_list_however_somebody_wrote_it(
    tmp_path: Path, written: str, read: list[str]
) -> None:
    (tmp_path / "risks.yaml").write_text(f"acceptances:\n- id: X\n  compensating: {written}\n")
    assert load_acceptances(tmp_path / "risks.yaml")[0]["compensating"] == read


def _accepted(**changes: object) -> Acceptance:
    fields: dict[str, object] = {
        "id": "RA-2026-001",
        "policy": "TP_LOG_1",
        "owner": "Platform",
        "approver": "Risk",
        "reason": "Test account: nothing to keep.",
        "compensating": ("exports", "é"),
        "accepted": "2026-11-23",
        "expires": "2027-11-01",
    }
    return Acceptance(**{**fields, **changes})  # type: ignore[arg-type]


def test_acceptances_are_appended_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "risks.yaml"
    assert load_acceptances(path) == []
    accept(path, _accepted())
    accept(path, _accepted(id="RA-2026-002", policy="", control="aws-fsbp:KMS.3"))
    records = load_acceptances(path)
    assert [one["resource"] for one in records] == ["RA-2026-001", "RA-2026-002"]
    assert {state_of(one, AS_OF) for one in records} == {"in force"}
    assert records[0]["compensating"] == ["exports", "é"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"approver": "platform"}, "the owner cannot approve their own risk"),
        ({"reason": " "}, "the reason is missing"),
        ({"compensating": ()}, "name at least one compensating control"),
        ({"expires": "2028-11-23"}, "it runs longer than 366 days"),
        ({"expires": "2026-11-23"}, "it expires before it begins"),
        ({"expires": "never"}, "dates are written YYYY-MM-DD"),
        ({"policy": ""}, "name either a policy or a control"),
        ({"control": "aws-fsbp:KMS.3"}, "name either a policy or a control"),
        ({"policy": "", "control": "KMS.3"}, "is not of the form framework:control"),
    ],
)
def test_an_incomplete_acceptance_is_refused_with_the_reason(
    tmp_path: Path, changes: dict[str, object], why: str
) -> None:
    with pytest.raises(RiskError) as refused:
        accept(tmp_path / "risks.yaml", _accepted(**changes))
    assert why in refused.value.diagnostics()
    assert not (tmp_path / "risks.yaml").exists()


def test_an_id_is_not_taken_twice(tmp_path: Path) -> None:
    accept(tmp_path / "risks.yaml", _accepted())
    with pytest.raises(RiskError, match="already in"):
        accept(tmp_path / "risks.yaml", _accepted())


BOMB = "\n".join(
    [
        f"a: &a [{'x, ' * 9}]",
        *(f"{two}: &{two} [{f'*{one}, ' * 9}]" for one, two in zip("abcdefg", "bcdefgh", strict=True)),
    ]
)
"""Nine to the ninth texts, in 400 characters."""


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "acceptances: 3",
        "acceptances: [x]",
        "a: [",
        "\x00",
        "[" * 5000,
        "acceptances: [{expires: 2026-99-99}]",
        f"acceptances: [{{id: 1{'0' * 5000}}}]",
        "acceptances: [&a {id: X, reason: *a}]",
        "acceptances: [{id: X, reason: {a: b}}]",
        'acceptances: [{id: X, reason: "\\ud800"}]',
        f"{BOMB}\nacceptances: [{{id: X, reason: *h}}]",
    ],
)
def test_a_file_that_is_none_of_acceptances_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "risks.yaml"
    path.write_text(text)
    for use in (load_acceptances, lambda file: accept(file, _accepted())):
        with pytest.raises(RiskError) as refused:
            use(path)
        assert "risks.yaml" in (told := refused.value.diagnostics())
        assert "fix:" in told
    assert path.read_text() == text
    assert list(tmp_path.iterdir()) == [path]
