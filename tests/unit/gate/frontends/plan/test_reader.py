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


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("address", None),
        ("address", 7),
        ("type", ["a"]),
        ("name", True),
        ("index", []),
        ("index", True),
        ("provider_name", {}),
        ("values", [None]),
        ("values", True),
        ("sensitive_values", ["a"]),
    ],
)
def test_a_resource_of_another_shape_is_refused(member: str, value: object) -> None:
    planned = {"root_module": {"resources": [GROUP | {member: value}]}}
    with pytest.raises(CannotJudgeError, match=f"{member} of .* is {type(value).__name__}"):
        stack_of(PLAN | {"planned_values": planned}, "plan.json")


def test_a_change_of_which_all_is_unknown_is_refused() -> None:
    changes = [change(["create"]) | {"change": {"actions": ["create"], "after_unknown": True}}]
    with pytest.raises(CannotJudgeError, match=r"after_unknown of .* is bool"):
        stack_of(PLAN | {"resource_changes": changes}, "plan.json")


@pytest.mark.parametrize("name", [None, 7, [], {}])
def test_a_provider_whose_name_is_no_text_is_refused(name: object) -> None:
    configuration = {"root_module": {}, "provider_config": {"aws": {"name": name}}}
    with pytest.raises(CannotJudgeError, match="name of provider aws is"):
        stack_of(PLAN | {"configuration": configuration}, "plan.json")


@pytest.mark.parametrize("actions", [["create"], ["update"], ["delete", "create"], ["create", "forget"]])
@pytest.mark.parametrize("left", [{}, {"root_module": {}}, {"root_module": {"resources": []}}])
def test_a_plan_that_changes_what_it_has_no_values_of_is_refused(actions: list[str], left: dict[str, object]) -> None:
    with pytest.raises(CannotJudgeError, match="planned_values lacks aws_cloudwatch_log_group"):
        stack_of(PLAN | {"planned_values": left, "resource_changes": [change(actions)]}, "plan.json")


@pytest.mark.parametrize("actions", [["delete"], ["forget"]])
def test_a_plan_that_takes_everything_away_has_no_values(actions: list[str]) -> None:
    stack = stack_of(PLAN | {"planned_values": {}, "resource_changes": [change(actions)]}, "plan.json")
    assert not list(stack.resources())


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
