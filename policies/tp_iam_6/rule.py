"""No role can make itself more than it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.escalation import judge_role
from tapeproof.gate.engine.rule import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@each("aws_iam_role")
def judge(role: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each way in which a role can make itself more than it is."""
    yield from judge_role(stack, role)
