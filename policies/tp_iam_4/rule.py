"""Each function has a role of its own, and nobody has a policy that AWS wrote for everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.managed_policies import attached_policies, attaching_types, managed_policy
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack, Value
    from tapeproof.gate.engine.rule import Parameters

_TO_USERS = ("aws_iam_user_policies_exclusive", "aws_iam_user_policy_attachments_exclusive")


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about functions' roles, attachments, and policies of users."""
    yield from _functions(stack, parameters)
    yield from _attachments(stack, parameters)
    yield from _users(stack, parameters)


@each("aws_lambda_function")
def _functions(function: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    def of_other(other: Resource) -> Iterator[Finding]:
        if other.address != function.address and _same_role(stack, function["role"], other["role"]):
            message = f"the role is also that of {other.address}, so each can do what the other may"
            yield function.fails(function["role"], message, fix="give it a role of its own", expected="an own role")

    yield from judge_all(stack.resources("aws_lambda_function"), of_other)


def _same_role(stack: Stack, one: Value, other: Value) -> bool:
    first, second = stack.resolve(one, "aws_iam_role"), stack.resolve(other, "aws_iam_role")
    if len(first) == len(second) == 1:
        return first[0].address == second[0].address
    return one.same_as(other)


@each(*attaching_types())
def _attachments(resource: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    def of_policy(policy: Value) -> Iterator[Finding]:
        name = managed_policy(stack, policy)
        if name and name not in parameters["allowed_managed_policies"]:
            message = f"{name} is AWS's own policy: it allows its actions on every resource"
            yield resource.fails(
                policy, message, fix="write a policy with exact ARNs", expected="no AWS-managed policy"
            )

    yield from judge_all((judge_all(attached_policies(resource), of_policy), _of_users(resource)), iter)


def _of_users(resource: Resource) -> Iterator[Finding]:
    if resource.type == "aws_iam_policy_attachment" and not resource["users"].is_unset and resource["users"].elements():
        yield resource.fails(resource["users"], "a policy is attached to users", fix="attach it to a role")


@each("aws_iam_user_policy", "aws_iam_user_policy_attachment", *_TO_USERS)
def _users(policy: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    listed = policy["policy_names"] if policy.type == _TO_USERS[0] else policy["policy_arns"]
    if policy.type in _TO_USERS and not listed.elements():
        return  # it sees to it that the user has none
    yield policy.fails(policy, "a user has a policy of their own", fix="give it to a role or a group")
