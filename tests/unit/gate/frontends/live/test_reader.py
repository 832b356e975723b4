"""An account is read into a model, one service after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.gate.frontends.live.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable

EMPTY: dict[str, Any] = {}


def test_an_empty_account_is_a_stack_with_a_region(session_of: Callable[..., Any]) -> None:
    stack = read(session=session_of(EMPTY), region="eu-west-1")
    assert (stack.root, stack.front_end, stack.everything, stack.unread) == (
        "aws:123456789012:eu-west-1",
        "live",
        (),
        (),
    )
    assert [block["region"].plain() for block in stack.blocks_of("provider")] == ["eu-west-1"]


def test_what_is_found_and_what_was_refused_stand_side_by_side(session_of: Callable[..., Any]) -> None:
    answers = {
        "list_queues": {"QueueUrls": ["https://x/q-dev", "https://x/q-prod"]},
        "get_queue_attributes": {"Attributes": {"QueueArn": "arn:q"}},
        "describe_log_groups": "AccessDenied",
        "list_users": "Throttling",
    }
    stack = read(session=session_of(answers), suffix="-dev")
    assert [one.address for one in stack.resources()] == ["https://x/q-dev", "aws_cloudwatch_log_group[?]"]
    assert [unknown.why for unknown in stack.unread] == [
        "AWS refused logs describe_log_groups: AccessDenied",
        "AWS refused iam list_users: Throttling",
    ]


def test_every_resource_stands_in_the_account(session_of: Callable[..., Any]) -> None:
    answers = {"list_queues": {"QueueUrls": ["https://x/q"]}, "get_queue_attributes": {"Attributes": {}}}
    (queue,) = read(session=session_of(answers)).resources()
    assert str(queue.span) == "aws:123456789012:us-east-1"
