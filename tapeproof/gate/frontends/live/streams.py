"""Kinesis streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource
    from tapeproof.gate.frontends.live.account import Account

__all__ = ["streams"]

_STREAM = ("aws_kinesis_stream", "name", "arn", "encryption_type", "kms_key_id", "retention_period")
_NOTHING = "{}"
"""The policy of a stream that has none."""


def streams(account: Account) -> Iterator[Resource]:
    """Yield the streams with their keys and policies."""
    for name in account.pages("kinesis", "list_streams", "StreamNames", gap=_STREAM):
        if account.covers(name):
            answer = account.ask("kinesis", "describe_stream_summary", StreamName=name)
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
            if isinstance(arn, str):
                yield from _policy(account, name, arn)


def _policy(account: Account, name: str, arn: str) -> Iterator[Resource]:
    policy = account.part(account.ask("kinesis", "get_resource_policy", ResourceARN=arn), "Policy")
    if policy and policy != _NOTHING:
        named = {"resource_arn": arn, "policy": policy}
        yield account.resource("aws_kinesis_resource_policy", name, f"{arn}/policy", **named)
