"""What keeps buckets from being made public: blocks of one bucket, and those of a whole account."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tapeproof.gate.aws.accounts import foreign_account, own_accounts
from tapeproof.gate.aws.judging import any_of, surely, those
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["SWITCHES", "account_blocks", "blocks_of", "find_off", "has_bucket_here"]

_OF_BUCKET = "aws_s3_bucket_public_access_block"
SWITCHES = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")


def blocks_of(stack: Stack, bucket: Resource) -> list[Resource]:
    """Return the blocks of a bucket.

    Raises:
        Undecided: Another block may be one of them.
    """
    blocks = stack.resources(_OF_BUCKET)
    return list(those(blocks, lambda block: bucket in stack.resolve(block["bucket"], bucket.type)))


def account_blocks(stack: Stack) -> list[Resource]:
    """Return the blocks of the whole account that the buckets are in.

    Raises:
        Undecided: A block may be of another account.
    """
    return list(those(stack.resources("aws_s3_account_public_access_block"), partial(_is_of_own_account, stack)))


def has_bucket_here(stack: Stack, block: Resource) -> bool:
    """Return whether the stack surely declares the bucket of a block."""
    return surely(partial(_is_of_bucket_here, stack), block)


def _is_of_bucket_here(stack: Stack, block: Resource) -> bool:
    return any(bucket.mode != "data" for bucket in stack.resolve(block["bucket"], "aws_s3_bucket"))


def find_off(switch: str, blocks: Iterable[Resource]) -> Resource | None:
    """Return the block in which a switch is off: no block of the account has it on, and not all of the bucket do.

    A bucket has one block; where more are declared, the last that is applied stays.

    Raises:
        Undecided: It cannot be told.
    """
    own = [block for block in blocks if block.type == _OF_BUCKET]
    wide = [block for block in blocks if block.type != _OF_BUCKET]
    if any_of(wide, lambda block: _is_on(block[switch])):
        return None
    return next((block for block in (own or wide) if not _is_on(block[switch])), None)


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
