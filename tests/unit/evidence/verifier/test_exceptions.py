from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.verifier.exceptions import (
    exception_rows,
    link_acceptances,
    read_exceptions,
    same_person,
    state_of,
)
from tapeproof.evidence.verifier.findings import Unusable
from tests.unit.evidence.samples import Sample, acceptance
from tests.unit.evidence.verifier.files import contents_of, lines_of

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
        ({"owner": "  ", "reason": "\t"}, "malformed: no owner, reason"),
        ({"compensating": ["", " "]}, "malformed: no compensating"),
        ({"kind": "banana"}, "malformed: it is neither a waiver nor an acceptance"),
        ({"kind": ""}, "malformed: it is neither a waiver nor an acceptance"),
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
    ("changes", "state"),
    [
        ({}, "in force"),
        ({"expires": "2026-11-22"}, "expired"),
        ({"reason": " "}, "malformed: no reason"),
        ({"policy": ""}, "malformed: no policy"),
        ({"expires": 20270101}, "malformed: 20270101 is not a date"),
    ],
)
def test_a_waiver_is_in_force_or_says_why_not(changes: dict[str, object], state: str) -> None:
    waiver = {"kind": "waiver", "policy": "TP_A", "owner": "O", "reason": "r", "expires": "2026-11-23"}
    assert state_of({**waiver, **changes}, AS_OF) == state


@pytest.mark.parametrize("line", ["[]", "{}", '{"kind":1,"resource":"a"}', '{"kind":"waiver","resource":null}'])
def test_a_record_that_does_not_say_what_it_is_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    contents = contents_of(tmp_path, {"x.jsonl": lines_of('{"kind":"waiver","resource":"a"}', line)})
    with pytest.raises(Unusable) as refused:
        read_exceptions(contents, "x.jsonl")
    assert refused.value.finding[:2] == ("BAD_EVIDENCE", "x.jsonl:2")


def test_only_an_exception_in_force_passes_and_the_row_says_what_the_others_lack() -> None:
    lines = [acceptance(), acceptance(expires="2026-11-22"), acceptance(kind="banana")]
    rows = exception_rows({"id": "exceptions"}, lines, AS_OF)
    assert [row["verdict"] for row in rows] == ["pass", "fail", "fail"]
    assert [row["references"] for row in rows] == [["exceptions:1"], ["exceptions:2"], ["exceptions:3"]]


def test_an_acceptance_is_linked_to_what_it_accepts_and_to_nothing_that_is_met() -> None:
    bad = {"id": "TP_A", "effects": {"design": "fail"}, "accepted": []}
    good = {"id": "TP_B", "effects": {"design": "pass"}, "accepted": []}
    control = {"framework": "f", "control": "C.1", "effects": {"design": "not-satisfied"}, "accepted": []}
    subjects = ({"policy": "TP_A"}, {"policy": "TP_B"}, {"control": "f:C.1"}, {"policy": "TP_A", "state": "expired"})
    records = [
        {"kind": "acceptance", "state": "in force", "resource": f"RA-{number}", "used": None, **subject}
        for number, subject in enumerate(subjects)
    ]
    link_acceptances(records, [bad, good], [control])
    assert (bad["accepted"], good["accepted"], control["accepted"]) == (["RA-0"], [], ["RA-2"])
    assert [one["used"] for one in records] == [True, False, True, None]


def test_an_acceptance_is_not_called_superfluous_where_nobody_looked(tmp_path: Path) -> None:
    sample = Sample()
    sample.exceptions = [acceptance()]
    folder = sample.write(tmp_path / "run")
    for name in ("plan-gate", "plan-resources", *(f"live-{service}" for service in sample.live)):
        shutil.rmtree(folder / "evidence" / name)
    bundle = write_bundle(folder)
    (one,) = bundle.assessment["exceptions"]
    assert (one["state"], one["used"]) == ("in force", None)
    assert "accepts nothing that is not met" not in (bundle.folder / "reports/report.html").read_text()


@pytest.mark.parametrize(
    "name",
    [
        "Platform  team",
        "PLATFORM TEAM",
        "Platform\u00a0team",
        "Platform\u200b team",
        "\uff30latform team",
        "te\u00adam",
    ],
)
def test_a_name_that_reads_the_same_is_the_same_person(name: str) -> None:
    assert same_person("team" if name.startswith("te") else "Platform team", name)


@pytest.mark.parametrize("name", ["Bjarn Ek", "B. Ek", "Björn  Eka", ""])
def test_another_name_is_another_person(name: str) -> None:
    assert not same_person("Björn Ek", name)
