"""A queue hides a message six times as long as a function may run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.findings import Scope, judge_hops
from tapeproof.gate.engine.rule import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Stack
    from tapeproof.gate.engine.rule import Parameters

_SCOPE = Scope(("delivery",), ("visibility",), ("visible soon",))


@whole
def judge(stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each queue that shows a message again too early."""
    yield from judge_hops(stack, _SCOPE)
