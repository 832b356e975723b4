"""Buckets are private, and buckets, queues and topics take nothing in plain text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tapeproof.gate.aws.accounts import foreign_account, own_accounts
from tapeproof.gate.aws.judging import any_of, those
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
    wide = list(those(stack.resources("aws_s3_account_public_access_block"), partial(_is_of_own_account, stack)))
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


def _is_of_own_account(stack: Stack, block: Resource) -> bool:
    """Return whether an account-wide block is of the account that the buckets are in."""
    account = block["account_id"]
    if account.is_unset or account.is_reference:
        return True
    if account.known and account.text() in own_accounts(stack):
        return True
    if foreign_account(stack, account):
        return False
    raise Undecided(account, "may be another account than that of the buckets")


@each("aws_sqs_queue", "aws_sns_topic")
def _encryption(resource: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    managed = resource["sqs_managed_sse_enabled"]
    if resource["kms_master_key_id"].is_unset and (managed.is_unset or not managed.boolean()):
        message = "messages are not declared to be encrypted at rest"
        fix = "kms_master_key_id = aws_kms_key.<name>.id"
        place = resource["kms_master_key_id"] if managed.is_null else managed
        yield resource.fails(place, message, fix=fix, expected="a key", observed="none")
