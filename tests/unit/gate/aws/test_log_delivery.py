"""Logs under the number of the account that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.log_delivery import writes_below_an_account
from tapeproof.gate.engine.model import policy_documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

BALANCER = "logdelivery.elasticloadbalancing.amazonaws.com"
POLICY = """
data "aws_caller_identity" "me" {{}}
resource "aws_s3_bucket_policy" "p" {{
  policy = jsonencode({{ Statement = [{{
    Effect = "Allow", Principal = {{ Service = "{}" }}, Action = {}, Resource = {}
  }}] }})
}}
"""


@pytest.mark.parametrize(
    ("service", "action", "resource", "bound"),
    [
        (BALANCER, '"s3:PutObject"', '"arn:aws:s3:::b/AWSLogs/111122223333/*"', True),
        (BALANCER, '["s3:putobject"]', '"arn:aws:s3:::b/in/AWSLogs/${data.aws_caller_identity.me.account_id}/*"', True),
        ("logdelivery.elb.amazonaws.com", '"s3:PutObject"', '"arn:aws:s3:::b/AWSLogs/111122223333/*"', True),
        (BALANCER, '"s3:PutObject"', '"arn:aws:s3:::b/AWSLogs/*"', False),
        (BALANCER, '"s3:PutObject"', '"arn:aws:s3:::*/AWSLogs/111122223333/*"', False),
        (BALANCER, '"s3:PutObject"', '["arn:aws:s3:::b/AWSLogs/111122223333/*", "arn:aws:s3:::b/*"]', False),
        (BALANCER, '["s3:PutObject", "s3:GetObject"]', '"arn:aws:s3:::b/AWSLogs/111122223333/*"', False),
        (BALANCER, '"s3:Put*"', '"arn:aws:s3:::b/AWSLogs/111122223333/*"', False),
        ("delivery.logs.amazonaws.com", '"s3:PutObject"', '"arn:aws:s3:::b/AWSLogs/111122223333/*"', False),
    ],
)
def test_a_balancer_is_bound_by_the_account_in_the_path(
    stack_of: Callable[[str], Stack], service: str, action: str, resource: str, *, bound: bool
) -> None:
    stack = stack_of(POLICY.format(service, action, resource))
    (document,) = policy_documents(stack)
    (statement,) = document.statements(stack)
    assert writes_below_an_account(statement, statement.principals[0]) is bound
