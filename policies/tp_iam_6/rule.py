"""Nobody can make itself more than it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.escalation import judge_identity
from tapeproof.gate.engine.rule import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@each("aws_iam_role", "aws_iam_user", "aws_iam_group")
def judge(identity: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each way in which a role, a user or a group can make itself more than it is."""
    yield from judge_identity(stack, identity)
