"""Making the sealer's head again, from what the log has published, when somebody else wrote or removed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.log.head import SigningKey
from tapeproof.log.kms import KmsSigner
from tapeproof.log.objects import Bucket
from tapeproof.log.recovery import recover_head as recompute
from tapeproof.log.restoring import restore_head
from tapeproof.log.table import AuditTable
from tapeproof.ops.errors import OperationError
from tapeproof.ops.screen import Screen
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from tapeproof.ops.target import Addressee

__all__ = ["recover_head"]


def recover_head(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Recompute the head, and replace the one in the table when asked to.

    Raises:
        OperationError: The stack does not say where the log is published.
        AuditError: What is published is not signed, or does not add up; or more was signed than published.
    """
    target, outputs, _ = find()
    if not outputs.tile_bucket_name or not outputs.checkpoint_key_arn:
        raise OperationError(
            "the stack's outputs name no tile bucket or no checkpoint key",
            why="they were written by another version of the stack",
            fix="write them again with `terraform output -json`",
        )
    origin, arn = outputs.log_origin, outputs.checkpoint_key_arn
    key = KmsSigner(target.client("kms"), origin).verifier_key(arn)
    table = AuditTable(target.client("dynamodb"), outputs.audit_table_name)
    bucket = Bucket(target.client("s3"), outputs.tile_bucket_name)
    head = recompute(bucket, origin, [key], SigningKey(arn, str(key)), table.head_version() + 1)
    table.refuse_larger(head.size, key)
    lanes = sum(map(len, head.cursors.values()))
    leaves, open_lanes = count_of(head.size, "leaf", "leaves"), count_of(lanes, "lane")
    told = f"{leaves}, hours closed up to {head.closed}, {open_lanes} in open hours"
    if not arguments.write:
        Screen().say(f"the log has published {told}; add --write to replace the head in {outputs.audit_table_name}")
        return 0
    restore_head(table, head)
    Screen().say(f"the head in {outputs.audit_table_name} is the published one again: {told}")
    return 0
