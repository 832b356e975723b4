"""What a change newly allows, and what is only written otherwise."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.gate.access.changes import Change, find_changes
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

BASE = """
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.jobs.arn
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.jobs.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_iam_policy" "fence" {
  name = "fence"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = "*" }]
  })
}

resource "aws_iam_role" "app" {
  name                 = "app"
  permissions_boundary = aws_iam_policy.fence.arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage"], Resource = aws_sqs_queue.jobs.arn }]
  })
}
"""


def _changes(folder: Path, before: str, after: str) -> list[Change]:
    for name, text in (("before", before), ("after", after)):
        (folder / name).mkdir()
        (folder / name / "main.tf").write_text(text, encoding="utf-8")
    return find_changes(read(folder / "before"), read(folder / "after"))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ('["sqs:ReceiveMessage"]', '["sqs:*Message"]', "identity"),
        ("aws_sqs_queue.jobs.arn }]", '"*" }]', "identity"),
        ('"lambda.amazonaws.com"', '["lambda.amazonaws.com", "ec2.amazonaws.com"]', "trust"),
        ('Action = "sqs:*", Resource = "*"', 'Action = ["sqs:*", "s3:*"], Resource = "*"', "boundary"),
        ("  permissions_boundary = aws_iam_policy.fence.arn\n", "", "boundary"),
        ('Principal = { Service = "events.amazonaws.com" }', 'Principal = "*"', "resource"),
        ('"aws:SecureTransport" = "false"', '"aws:SecureTransport" = "true"', "deny"),
    ],
)
def test_what_is_newly_allowed_is_found(tmp_path: Path, before: str, after: str, kind: str) -> None:
    assert before in BASE
    changes = _changes(tmp_path, BASE, BASE.replace(before, after))
    assert kind in {change.kind for change in changes}
    assert all(change.difference.new_access and change.difference.witness for change in changes)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("nothing at all", ""),
        ('["sqs:ReceiveMessage"]', '"sqs:ReceiveMessage"'),
        ("aws_sqs_queue.jobs", "aws_sqs_queue.work"),
        ("aws_iam_role.app", "aws_iam_role.this"),
        ('Action = "sqs:*", Resource = "*"', 'Action = ["sqs:Get*", "sqs:ReceiveMessage"], Resource = "*"'),
        ('["sqs:ReceiveMessage"]', "[]"),
    ],
)
def test_renaming_reordering_and_narrowing_are_no_new_access(tmp_path: Path, before: str, after: str) -> None:
    text = BASE.replace(before, after)
    for type_, name in (("aws_sqs_queue", "work"), ("aws_iam_role", "this")):
        old = {"work": "jobs", "this": "app"}[name]
        text = text.replace(f'"{type_}" "{old}"', f'"{type_}" "{name}"') if f"{type_}.{name}" in text else text
    assert not [change for change in _changes(tmp_path, BASE, text) if change.difference.new_access]


def test_a_new_role_is_new_access(tmp_path: Path) -> None:
    changes = _changes(tmp_path, BASE.partition('resource "aws_iam_role"')[0], BASE)
    assert [(change.name, change.kind) for change in changes] == [
        ("aws_iam_role.app", "identity"),
        ("aws_iam_role.app", "trust"),
    ]


def test_what_cannot_be_told_is_said(tmp_path: Path) -> None:
    after = BASE.replace('["sqs:ReceiveMessage"]', "var.actions") + 'variable "actions" {}\n'
    changes = _changes(tmp_path, BASE, after)
    assert [(change.name, change.difference.new_access) for change in changes] == [("aws_iam_role.app", None)]


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


def test_the_command_compares_the_working_tree_with_a_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "infra"
    root.mkdir()
    (root / "main.tf").write_text(BASE, encoding="utf-8")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-qm", "base")
    monkeypatch.chdir(tmp_path)
    assert main(["gate", "access-diff", "--root", "infra"]) == 0
    assert capsys.readouterr().out == "no new access\n"
    (root / "main.tf").write_text(BASE.replace('["sqs:ReceiveMessage"]', '["sqs:ReceiveMessage", "sqs:PurgeQueue"]'))
    assert main(["gate", "access-diff", "--root", "infra"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert (
        told[0] == "NEW ACCESS aws_iam_role.app (identity): sqs:PurgeQueue on arn:aws:sqs:eu-west-1:111122223333:jobs"
    )
    assert "infra/main.tf:" in told[1]
    assert main(["gate", "access-diff", "--root", "infra", "--base", "nowhere"]) == 2
    assert "infra: " in capsys.readouterr().err
    assert main(["gate", "access-diff", "--root", "none"]) == 2


NOTHING = 'resource "aws_sqs_queue" "jobs" {}\n'
ENDPOINT = """
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-1"
  service_name = "com.amazonaws.eu-west-1.s3"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:Get*", Resource = "*" }]
  })
}
"""
KEY = """
resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/k" }, Action = "kms:*", Resource = "*" }
    ]
  })
}

resource "aws_kms_grant" "data" {
  key_id            = aws_kms_key.data.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/app"
  operations        = ["Decrypt"]
}
"""
PEOPLE = """
resource "aws_iam_user" "mara" {
  name = "mara"
}

resource "aws_iam_group" "desk" {
  name = "desk"
}

resource "aws_iam_group_membership" "desk" {
  name  = "desk"
  users = ["mara"]
  group = "desk"
}

resource "aws_iam_group_policy" "desk" {
  group  = "desk"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:Get*", Resource = "*" }]
  })
}
"""
NOBODY = PEOPLE.replace('users = ["mara"]', "users = []")


@pytest.mark.parametrize(
    ("base", "change", "expected"),
    [
        (ENDPOINT, ('"s3:Get*"', '"s3:*"'), [("aws_vpc_endpoint.s3", "endpoint")]),
        (ENDPOINT, (ENDPOINT[ENDPOINT.index("  policy") : -2], ""), [("aws_vpc_endpoint.s3", "endpoint")]),
        (NOTHING, (NOTHING, ENDPOINT), []),
        (KEY, ('["Decrypt"]', '["Decrypt", "Encrypt"]'), [("aws_kms_key.data", "grant")]),
        (KEY, ('["Decrypt"]', '["Decrypt"]\n  constraints {\n    encryption_context_equals = { a = "b" }\n  }'), []),
        (KEY, (KEY[KEY.index("  policy") : KEY.index("}\n\n")], ""), [("aws_kms_key.data", "resource")]),
        (NOTHING, (NOTHING, 'resource "aws_kms_key" "data" {}'), []),
        (PEOPLE, ('"s3:Get*"', '"s3:*"'), [("aws_iam_user.mara", "identity")]),
        (PEOPLE, ('users = ["mara"]', "users = []"), []),
        (
            NOBODY,
            ("users = []", 'users = ["mara"]'),
            [("aws_iam_user.mara", "identity")],
        ),
    ],
)
def test_endpoints_grants_keys_and_people_are_compared_too(
    tmp_path: Path, base: str, change: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    changes = _changes(tmp_path, base, base.replace(*change))
    assert [(one.name, one.kind) for one in changes if one.difference.new_access] == expected
    assert [one.difference.reason for one in changes if not one.difference.new_access] == []
