"""What failed gets to the queue or topic that is named for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.findings import Scope, judge_hops
from tapeproof.gate.engine.rule import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Stack
    from tapeproof.gate.engine.rule import Parameters

_SCOPE = Scope(("failure",), ("admission", "flow"))


@whole
def judge(stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each hop on which a failure is lost."""
    yield from judge_hops(stack, _SCOPE)
