"""Sources are on, buses and patterns meet, kinds fit, and nothing overwrites another thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.findings import Scope, judge_hops
from tapeproof.gate.engine.rule import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Stack
    from tapeproof.gate.engine.rule import Parameters

_SCOPE = Scope(("delivery",), ("flow",))


@whole
def judge(stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each hop that is off, leads past its end, or is overwritten."""
    yield from judge_hops(stack, _SCOPE)
