"""Logs are encrypted with a customer-managed key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.keys import not_customer_managed
from tapeproof.gate.engine.rule import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@each("aws_cloudwatch_log_group")
def judge(group: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when a log group has no key, or AWS's own."""
    key = group["kms_key_id"]
    wrong = not_customer_managed(stack, key, group)
    if wrong:
        fix = "kms_key_id = aws_kms_key.<name>.arn"
        yield group.fails(key, f"the log group {wrong}", fix=fix, expected="a customer-managed key", observed=wrong)
