"""A fault becomes a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


@pytest.mark.parametrize("observed", ["", "nothing"])
def test_a_fault_is_a_fail_at_its_place(stack_of: Callable[[str], Stack], observed: str) -> None:
    (queue,) = stack_of('resource "aws_sqs_queue" "q" {\n name = "q"\n}').resources()
    finding = Fault(queue["name"], "it is wrong", "mend it", "something else", observed).build_finding(queue)
    assert (finding.resource, finding.message, finding.fix) == ("aws_sqs_queue.q", "it is wrong", "mend it")
    assert (finding.verdict.value, finding.span.line, finding.observed) == ("fail", 2, observed or "'q'")
