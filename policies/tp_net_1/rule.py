"""Buckets are private, and buckets, queues and topics take nothing in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.keys import not_usable
from tapeproof.gate.aws.public_access import SWITCHES, account_blocks, blocks_of, find_off, has_bucket_here
from tapeproof.gate.aws.transport import requires_tls
from tapeproof.gate.engine.ignored import find_ignored
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about public access to buckets, about TLS, and about encryption at rest."""
    yield from _tls(stack, parameters)
    yield from _buckets(stack, parameters)
    yield from _blocks_of_others(stack, parameters)
    yield from _encryption(stack, parameters)


@each("aws_s3_bucket", "aws_sqs_queue", "aws_sns_topic")
def _tls(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    if not requires_tls(stack, resource):
        message = "requests without TLS are not refused: no policy denies them"
        fix = "deny aws:SecureTransport = false to everyone in its policy"
        yield resource.fails(resource, message, fix=fix, expected="a Deny on aws:SecureTransport", observed="none")


@each("aws_s3_bucket")
def _buckets(bucket: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    mine, wide = blocks_of(stack, bucket), account_blocks(stack)
    if mine or wide:
        yield from _switches((*mine, *wide))
        yield from (finding for block in mine for finding in find_ignored(block, *SWITCHES))
    else:
        message = "nothing keeps the bucket from being made public"
        fix = "add an aws_s3_bucket_public_access_block with all four switches on"
        yield bucket.fails(bucket, message, fix=fix, expected="public access blocked", observed="not blocked")


@each("aws_s3_bucket_public_access_block")
def _blocks_of_others(block: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    if not has_bucket_here(stack, block):  # else it is judged with its bucket
        yield from _switches((block, *account_blocks(stack)))
        yield from find_ignored(block, *SWITCHES)


def _switches(blocks: tuple[Resource, ...]) -> Iterator[Finding]:
    def of_switch(name: str) -> Iterator[Finding]:
        block = find_off(name, blocks)
        if block is not None:
            yield block.fails(block[name], f"{name} is off", fix=f"{name} = true", expected="true", observed="off")

    yield from judge_all(SWITCHES, of_switch)


@each("aws_sqs_queue", "aws_sns_topic")
def _encryption(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    key, managed = resource["kms_master_key_id"], resource["sqs_managed_sse_enabled"]
    fix = "kms_master_key_id = aws_kms_key.<name>.id"
    if key.is_unset and (managed.is_unset or not managed.boolean()):
        message = "messages are not declared to be encrypted at rest"
        yield resource.fails(key if managed.is_null else managed, message, fix=fix, expected="a key", observed="none")
    wrong = not_usable(stack, key, resource)
    if wrong:
        what = resource.type.rpartition("_")[2]
        yield resource.fails(key, f"the {what} {wrong}", fix=fix, expected="a key that encrypts", observed=wrong)
