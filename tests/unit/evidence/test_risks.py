from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.errors import RiskError
from tapeproof.evidence.risks import Acceptance, accept, load_acceptances
from tapeproof.evidence.verifier.exceptions import state_of

if TYPE_CHECKING:
    from pathlib import Path


AS_OF = "2026-11-23T09:30:00Z"


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
        "acceptances: [{id: X, id: Y}]",
        "acceptances: [{id: X}, {id: X}]",
        "acceptances: []\nacceptances: []",
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


@pytest.mark.parametrize(
    "before",
    [
        "acceptances: []\n",
        "acceptances:\n",
        "# none yet\n",
        "acceptances: [{id: A, expires: 2026-99-99}]\n",
    ],
)
def test_an_acceptance_is_added_to_whatever_can_be_read(tmp_path: Path, before: str) -> None:
    path = tmp_path / "risks.yaml"
    path.write_text(before)
    accept(path, _accepted())
    assert load_acceptances(path)[-1]["resource"] == "RA-2026-001"


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("expires: 2026-99-99", "malformed: '2026-99-99' is not a date"),
        ("expires: 20271101", "malformed: '20271101' is not a date"),
        ("expires: 2027-11-01T23:00:00+02:00", "malformed: '2027-11-01T23:00:00+02:00' is not a date"),
        ("expires: !!timestamp 2027-11-01", "in force"),
        ("expires: &day 2027-11-01", "in force"),
        ("owner: ~", "malformed: no owner"),
        ("owner: 'risk'", "malformed: the owner approved their own risk"),
        ("reason: '\u200b'", "malformed: no reason"),
        ("accepted: 2026-11-24", "malformed: accepted after the run"),
        ("expires: 2026-11-22", "expired"),
        ("expires: 2026-11-23", "in force"),
        ("reason: no", "in force"),
    ],
)
def test_an_acceptance_is_read_as_it_is_written(tmp_path: Path, written: str, state: str) -> None:
    name, _, value = written.partition(": ")
    fields = {
        "id": "X",
        "policy": "TP_LOG_1",
        "owner": "Platform",
        "approver": "Risk",
        "reason": "a test",
        "compensating": "exports",
        "accepted": "2026-11-23",
        "expires": "2027-11-01",
        name: value.encode().decode("unicode_escape") if "\\u" in value else value,
    }
    lines = "\r\n".join(f"    {one}: {text}" for one, text in fields.items())
    (tmp_path / "risks.yaml").write_text(f"acceptances:\r\n  -\r\n{lines}\r\n", encoding="utf-8", newline="")
    (record,) = load_acceptances(tmp_path / "risks.yaml")
    assert state_of(record, AS_OF) == state
