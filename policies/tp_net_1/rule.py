"""Buckets are private, and buckets, queues and topics take nothing in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.judging import those
from tapeproof.gate.aws.transport import requires_tls
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters

_SWITCHES = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about public access to buckets, about TLS, and about encryption at rest."""
    yield from _tls(stack, parameters)
    yield from _buckets(stack, parameters)
    yield from _encryption(stack, parameters)


@each("aws_s3_bucket", "aws_sqs_queue", "aws_sns_topic")
def _tls(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    if not requires_tls(stack, resource):
        message = "requests without TLS are not refused: no policy denies them"
        fix = "deny aws:SecureTransport = false to everyone in its policy"
        yield resource.fails(resource, message, fix=fix, expected="a Deny on aws:SecureTransport", observed="none")


@each("aws_s3_bucket")
def _buckets(bucket: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    blocks = stack.resources("aws_s3_bucket_public_access_block")
    mine = list(those(blocks, lambda block: bucket in stack.resolve(block["bucket"], bucket.type)))
    if not mine:
        message = "nothing keeps the bucket from being made public"
        fix = "add an aws_s3_bucket_public_access_block with all four switches on"
        yield bucket.fails(bucket, message, fix=fix, expected="public access blocked", observed="not blocked")

    def of_switch(name: str) -> Iterator[Finding]:
        switch = mine[0][name]
        if switch.is_unset or not switch.boolean():
            yield mine[0].fails(switch, f"{name} is off", fix=f"{name} = true", expected="true", observed="off")

    yield from judge_all(_SWITCHES if mine else (), of_switch)


@each("aws_sqs_queue", "aws_sns_topic")
def _encryption(resource: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    managed = resource["sqs_managed_sse_enabled"]
    if resource["kms_master_key_id"].is_unset and (managed.is_unset or not managed.boolean()):
        message = "messages are not declared to be encrypted at rest"
        fix = "kms_master_key_id = aws_kms_key.<name>.id"
        place = resource["kms_master_key_id"] if managed.is_null else managed
        yield resource.fails(place, message, fix=fix, expected="a key", observed="none")
