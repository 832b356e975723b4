"""Queues and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource
    from tapeproof.gate.frontends.live.account import Account

__all__ = ["queues", "topics"]


def queues(account: Account) -> Iterator[Resource]:
    """Yield the queues with their policies, keys and redrive policies."""
    for url in account.pages("sqs", "list_queues", "QueueUrls"):
        name = url.rpartition("/")[2]
        if not account.covers(name):
            continue
        answer = account.describe("sqs", "get_queue_attributes", QueueUrl=url, AttributeNames=["All"])
        if answer is None:
            continue
        managed = account.part(answer, "Attributes", "SqsManagedSseEnabled")
        yield account.resource(
            "aws_sqs_queue",
            name,
            url,
            name=name,
            id=url,
            url=url,
            arn=account.part(answer, "Attributes", "QueueArn"),
            policy=account.part(answer, "Attributes", "Policy") or None,
            redrive_policy=account.part(answer, "Attributes", "RedrivePolicy") or None,
            kms_master_key_id=account.part(answer, "Attributes", "KmsMasterKeyId") or None,
            sqs_managed_sse_enabled=managed,
            fifo_queue=name.endswith(".fifo"),
            content_based_deduplication=account.part(answer, "Attributes", "ContentBasedDeduplication"),
            message_retention_seconds=account.part(answer, "Attributes", "MessageRetentionPeriod"),
            visibility_timeout_seconds=account.part(answer, "Attributes", "VisibilityTimeout"),
            redrive_allow_policy=account.part(answer, "Attributes", "RedriveAllowPolicy") or None,
        )


_SUBSCRIPTION = ("aws_sns_topic_subscription", "topic_arn", "protocol", "endpoint", "redrive_policy")
_UNCONFIRMED = frozenset({"PendingConfirmation", "Deleted"})
"""What AWS lists in place of the ARN of a subscription that gets nothing."""


def topics(account: Account) -> Iterator[Resource]:
    """Yield the topics with their policies and keys, and who is subscribed to them."""
    for topic in account.pages("sns", "list_topics", "Topics"):
        arn = topic["TopicArn"]
        name = arn.rpartition(":")[2]
        if not account.covers(name):
            continue
        answer = account.describe("sns", "get_topic_attributes", TopicArn=arn)
        if answer is None:
            continue
        yield account.resource(
            "aws_sns_topic",
            name,
            arn,
            name=name,
            arn=arn,
            id=arn,
            policy=account.part(answer, "Attributes", "Policy") or None,
            kms_master_key_id=account.part(answer, "Attributes", "KmsMasterKeyId") or None,
            fifo_topic=name.endswith(".fifo"),
        )
        for listed in account.pages(
            "sns", "list_subscriptions_by_topic", "Subscriptions", gap=_SUBSCRIPTION, TopicArn=arn
        ):
            if listed["SubscriptionArn"] not in _UNCONFIRMED:
                yield from _subscription(account, arn, listed)


def _subscription(account: Account, topic: str, listed: dict[str, str]) -> Iterator[Resource]:
    arn = listed["SubscriptionArn"]
    answer = account.describe("sns", "get_subscription_attributes", SubscriptionArn=arn)
    if answer is None:
        return
    yield account.resource(
        "aws_sns_topic_subscription",
        arn.rpartition(":")[2],
        arn,
        topic_arn=topic,
        protocol=listed["Protocol"],
        endpoint=listed.get("Endpoint"),
        subscription_role_arn=account.part(answer, "Attributes", "SubscriptionRoleArn") or None,
        redrive_policy=account.part(answer, "Attributes", "RedrivePolicy") or None,
    )
