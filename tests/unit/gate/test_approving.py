"""Approvals of new access: bound to what was approved, with a reason, an owner and an end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tapeproof.cli import main
from tapeproof.gate.access.changes import Change, find_changes
from tapeproof.gate.approving import Approval, approve, split_approved
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.frontends.hcl.reader import read
from tests.unit.gate.access.test_changes import BASE, _git

APPROVAL = Approval("the purge of the nightly run", "data desk", "2999-01-01")
PURGE = BASE.replace('["sqs:ReceiveMessage"]', '["sqs:ReceiveMessage", "sqs:PurgeQueue"]')
UNKNOWN = BASE.replace('["sqs:ReceiveMessage"]', "var.actions") + 'variable "actions" {}\n'


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def changes(after: str) -> list[Change]:
    """Return what is new in a configuration."""
    for name, text in (("before", BASE), ("after", after)):
        Path(name).mkdir(exist_ok=True)
        Path(name, "main.tf").write_text(text, encoding="utf-8")
    return find_changes(read(Path("before")), read(Path("after")))


@pytest.mark.parametrize("after", [PURGE, UNKNOWN], ids=["known", "not known"])
def test_what_is_approved_is_new_no_longer(after: str) -> None:
    found = changes(after)
    assert found
    approve(found, APPROVAL)
    left, approved = split_approved(changes(after))
    assert left == []
    assert {waiver.owner for _, waiver in approved} == {"data desk"}


@pytest.mark.parametrize(
    "worse",
    [
        PURGE.replace('"sqs:PurgeQueue"', '"sqs:PurgeQueue", "sqs:DeleteQueue"'),
        PURGE.replace("aws_sqs_queue.jobs.arn }]", '"*" }]'),
        PURGE.replace('Principal = { Service = "events.amazonaws.com" }', 'Principal = "*"'),
    ],
)
def test_what_allows_more_than_was_approved_is_new(worse: str) -> None:
    approve(changes(PURGE), APPROVAL)
    assert split_approved(changes(worse))[0]


def test_moved_lines_and_comments_need_no_other_approval() -> None:
    approve(changes(PURGE), APPROVAL)
    assert split_approved(changes("# a comment\n\n" + PURGE))[0] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [('expires: "2999-01-01"', 'expires: "2001-01-01"'), ("data desk", " "), ("ACCESS", "TP_IAM_1"), ("app", "a*")],
)
def test_an_approval_that_ended_or_lacks_something_or_is_of_another_thing_approves_nothing(old: str, new: str) -> None:
    path = approve(changes(PURGE), APPROVAL)
    path.write_text(path.read_text().replace(old, new))
    assert split_approved(changes(PURGE))[0]


WAIVER = "waivers:\n  - {policy: TP_DST_2, resource: 'x', reason: r, owner: o, expires: 2999-01-01}"


@pytest.mark.parametrize("before", ["", "waivers: []\n", "waivers:\n", WAIVER])
def test_approvals_stand_beside_the_waivers_that_were_there(before: str) -> None:
    Path(".tapeproof-waivers.yaml").write_text(before)
    path = approve(changes(PURGE), APPROVAL)
    approve(changes(PURGE.replace("PurgeQueue", "DeleteQueue")), APPROVAL)
    text = path.read_text()
    assert text.count('policy: "ACCESS"') == 2
    assert text.count("TP_DST_2") == before.count("TP_DST_2")
    assert split_approved(changes(PURGE))[0] == []


@pytest.mark.parametrize("before", ["waivers: [{policy: A, resource: b, reason: r, owner: o, expires: 2999-01-01}]",
                                    "waivers: {", "other: 1\n", "waivers:\n  - policy: A\n"])  # fmt: skip
def test_a_file_in_another_layout_or_a_broken_one_is_left_as_it_is(before: str) -> None:
    path = Path(".tapeproof-waivers.yaml")
    path.write_text(before)
    with pytest.raises(CannotJudgeError, match="no approval can be added"):
        approve(changes(PURGE), APPROVAL)
    assert path.read_text() == before
    assert sorted(one.name for one in Path().glob(".tapeproof*")) == [path.name]


@pytest.mark.parametrize(
    ("approval", "told"),
    [
        (APPROVAL._replace(reason=" "), "--reason"),
        (APPROVAL._replace(owner="", expires=""), "--owner, --expires"),
        (APPROVAL._replace(expires="soon"), "expected a date"),
        (APPROVAL._replace(expires="2001-01-01"), "the day is past"),
    ],
)
def test_an_approval_says_why_who_and_until_when(approval: Approval, told: str) -> None:
    with pytest.raises(CannotJudgeError, match=told):
        approve(changes(PURGE), approval)
    assert not Path(".tapeproof-waivers.yaml").exists()


def test_a_text_with_quotes_and_lines_is_one_value() -> None:
    approve(changes(PURGE), APPROVAL._replace(reason='he said: "yes"\n  - policy: TP_DST_2'))
    ((_, waiver),) = split_approved(changes(PURGE))[1]
    assert waiver.policy == "ACCESS"
    assert '"yes"' in waiver.reason


def test_the_command_approves_and_the_gate_keeps_the_approval(capsys: pytest.CaptureFixture[str]) -> None:
    Path("infra").mkdir()
    Path("infra/main.tf").write_text(BASE)
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "base"]):
        _git(Path(), *command)
    Path("infra/main.tf").write_text(PURGE)
    diff = ["gate", "access-diff", "--root", "infra"]
    assert main(diff) == 1
    assert main([*diff, "--approve"]) == 2
    assert main([*diff, "--approve", "--reason", "r", "--owner", "o", "--expires", "2999-01-01"]) == 0
    capsys.readouterr()
    assert main(diff) == 0
    assert "approved until 2999-01-01 by o: aws_iam_role.app (identity)" in capsys.readouterr().out
    main(["gate", "check", "infra", "--policy", "TP_IAM_1", "--format", "json"])
    told = capsys.readouterr().out
    assert '"policy": "ACCESS"' in told
    assert "is not needed" not in told
