"""Ways in which a role makes itself more than it is, and what is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.escalation import judge_role
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
    ],
)
def test_ways_to_more_are_found_over_all_statements(tmp_path: Path, statements: list[str], expected: list[str]) -> None:
    (tmp_path / "main.tf").write_text(ROOT % ", ".join(statements), encoding="utf-8")
    stack = read(tmp_path)
    role = next(iter(stack.resources("aws_iam_role")))
    told = [finding.message for finding in judge_role(stack, role)]
    assert [message.removeprefix("aws_iam_role.ci ").partition(":")[0] for message in told] == expected
