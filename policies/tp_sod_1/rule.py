"""Who alone may do something is declared, and nobody else can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.duties import judge_declared
from tapeproof.gate.engine.rule import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Stack
    from tapeproof.gate.engine.rule import Parameters


@whole
def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each caller that may do what a declared duty keeps for others."""
    yield from judge_declared(stack, parameters["invariants"])
