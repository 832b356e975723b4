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


def change(actions: list[str], **more: object) -> dict[str, object]:
    return {"address": GROUP["address"], "change": {"actions": actions, "after_unknown": {}}, **more}


def test_what_terraform_forgets_is_not_judged_as_if_it_stayed() -> None:
    stack = stack_of(PLAN | {"resource_changes": [change(["forget"])]}, "plan.json")
    assert not list(stack.resources())
    assert [removed.labels for removed in stack.blocks_of("removed")] == [("aws_cloudwatch_log_group.a",)]


def test_what_is_left_of_a_replacement_does_not_hide_what_is_known_after_apply() -> None:
    planned = change(["update"]) | {"change": {"actions": ["update"], "after_unknown": {"kms_key_id": True}}}
    changes = [planned, change(["delete"], deposed="a1b2c3d4")]
    configuration = {
        "mode": "managed",
        "type": "aws_cloudwatch_log_group",
        "name": "a",
        "expressions": {"name": {"constant_value": "a"}, "kms_key_id": {"references": ["aws_kms_key.k.arn"]}},
    }
    written = {"configuration": {"root_module": {"resources": [configuration]}}, "resource_changes": changes}
    (group,) = stack_of(PLAN | written, "plan.json").resources()
    assert not group["kms_key_id"].known
