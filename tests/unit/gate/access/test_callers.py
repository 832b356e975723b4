"""Who can do this to that, with the statements and the conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.gate.access.callers import find_callers, render_callers
from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

ROOT = """
data "aws_caller_identity" "me" {}

resource "aws_dynamodb_table" "ledger" {
  name = "ledger"
}

resource "aws_kms_key" "seal" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = data.aws_caller_identity.me.account_id }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "kms:Sign"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.amazonaws.com" }
        Action    = "kms:Sign"
        Resource  = "*"
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:logs:*" } }
      },
    ]
  })
}

resource "aws_iam_policy" "fence" {
  name = "fence"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", NotAction = "dynamodb:Delete*", Resource = "*" }]
  })
}

resource "aws_iam_role" "writer" {
  for_each             = toset(["fenced", "free"])
  name                 = each.key
  permissions_boundary = each.key == "fenced" ? aws_iam_policy.fence.arn : null
  assume_role_policy   = "{}"
}

resource "aws_iam_role_policy" "writer" {
  for_each = aws_iam_role.writer
  name     = "write"
  role     = each.value.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Write", Effect = "Allow", Action = "dynamodb:*Item", Resource = aws_dynamodb_table.ledger.arn },
      { Effect = "Deny", Action = "dynamodb:UpdateItem", Resource = "*" },
      {
        Effect    = "Allow"
        Action    = "kms:Sign"
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalTag/job" = "seal" } }
      },
    ]
  })
}
"""


def _told(folder: Path, action: str, wanted: str) -> list[str]:
    (folder / "main.tf").write_text(ROOT, encoding="utf-8")
    lines = render_callers(find_callers(read(folder), action, wanted))
    return [line for line in lines if not line.startswith("    ")][:-1]


@pytest.mark.parametrize(
    ("action", "wanted", "expected"),
    [
        ("dynamodb:PutItem", "aws_dynamodb_table.ledger", ["fenced", "free"]),
        ("dynamodb:DeleteItem", "aws_dynamodb_table.ledger", ["free"]),
        ("dynamodb:UpdateItem", "aws_dynamodb_table.ledger", []),
        ("dynamodb:PutItem", "arn:aws:dynamodb:eu-west-1:111122223333:table/other", []),
        ("dynamodb:DescribeTable", "aws_dynamodb_table.ledger", []),
    ],
)
def test_roles_are_found_through_policies_and_boundaries(
    tmp_path: Path, action: str, wanted: str, expected: list[str]
) -> None:
    assert _told(tmp_path, action, wanted) == [f'aws_iam_role.writer["{name}"]: ALLOWED' for name in expected]


def test_a_key_is_used_by_whom_it_names_and_by_whom_its_account_lets(tmp_path: Path) -> None:
    assert _told(tmp_path, "kms:Sign", "aws_kms_key.seal") == [
        'aws_iam_role.writer["fenced"]: ALLOWED IF aws:PrincipalTag/job is seal',
        'aws_iam_role.writer["free"]: ALLOWED IF aws:PrincipalTag/job is seal',
        "arn:aws:iam::444455556666:root: ALLOWED",
        "logs.amazonaws.com: ALLOWED IF aws:SourceArn matches arn:aws:logs:*",
    ]


@pytest.mark.parametrize(
    ("action", "wanted", "said"),
    [
        ("dynamodb:DeleteItem", "aws_dynamodb_table.ledger", ""),
        ("dynamodb:DeleteItm", "aws_dynamodb_table.ledger", "did you mean dynamodb:DeleteItem?"),
        ("dynamodb:DeleteItem", "arn:aws:dynamodb:eu-west-1:444455556666:table/far", "is not in this stack"),
    ],
)
def test_what_makes_an_answer_smaller_than_it_looks_is_said(
    action: str, wanted: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "main.tf").write_text(ROOT, encoding="utf-8")
    assert main(["gate", "who-can", action, wanted, "--root", str(tmp_path)]) == (2 if said else 0)
    told = capsys.readouterr().err
    assert said in told
    assert bool(told) == bool(said)


def test_each_statement_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "main.tf").write_text(ROOT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    line = 1 + next(at for at, text in enumerate(ROOT.splitlines()) if 'Sid = "Write"' in text)
    assert main(["gate", "who-can", "dynamodb:DeleteItem", "aws_dynamodb_table.ledger"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1] == f'    by aws_iam_role_policy.writer["free"] (Write) at main.tf:{line}:7'


@pytest.mark.parametrize(
    ("action", "wanted", "told"),
    [
        ("dynamodb:*", "aws_dynamodb_table.ledger", "expected one action"),
        ("PutItem", "aws_dynamodb_table.ledger", "expected one action"),
        ("dynamodb:PutItem", "aws_dynamodb_table.none", "no resource of this stack has this address"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(tmp_path: Path, action: str, wanted: str, told: str) -> None:
    with pytest.raises(AccessError, match=told):
        _told(tmp_path, action, wanted)


def test_a_policy_that_is_not_known_leaves_the_role_open(tmp_path: Path) -> None:
    text = ROOT.replace('"dynamodb:*Item"', "var.actions") + 'variable "actions" {}\n'
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    callers = find_callers(read(tmp_path), "dynamodb:DeleteItem", "aws_dynamodb_table.ledger")
    assert [(caller.name, caller.decision.answer.value) for caller in callers] == [
        ('aws_iam_role.writer["free"]', "UNKNOWN")
    ]


@pytest.mark.parametrize(
    ("action", "expected"),
    [("s3:PutObject", ['aws_iam_role.writer["free"]']), ("s3:ListBucket", []), ("s3:DeleteObject", [])],
)
def test_the_objects_of_a_bucket_are_meant_where_the_action_is_on_objects(
    tmp_path: Path, action: str, expected: list[str]
) -> None:
    text = (
        ROOT
        + """
