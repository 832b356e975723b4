"""Plans that do not say what they lead to are not judged."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.frontends.plan.reader import stack_of

GROUP = {
    "address": "aws_cloudwatch_log_group.a",
    "mode": "managed",
    "type": "aws_cloudwatch_log_group",
    "name": "a",
    "values": {"name": "a", "retention_in_days": 7},
}
PLAN = {
    "format_version": "1.2",
    "planned_values": {"root_module": {"resources": [GROUP]}},
    "configuration": {"root_module": {"resources": []}},
}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"complete": False}, "leaves changes out"),
        ({"errored": True}, "failed"),
        ({"format_version": "2.0"}, "formats 1.x"),
        ({"planned_values": None, "configuration": None}, "not as Terraform writes plans"),
    ],
)
def test_a_plan_that_is_not_whole_is_refused(changed: dict[str, object], why: str) -> None:
    with pytest.raises(CannotJudgeError, match=why):
        stack_of(PLAN | changed, "plan.json")


def test_a_whole_plan_is_read() -> None:
    (group,) = stack_of(PLAN | {"complete": True}, "plan.json").resources()
    assert group.address == "aws_cloudwatch_log_group.a"
