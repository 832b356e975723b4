"""Whether a role may be assumed and may call, and where a refusal is to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.roles import may_assume, may_call
from tapeproof.gate.engine.model import Known

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.site import Site

SOURCE = "arn:aws:events:eu-west-1:111122223333:rule/shop/placed"
ROLE = """
resource "aws_iam_role" "r" {
  name                 = "r"
  permissions_boundary = %s
  assume_role_policy   = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole"%s }]
  })
  inline_policy {
    name   = "p"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "%s", Resource = "*" }] })
  }
}

resource "aws_iam_policy" "fence" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
"""


@pytest.mark.parametrize(
    ("boundary", "action", "code"),
    [
        ("null", "sqs:SendMessage", ""),
        ("null", "sqs:Get*", "role"),
        ("aws_iam_policy.fence.arn", "sqs:SendMessage", "boundary"),
        ("aws_iam_policy.fence.arn", "sqs:Get*", "role"),
    ],
)
def test_a_refusal_is_mended_in_the_role_or_in_its_boundary(
    site_of: Callable[[str], Site], boundary: str, action: str, code: str
) -> None:
    site = site_of(ROLE % (boundary, "", action))
    (role,) = site.stack.resources("aws_iam_role")
    stops = list(may_call(site, role, ["sqs:SendMessage"], "arn:aws:sqs:eu-west-1:1:q", Known("here")))
    assert [stop.code for stop in stops] == ([code] if code else [])


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("", []),
        (f', Condition = {{ ArnEquals = {{ "aws:SourceArn" = "{SOURCE}" }} }}', []),
        (', Condition = { ArnEquals = { "aws:SourceArn" = "arn:aws:lambda:eu-west-1:1:function:f" } }', ["trust"]),
    ],
)
def test_a_role_is_assumed_by_whom_it_trusts(site_of: Callable[[str], Site], condition: str, codes: list[str]) -> None:
    site = site_of(ROLE % ("null", condition, "sqs:*"))
    (role,) = site.stack.resources("aws_iam_role")
    stops = list(may_assume(site, "lambda.amazonaws.com", role, SOURCE, Known("here")))
    assert [stop.code for stop in stops] == codes
