"""Policies of a stack as documents of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.reading import ANYONE, policy_of_value, unread_document
from tapeproof.gate.access.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.document import Document
    from tapeproof.gate.engine.model import Stack


@pytest.fixture
def read(stack_of: Callable[[str], Stack]) -> Callable[..., Document]:
    """Return a function that reads the policy of a queue."""

    def make(policy: str, before: str = "", *, trust: bool = False) -> Document:
        stack = stack_of(f'{before}\nresource "aws_sqs_queue" "q" {{\n  policy = {policy}\n}}\n')
        (queue,) = stack.resources("aws_sqs_queue")
        return policy_of_value(World(stack), queue["policy"], queue.address, trust=trust)

    return make


def _statement(members: str) -> str:
    return f'jsonencode({{ Version = "2012-10-17", Statement = [{{ Effect = "Allow", {members} }}] }})'


def test_a_policy_is_read_with_its_place(read: Callable[..., Document]) -> None:
    document = read(_statement('Sid = "Send", Action = "sqs:SendMessage", Resource = "*", Principal = "*"'))
    (statement,) = document.statements
    assert (document.name, statement.sid, statement.actions.values) == ("aws_sqs_queue.q", "Send", ("sqs:SendMessage",))
    assert statement.principals == (("AWS", "*"),)
    assert statement.place.endswith("main.tf:3:62")


@pytest.mark.parametrize(
    ("policy", "live"),
    [
        (_statement('Action = "sqs:*", Resource = "*"'), True),
        (_statement('Action = "sqs:*", Resource = "*"').replace("2012-10-17", "2008-10-17"), False),
        ('jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = "*" }] })', False),
    ],
)
def test_variables_live_in_one_version_only(read: Callable[..., Document], policy: str, live: bool) -> None:
    assert [one.live for one in read(policy).statements] == [live]


def test_a_statement_with_an_unknown_part_may_apply_to_anything_there(read: Callable[..., Document]) -> None:
    members = 'Action = "sqs:Send*", Resource = "arn:aws:sqs:*:1:${var.name}", Principal = "*"'
    exact, wide = read(_statement(members), 'variable "name" {}').statements
    assert not exact.unread
    assert wide.resources is not None
    assert wide.resources.values == ("arn:aws:sqs:*:1:*",)
    assert "var.name" in wide.unread[0]
    assert wide.actions.values == ("sqs:Send*",)


def test_what_is_excepted_and_unknown_only_may_apply(read: Callable[..., Document]) -> None:
    members = 'NotAction = var.spared, Resource = "*", Principal = "*"'
    found = read(_statement(members), 'variable "spared" {}').statements
    assert all(one.unread for one in found)
    assert {one.actions.values for one in found} == {("*",)}


@pytest.mark.parametrize("policy", ["var.policy", '"not json"', '"[]"', "jsonencode({ Statement = var.policy })"])
def test_a_policy_that_cannot_be_read_may_allow_or_deny_anything(read: Callable[..., Document], policy: str) -> None:
    document = read(policy, 'variable "policy" {}')
    assert {one.effect for one in document.statements} == {"Allow", "Deny"}
    assert all(one.unread and one.principals == ANYONE for one in document.statements)


def test_a_condition_that_aws_would_refuse_leaves_its_statement_open(read: Callable[..., Document]) -> None:
    members = 'Action = "sqs:*", Resource = "*", Condition = { StringEqual = { "aws:SourceArn" = "x" } }'
    document = read(_statement(members))
    assert all("there is no condition operator 'StringEqual'" in one.unread[0] for one in document.statements)


def test_a_trust_policy_names_no_resource(read: Callable[..., Document]) -> None:
    members = 'Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" }'
    assert [one.resources for one in read(_statement(members), trust=True).statements] == [None]
    (plain,) = read(_statement(members)).statements
    assert plain.resources is not None
    assert plain.resources.values == ()


def test_what_can_only_add_denies_nothing() -> None:
    (statement,) = unread_document("not in this stack", "role", allows_only=True).statements
    assert (statement.effect, statement.unread) == ("Allow", ("not in this stack",))
