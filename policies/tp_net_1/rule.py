"""Buckets are private, and buckets, queues and topics take nothing in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.judging import any_of, those
from tapeproof.gate.aws.keys import not_usable
from tapeproof.gate.aws.transport import requires_tls
from tapeproof.gate.engine.ignored import find_ignored
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack, Value
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
    wide = list(those(stack.resources("aws_s3_account_public_access_block"), _is_of_own_account))
    if not mine and not wide:
        message = "nothing keeps the bucket from being made public"
        fix = "add an aws_s3_bucket_public_access_block with all four switches on"
        yield bucket.fails(bucket, message, fix=fix, expected="public access blocked", observed="not blocked")
        return

    def of_switch(name: str) -> Iterator[Finding]:
        if not any_of((*mine, *wide), lambda block: _is_on(block[name])):
            block = (*mine, *wide)[0]
            yield block.fails(block[name], f"{name} is off", fix=f"{name} = true", expected="true", observed="off")

    yield from judge_all(_SWITCHES, of_switch)
    yield from (finding for block in mine for finding in find_ignored(block, *_SWITCHES))


def _is_on(switch: Value) -> bool:
    return not switch.is_unset and switch.boolean()


def _is_of_own_account(block: Resource) -> bool:
    """Return whether an account-wide block is of the account that the buckets are in."""
    account = block["account_id"]
    if not account.is_unset and not account.is_reference:
        raise Undecided(account, "may be another account than that of the buckets")
    return True


@each("aws_sqs_queue", "aws_sns_topic")
def _encryption(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    key, managed = resource["kms_master_key_id"], resource["sqs_managed_sse_enabled"]
    fix = "kms_master_key_id = aws_kms_key.<name>.id"
    if key.is_unset and (managed.is_unset or not managed.boolean()):
        message = "messages are not declared to be encrypted at rest"
        yield resource.fails(key if managed.is_null else managed, message, fix=fix, expected="a key", observed="none")
    wrong = not_usable(stack, key)
    if wrong:
        what = resource.type.rpartition("_")[2]
        yield resource.fails(key, f"the {what} {wrong}", fix=fix, expected="a key that encrypts", observed=wrong)
