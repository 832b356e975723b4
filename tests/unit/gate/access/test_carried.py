"""What requests carry, whatever they are about.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.carried import carried_by, carried_by_service, open_to_caller, open_to_service
from tapeproof.gate.access.principal import Principal
from tapeproof.gate.access.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

ACCOUNT = "111122223333"
ROLE = Principal("role", f"arn:aws:iam::{ACCOUNT}:role/r", ACCOUNT, f"arn:aws:sts::{ACCOUNT}:assumed-role/r/s")
USER = Principal("user", f"arn:aws:iam::{ACCOUNT}:user/team/ann", ACCOUNT)


@pytest.mark.parametrize(
    ("principal", "action", "arn", "owed"),
    [
        (ROLE, "kms:Decrypt", "arn:aws:kms:eu-west-1:1:key/k", {"kms:calleraccount": ACCOUNT}),
        (ROLE, "sqs:SendMessage", "arn:aws:sqs:eu-west-1:1:q", {"aws:requestedregion": "eu-west-1"}),
        (ROLE, "s3:GetObject", "arn:aws:s3:::b/k", {"aws:principaltype": "AssumedRole"}),
        (USER, "s3:GetObject", "arn:aws:s3:::b/k", {"aws:username": "ann"}),
        (Principal("service", "sns.amazonaws.com"), "sqs:SendMessage", "*", {"aws:principalisawsservice": "true"}),
    ],
)
def test_a_request_carries_what_aws_puts_into_it(
    principal: Principal, action: str, arn: str, owed: dict[str, str]
) -> None:
    carried = carried_by(principal, "444455556666", action, arn)
    assert {key: carried[key] for key in owed} == {key: (value,) for key, value in owed.items()}
    assert carried["aws:resourceaccount"] == ("444455556666",)


def test_no_region_is_carried_that_nobody_knows() -> None:
    assert "aws:requestedregion" not in carried_by(ROLE, ACCOUNT, "sqs:SendMessage", "arn:aws:sqs:*:1:q")


def test_the_call_of_a_service_carries_whom_it_is_for(stack_of: Callable[[str], Stack]) -> None:
    world = World(stack_of('resource "aws_sqs_queue" "q" {\n name = "q"\n}\n'))
    plain, owned = (carried_by_service(world, "sns.amazonaws.com", "arn:x", owner=owner) for owner in (False, True))
    assert plain["aws:sourcearn"] == ("arn:x",)
    assert "aws:sourceowner" not in plain
    assert owned["aws:sourceowner"] == (world.account,)


def test_a_role_never_carries_the_name_of_a_user() -> None:
    asked = frozenset({"aws:username", "aws:principaltag/team", "aws:principalarn"})
    assert open_to_caller(ROLE, asked, {"aws:principalarn": ("x",)}) == {"aws:principaltag/team"}
    assert open_to_caller(USER, asked, {}) == asked


def test_a_service_may_bring_organisations_and_nothing_else_unknown() -> None:
    asked = frozenset({"aws:sourceorgid", "aws:principaltag/team"})
    assert open_to_service(asked, {}) == {"aws:sourceorgid"}
