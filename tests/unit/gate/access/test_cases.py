"""Files of decisions: read, refused with their place, answered and rendered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.cli import main
from tapeproof.gate.access.cases import decide_file, exit_status, read_principal, render_cases
from tapeproof.gate.access.faults import AccessError

if TYPE_CHECKING:
    from pathlib import Path

ROLE = {
    "kind": "role",
    "arn": "arn:aws:iam::111122223333:role/app",
    "session_arn": "arn:aws:sts::111122223333:assumed-role/app/s",
    "account": "111122223333",
}


def _allow(action: object = "s3:GetObject", resource: object = "*", **members: object) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **members}


def _document(*statements: dict[str, Any], version: str = "2012-10-17") -> dict[str, Any]:
    return {"Version": version, "Statement": list(statements)}


def _request(**members: object) -> dict[str, Any]:
    return {"principal": ROLE, "action": "s3:GetObject", "resource": "arn:aws:s3:::x", **members}


def _write(folder: Path, *cases: dict[str, Any]) -> Path:
    path = folder / "cases.json"
    path.write_text(json.dumps({"cases": list(cases)}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("{}", 'expected {"cases": [...]} or a list of cases'),
        ("[]", "it holds no case, so nothing is decided"),
        ('{"cases": [], "cases": []}', "the member 'cases' stands twice in one object"),
        (
            (
                '[{"policies": {}, "expected": "MAYBE", "request": '
                '{"action": "s3:Get", "resource": "*", "principal": {"kind": "anonymous"}}}]'
            ),
            "case 1: expected expects one of ALLOWED, DENIED, ALLOWED IF, UNKNOWN, got 'MAYBE'",
        ),
        ('[{"id": "A"}]', "case A: policies is missing"),
        ('[{"policies": {}}]', "case 1: request is missing"),
        ('[{"policies": {"scp": {}}, "request": {}}]', "'scp' is no kind of policy"),
        ('[{"policies": {}, "request": {"action": "s3:Get"}}]', "resource expects text, got None"),
        ('[{"policies": {}, "request": {"action": "s3:Get", "resource": "*"}}]', "principal expects a kind among"),
        (
            '[{"policies": {}, "request": {"action": "s3:Get", "resource": "*", "principal": {"kind": "user"}}}]',
            "a principal of kind user needs its ARN",
        ),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "cases.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AccessError) as error:
        decide_file(path)
    assert told in str(error.value)


def test_a_file_may_begin_with_a_mark_of_its_encoding_and_be_no_larger_than_is_read(tmp_path: Path) -> None:
    path = _write(tmp_path, {"policies": {}, "request": _request()})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [case.decision.answer.value for case in decide_file(path)] == ["DENIED"]
    with path.open("wb") as file:
        file.truncate(65 * 2**20)
    with pytest.raises(AccessError, match="larger than 64 MiB; split it"):
        decide_file(path)


def test_the_answers_are_rendered_with_what_was_expected(tmp_path: Path) -> None:
    case = {
        "policies": {"identity": [_document(_allow(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}))]},
        "request": {
            "principal": ROLE, "action": "s3:GetObject", "resource": "arn:aws:s3:::x",
            "resource_account": "111122223333", "unknown": ["aws:PrincipalOrgID"],
        },
    }  # fmt: skip
    path = tmp_path / "cases.json"
    cases = [{"id": "one", **case}, {"id": "two", **case, "expected": "DENIED"}]
    path.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    assert render_cases(decide_file(path)) == [
        "one: ALLOWED IF aws:PrincipalOrgID is o-1",
        "two: ALLOWED IF aws:PrincipalOrgID is o-1 (expected DENIED)",
        "0 of 1 answers as expected",
    ]


def test_the_command_answers_with_its_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    request = {"principal": ROLE, "action": "s3:GetObject", "resource": "arn:aws:s3:::x"}
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([{"policies": {}, "request": request, "expected": "ALLOWED"}]), encoding="utf-8")
    assert main(["gate", "decide", str(path)]) == 1
    assert "1: DENIED (expected ALLOWED)" in capsys.readouterr().out
    assert main(["gate", "decide", str(tmp_path / "none.json")]) == 2
    assert "none.json: No such file or directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("member", "value", "told"),
    [
        ("context", {"aws:username": None}, "context aws:username expects text"),
        ("context", {"aws:username": [["a"]]}, "context aws:username expects text"),
        ("context", {"aws:username": {"a": "b"}}, "context aws:username expects text"),
        ("context", [], None),
        ("context", ["a"], "context expects an object"),
        ("unknown", "aws:username", "unknown expects a list"),
        ("unknown", [5, "aws:username"], None),
        ("principal", {"kind": ["role"]}, "principal expects a kind among"),
        ("principal", {"kind": "anonymous"}, None),
        ("action", 5, "action expects text, got 5"),
    ],
)
def test_a_request_of_another_kind_is_refused_and_never_guessed(
    tmp_path: Path, member: str, value: object, told: str | None
) -> None:
    path = _write(tmp_path, {"id": "A", "policies": {}, "request": _request(**{member: value})})
    if told is None:
        assert [case.decision.answer.value for case in decide_file(path)] == ["DENIED"]
        return
    with pytest.raises(AccessError) as error:
        decide_file(path)
    assert "cases.json: case A: request" in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("grants", "told"),
    [
        ([{"operations": ["Decrypt"]}], "a grant expects grantee"),
        ([{"grantee": "a", "operations": "Decrypt"}], "operations expects a list"),
        ([{"grantee": "a", "constraints": ["x"]}], "constraints of a grant expect an object"),
        (
            [{"grantee": "a", "constraints": {"EncryptionContextSubset": "x"}}],
            "an encryption context expects an object",
        ),
        ({}, "grants expects a list"),
    ],
)
def test_a_grant_of_another_kind_is_refused(tmp_path: Path, grants: object, told: str) -> None:
    with pytest.raises(AccessError, match=told):
        decide_file(_write(tmp_path, {"policies": {"grants": grants}, "request": _request()}))


@pytest.mark.parametrize(("expected", "status"), [(["DENIED", None], 0), (["ALLOWED", None], 1), ([None, None], 0)])
def test_the_exit_status_says_whether_the_answers_are_those_expected(
    tmp_path: Path, expected: list[str | None], status: int
) -> None:
    cases = [{"policies": {}, "request": _request(), "expected": one} for one in expected]
    assert exit_status(decide_file(_write(tmp_path, *cases))) == status


def test_an_account_is_read_off_the_arn_where_none_is_given() -> None:
    assert read_principal({"kind": "role", "arn": ROLE["arn"]}, "case").account == "111122223333"
    assert read_principal({"kind": "service", "name": "events.amazonaws.com"}, "case").account == ""
    assert read_principal({"kind": "user", "arn": "short"}, "case").account == ""
