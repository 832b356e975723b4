"""Which policies an identity has, and what cannot be told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.attachments import Attachments
from tapeproof.gate.access.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

DOCUMENT = 'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "%s", Resource = "*" }] })'
IDENTITY = 'resource "aws_iam_%s" "i" {\n  name = "i"\n}\n'
POLICY = f'resource "aws_iam_policy" "p" {{\n  policy = {DOCUMENT % "sqs:A"}\n}}\n'


def _resource(type_: str, *lines: str) -> str:
    return f'resource "{type_}" "a" {{\n  ' + "\n  ".join(lines) + "\n}\n"


def _actions(stack: Stack, type_: str) -> list[str]:
    (holder,) = stack.resources(type_)
    owned = Attachments(World(stack)).identity(holder)
    return [text for one in owned for each in one.document.statements for text in (each.unread or each.actions.values)]


@pytest.mark.parametrize("kind", ["role", "user", "group"])
@pytest.mark.parametrize(
    ("type_", "lines"),
    [
        (
            "aws_iam_KIND_policy",
            ("KIND = aws_iam_KIND.i.name", "policy = " + DOCUMENT % "sqs:A"),
        ),
        ("aws_iam_KIND_policy_attachment", ("KIND = aws_iam_KIND.i.name", "policy_arn = aws_iam_policy.p.arn")),
        ("aws_iam_policy_attachment", ("KINDs = [aws_iam_KIND.i.name]", "policy_arn = aws_iam_policy.p.arn")),
        (
            "aws_iam_KIND_policy_attachments_exclusive",
            ("KIND_name = aws_iam_KIND.i.name", "policy_arns = [aws_iam_policy.p.arn]"),
        ),
    ],
)
def test_each_way_to_attach_a_policy_counts_for_each_kind_of_identity(
    stack_of: Callable[[str], Stack], kind: str, type_: str, lines: tuple[str, ...]
) -> None:
    attached = _resource(type_.replace("KIND", kind), *(line.replace("KIND", kind) for line in lines))
    assert _actions(stack_of(IDENTITY % kind + POLICY + attached), f"aws_iam_{kind}") == ["sqs:A"]


GROUP = """
resource "aws_iam_group" "g" {
  name = "g"
}

resource "aws_iam_group_policy_attachment" "g" {
  group      = aws_iam_group.g.name
  policy_arn = aws_iam_policy.p.arn
}
"""


@pytest.mark.parametrize(
    ("membership", "expected"),
    [
        (
            _resource("aws_iam_user_group_membership", "user = aws_iam_user.i.name", "groups = [aws_iam_group.g.name]"),
            True,
        ),
        (_resource("aws_iam_group_membership", "users = [aws_iam_user.i.name]", "group = aws_iam_group.g.name"), True),
        (_resource("aws_iam_group_membership", 'users = ["i"]', 'group = "g"'), True),
        (_resource("aws_iam_group_membership", 'users = ["another"]', 'group = "g"'), False),
        ("", False),
    ],
)
def test_a_user_has_the_policies_of_its_groups(
    stack_of: Callable[[str], Stack], membership: str, *, expected: bool
) -> None:
    stack = stack_of(IDENTITY % "user" + POLICY + GROUP + membership)
    assert _actions(stack, "aws_iam_user") == (["sqs:A"] if expected else [])
    (group,) = stack.resources("aws_iam_group")
    assert Attachments(World(stack)).has_members(group) is expected


def test_a_group_outside_the_stack_may_allow_anything(stack_of: Callable[[str], Stack]) -> None:
    outside = _resource("aws_iam_user_group_membership", "user = aws_iam_user.i.name", 'groups = ["admins"]')
    assert _actions(stack_of(IDENTITY % "user" + outside), "aws_iam_user") == [
        "what the group admins allows is not in this stack"
    ]


def test_members_that_are_not_known_may_be_any_user(stack_of: Callable[[str], Stack]) -> None:
    open_members = 'variable "users" {}\n' + _resource(
        "aws_iam_group_membership", "users = var.users", "group = aws_iam_group.g.name"
    )
    stack = stack_of(IDENTITY % "user" + POLICY + GROUP + open_members)
    (told,) = _actions(stack, "aws_iam_user")
    assert "users" in told
    (group,) = stack.resources("aws_iam_group")
    assert not Attachments(World(stack)).has_members(group)


def test_a_user_has_a_boundary_too(stack_of: Callable[[str], Stack]) -> None:
    bounded = IDENTITY.replace("}", "  permissions_boundary = aws_iam_policy.p.arn\n}") % "user"
    stack = stack_of(bounded + POLICY)
    (user,) = stack.resources("aws_iam_user")
    boundary = Attachments(World(stack)).boundary(user)
    assert boundary is not None
    assert boundary.holder.address == "aws_iam_policy.p"
