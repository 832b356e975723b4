"""Kinesis streams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Unknown
    from tapeproof.gate.frontends.live.account import Account

__all__ = ["streams"]

_STREAM = ("aws_kinesis_stream", "name", "arn", "encryption_type", "kms_key_id", "retention_period")
_NOTHING = "{}"
"""The policy of a stream that has none."""


def streams(account: Account) -> Iterator[Resource]:
    """Yield the streams with their keys and policies."""
    for name in account.pages("kinesis", "list_streams", "StreamNames", gap=_STREAM):
        if account.covers(name):
            answer = account.describe("kinesis", "describe_stream_summary", StreamName=name)
            if answer is None:
                continue
            found = account.part(answer, "StreamDescriptionSummary")
            arn = account.part(found, "StreamARN")
            yield account.resource(
                "aws_kinesis_stream",
                name,
                arn if isinstance(arn, str) else name,
                name=name,
                arn=arn,
                encryption_type=account.part(found, "EncryptionType"),
                kms_key_id=account.part(found, "KeyId") or None,
                retention_period=account.part(found, "RetentionPeriodHours"),
            )
            yield from _policy(account, name, arn)


def _policy(account: Account, name: str, arn: str | Unknown) -> Iterator[Resource]:
    """Yield the policy of a stream; whose ARN AWS refuses to say, of its policy nothing is known either."""
    policy: Any = arn
    if isinstance(arn, str):
        policy = account.part(account.ask("kinesis", "get_resource_policy", ResourceARN=arn), "Policy")
    if policy and policy != _NOTHING:
        named = {"resource_arn": arn, "policy": policy}
        address = f"{arn if isinstance(arn, str) else name}/policy"
        yield account.resource("aws_kinesis_resource_policy", name, address, **named)