resource "aws_s3_bucket" "tiles" {
  bucket = "tiles"
}

resource "aws_iam_role_policy" "tiles" {
  name = "tiles"
  role = aws_iam_role.writer["free"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:Put*", Resource = "${aws_s3_bucket.tiles.arn}/2026/*" },
      { Effect = "Allow", Action = "s3:*Object", Resource = "arn:aws:s3:::tiles-of-others/*" },
    ]
  })
}
"""
    )
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    assert [caller.name for caller in find_callers(read(tmp_path), action, "aws_s3_bucket.tiles")] == expected


PEOPLE = """
resource "aws_iam_user" "mara" {
  name = "mara"
}

resource "aws_iam_group" "desk" {
  name = "desk"
}

resource "aws_iam_group_membership" "desk" {
  name  = "desk"
  users = [aws_iam_user.mara.name]
  group = aws_iam_group.desk.name
}

resource "aws_iam_group_policy" "desk" {
  group = aws_iam_group.desk.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:*:*:$${aws:username}-%s" }]
  })
}

resource "aws_iam_role_policy" "outside" {
  role   = "made-by-hand"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = aws_sqs_queue.jobs.arn }]
  })
}

resource "aws_sqs_queue" "jobs" {
  name = "mara-jobs"
}
"""


@pytest.mark.parametrize(
    ("action", "suffix", "expected"),
    [
        ("sqs:SendMessage", "jobs", ["aws_iam_user.mara: ALLOWED"]),
        ("sqs:SendMessage", "other", []),
        ("sqs:ReceiveMessage", "jobs", ["role made-by-hand, which is not in this stack: ALLOWED"]),
    ],
)
def test_users_by_their_groups_and_identities_outside_the_stack_are_found(
    tmp_path: Path, action: str, suffix: str, expected: list[str]
) -> None:
    (tmp_path / "main.tf").write_text(PEOPLE % suffix, encoding="utf-8")
    told = render_callers(find_callers(read(tmp_path), action, "aws_sqs_queue.jobs"))
    assert [line for line in told if not line.startswith("    ")][:-1] == expected


GRANTED = """
resource "aws_kms_key" "data" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_grant" "app" {
  key_id            = aws_kms_key.data.key_id
  grantee_principal = %s
  operations        = ["Decrypt"]
  %s
}
"""
SUBSET = 'constraints {\n    encryption_context_subset = { Department = "Desk" }\n  }'
CONTEXT = "ALLOWED IF kms:EncryptionContext:Department is Desk"
FAR = "arn:aws:iam::444455556666:role/far"
EQUALS = SUBSET.replace("subset", "equals")


@pytest.mark.parametrize(
    ("grantee", "constraints", "expected"),
    [
        ("aws_iam_role.app.arn", "", ["aws_iam_role.app: ALLOWED"]),
        (
            "aws_iam_role.app.arn",
            SUBSET,
            [f"aws_iam_role.app: {CONTEXT}"],
        ),
        (
            "aws_iam_role.app.arn",
            EQUALS,
            [f"aws_iam_role.app: {CONTEXT}"],
        ),
        (f'"{FAR}"', "", [f"{FAR}: ALLOWED"]),
        (f'"{FAR}"', SUBSET, [f"{FAR}: {CONTEXT}"]),
    ],
)
def test_a_grant_on_a_key_counts_with_its_constraints(
    tmp_path: Path, grantee: str, constraints: str, expected: list[str]
) -> None:
    (tmp_path / "main.tf").write_text(GRANTED % (grantee, constraints), encoding="utf-8")
    told = render_callers(find_callers(read(tmp_path), "kms:Decrypt", "aws_kms_key.data"))
    shown = [line for line in told if not line.startswith("    ")][:-1]
    assert shown == expected
    assert "    by aws_kms_grant.app at " in "\n".join(told)
    assert not find_callers(read(tmp_path), "kms:Sign", "aws_kms_key.data")


def test_a_caller_of_whom_nothing_is_known_is_named_without_a_number_of_this_run(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        """
        variable "who" {}
        locals {
          who = concat(var.who, ["*"])
        }
        resource "aws_sqs_queue" "q" {
          policy = jsonencode({
            Version   = "2012-10-17"
            Statement = [{ Effect = "Allow", Principal = { AWS = local.who }, Action = "sqs:*", Resource = "*" }]
          })
        }
        """,
        encoding="utf-8",
    )
    names = [caller.name for caller in find_callers(read(tmp_path), "sqs:SendMessage", "aws_sqs_queue.q")]
    assert "what is not known" in names
    assert not [name for name in names if "unknown-" in name]
