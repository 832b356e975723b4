"""Ways in which a role makes itself more than it is, and what is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.escalation import judge_identity
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

ROOT = """
resource "aws_iam_role" "ci" {
  name               = "ci"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "ci" {
  name = "ci"
  role = aws_iam_role.ci.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [%s]
  })
}
"""
ALLOW = '{ Effect = "Allow", Action = %s, Resource = "%s" }'
DENY = '{ Effect = "Deny", Action = "%s", Resource = "%s" }'
ROLE = "arn:aws:iam::111122223333:role/ci"
FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:f"


KEY = "arn:aws:kms:eu-west-1:111122223333:key/k"
PASSED = """{
  Effect = "Allow", Action = "iam:PassRole", Resource = "*"
  Condition = { StringEquals = { "iam:PassedToService" = "%s.amazonaws.com" } }
}"""
FOR_AWS = """{
  Effect = "Allow", Action = "kms:CreateGrant", Resource = "*"
  Condition = { Bool = { "kms:GrantIsForAWSResource" = "%s" } }
}"""


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([ALLOW % ('"iam:PutRolePolicy"', ROLE)], ["gives itself a policy"]),
        ([ALLOW % ('"iam:PutRole*"', "*")], ["gives itself a policy"]),
        ([ALLOW % ('"iam:PutRolePolicy"', ROLE), DENY % ("iam:*", "*")], []),
        (
            [ALLOW % ('"iam:PutRolePolicy"', ROLE), DENY % ("iam:*", "arn:aws:iam::*:role/other")],
            ["gives itself a policy"],
        ),
        ([ALLOW % ('"iam:PassRole"', ROLE)], []),
        ([ALLOW % ('"lambda:CreateFunction"', FUNCTION)], []),
        (
            [ALLOW % ('"iam:PassRole"', ROLE), ALLOW % ('"lambda:CreateFunction"', FUNCTION)],
            ["runs new code as another role"],
        ),
        ([ALLOW % ('"lambda:UpdateFunctionCode"', FUNCTION)], ["changes the code that a function runs as its role"]),
        ([ALLOW % ('["iam:Get*", "iam:List*", "lambda:Get*"]', "*")], []),
        ([PASSED % "lambda", ALLOW % ('"lambda:CreateFunction"', FUNCTION)], ["runs new code as another role"]),
        ([PASSED % "ecs-tasks", ALLOW % ('"lambda:CreateFunction"', FUNCTION)], []),
        ([PASSED % "scheduler", ALLOW % ('"scheduler:*"', "*")], ["lets a schedule call anything as another role"]),
        ([ALLOW % ('"kms:CreateGrant"', KEY)], ["grants itself the use of a key"]),
        ([FOR_AWS % "true"], []),
        ([FOR_AWS % "false"], ["grants itself the use of a key"]),
        ([ALLOW % ('"kms:*"', KEY)], []),
        ([ALLOW % ('"lambda:AddPermission"', FUNCTION)], ["lets itself invoke a function"]),
        ([ALLOW % ('["lambda:AddPermission", "lambda:InvokeFunction"]', FUNCTION)], []),
        ([ALLOW % ('"iam:CreateAccessKey"', "arn:aws:iam::*:user/$${aws:username}")], []),
        ([ALLOW % ('"iam:CreateAccessKey"', "arn:aws:iam::*:user/*")], ["makes keys of another user"]),
        ([ALLOW % ('"iam:AddUserToGroup"', "arn:aws:iam::*:group/admins")], ["puts a user into a group"]),
    ],
)
def test_ways_to_more_are_found_over_all_statements(tmp_path: Path, statements: list[str], expected: list[str]) -> None:
    (tmp_path / "main.tf").write_text(ROOT % ", ".join(statements), encoding="utf-8")
    stack = read(tmp_path)
    role = next(iter(stack.resources("aws_iam_role")))
    told = [finding.message for finding in judge_identity(stack, role)]
    assert [message.removeprefix("aws_iam_role.ci ").partition(":")[0] for message in told] == expected


USER = """
resource "aws_iam_user" "mara" {
  name = "mara"
}

resource "aws_iam_group" "desk" {
  name = "desk"
}

resource "aws_iam_user_group_membership" "mara" {
  user   = aws_iam_user.mara.name
  groups = [aws_iam_group.desk.name]
}

resource "aws_iam_group_policy" "desk" {
  group = aws_iam_group.desk.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PutUserPolicy", Resource = "*" }]
  })
}
"""


def test_users_and_groups_have_ways_to_more_too(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(USER, encoding="utf-8")
    stack = read(tmp_path)
    for holder in stack.resources("aws_iam_user", "aws_iam_group"):
        (finding,) = judge_identity(stack, holder)
        assert finding.message.startswith(f"{holder.address} gives a user a policy: it may call iam:PutUserPolicy")
        assert finding.resource == "aws_iam_group_policy.desk"


FENCED = """
resource "aws_iam_policy" "fence" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:*", Resource = "%s" }]
  })
}
"""


@pytest.mark.parametrize(
    ("boundary", "fence", "expected"),
    [
        ("aws_iam_policy.fence.arn", "arn:aws:iam::111122223333:role/b", 1),
        ("aws_iam_policy.fence.arn", "arn:aws:iam::111122223333:role/c", 0),
        ('"arn:aws:iam::111122223333:policy/elsewhere"', "*", None),
    ],
)
def test_a_boundary_leaves_what_it_shares_with_the_policies(
    tmp_path: Path, boundary: str, fence: str, expected: int | None
) -> None:
    both = '{ Effect = "Allow", Action = "iam:PutRolePolicy", Resource = %s }'
    arns = '["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"]'
    bounded = ROOT.replace('= "ci"\n  assume', f'= "ci"\n  permissions_boundary = {boundary}\n  assume')
    (tmp_path / "main.tf").write_text(bounded % (both % arns) + FENCED % fence, encoding="utf-8")
    stack = read(tmp_path)
    role = next(iter(stack.resources("aws_iam_role")))
    if expected is None:
        with pytest.raises(Undecided):
            list(judge_identity(stack, role))
    else:
        assert len(list(judge_identity(stack, role))) == expected
