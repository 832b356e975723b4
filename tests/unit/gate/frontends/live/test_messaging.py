"""Queues and topics, as a configuration would have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.frontends.live.messaging import queues, topics

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.frontends.live.account import Account

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/"


def test_a_queue_has_its_attributes_and_an_empty_one_is_absent(account_of: Callable[..., Account]) -> None:
    answer = {"QueueArn": "arn:q", "Policy": "", "RedrivePolicy": '{"maxReceiveCount":3}', "VisibilityTimeout": "30"}
    account = account_of(list_queues={"QueueUrls": [f"{URL}q"]}, get_queue_attributes={"Attributes": answer})
    (queue,) = queues(account)
    assert (queue.name, queue.address, queue["arn"].plain()) == ("q", f"{URL}q", "arn:q")
    assert "policy" not in queue
    assert queue["redrive_policy"].plain() == '{"maxReceiveCount":3}'
    assert queue["visibility_timeout_seconds"].number() == 30


@pytest.mark.parametrize(("name", "fifo"), [("q-dev", False), ("q-dev.fifo", True)])
def test_a_fifo_queue_is_known_by_its_name(name: str, fifo: bool, account_of: Callable[..., Account]) -> None:
    account = account_of(
        "-dev", list_queues={"QueueUrls": [URL + name, f"{URL}other"]}, get_queue_attributes={"Attributes": {}}
    )
    (queue,) = queues(account)
    assert queue["fifo_queue"].plain() is fifo


def test_what_aws_refuses_to_say_of_a_queue_is_unknown_not_absent(account_of: Callable[..., Account]) -> None:
    (queue,) = queues(account_of(list_queues={"QueueUrls": [f"{URL}q"]}, get_queue_attributes="AccessDenied"))
    for name in ("policy", "redrive_policy", "kms_master_key_id", "arn"):
        assert "AccessDenied" in queue[name].why


def test_a_topic_is_named_by_the_end_of_its_arn(account_of: Callable[..., Account]) -> None:
    arn = "arn:aws:sns:us-east-1:1:alarms.fifo"
    account = account_of(
        list_topics={"Topics": [{"TopicArn": arn}]}, get_topic_attributes={"Attributes": {"KmsMasterKeyId": "k"}}
    )
    (topic,) = topics(account)
    assert (topic.name, topic["fifo_topic"].plain(), topic["kms_master_key_id"].plain()) == ("alarms.fifo", True, "k")
    assert "policy" not in topic
    (refused,) = topics(account_of(list_topics={"Topics": [{"TopicArn": arn}]}, get_topic_attributes="AccessDenied"))
    assert not refused["policy"].known


def test_a_topic_has_who_is_subscribed_to_it_and_confirmed_that(account_of: Callable[..., Account]) -> None:
    arn = "arn:aws:sns:us-east-1:1:alarms"
    listed = [
        {"SubscriptionArn": f"{arn}:1", "Protocol": "sqs", "Endpoint": "arn:q"},
        {"SubscriptionArn": "PendingConfirmation", "Protocol": "email", "Endpoint": "mara@example.org"},
    ]
    account = account_of(
        list_topics={"Topics": [{"TopicArn": arn}]},
        get_topic_attributes={},
        list_subscriptions_by_topic={"Subscriptions": listed},
        get_subscription_attributes={"Attributes": {"RedrivePolicy": "{}"}},
    )
    _, subscription = topics(account)
    assert [subscription[name].plain() for name in ("topic_arn", "protocol", "endpoint", "redrive_policy")] == [
        arn,
        "sqs",
        "arn:q",
        "{}",
    ]
    assert "subscription_role_arn" not in subscription


def test_subscriptions_that_aws_refuses_to_list_may_be_any(account_of: Callable[..., Account]) -> None:
    topic = {"TopicArn": "arn:aws:sns:us-east-1:1:alarms"}
    answers = {"get_topic_attributes": {}, "list_subscriptions_by_topic": "AccessDenied"}
    account = account_of(list_topics={"Topics": [topic]}, **answers)
    list(topics(account))
    assert [gap.type for gap in account.gaps] == ["aws_sns_topic_subscription"]
    assert not account.gaps[0]["protocol"].known


TOPIC = "arn:aws:sns:us-east-1:1:alarms"
STANDING = {
    "list_queues": {"QueueUrls": ["https://x/q"]},
    "get_queue_attributes": {"Attributes": {"QueueArn": "arn:q"}},
    "list_topics": {"Topics": [{"TopicArn": TOPIC}]},
    "get_topic_attributes": {"Attributes": {}},
    "list_subscriptions_by_topic": {"Subscriptions": [{"SubscriptionArn": f"{TOPIC}:1", "Protocol": "sqs"}]},
    "get_subscription_attributes": {"Attributes": {}},
}


@pytest.mark.parametrize(
    ("gone", "code", "left"),
    [
        ("", "", ["https://x/q", TOPIC, f"{TOPIC}:1"]),
        ("get_queue_attributes", "AWS.SimpleQueueService.NonExistentQueue", [TOPIC, f"{TOPIC}:1"]),
        ("get_topic_attributes", "NotFound", ["https://x/q"]),
        ("get_subscription_attributes", "NotFound", ["https://x/q", TOPIC]),
    ],
)
def test_what_is_gone_since_it_was_listed_is_not_there(
    gone: str, code: str, left: list[str], account_of: Callable[..., Account]
) -> None:
    account = account_of(**STANDING | ({gone: code} if gone else {}))
    assert [one.address for one in (*queues(account), *topics(account))] == left
    assert account.unread == []
