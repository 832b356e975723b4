"""Tables are encrypted with a customer-managed key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.keys import not_customer_managed
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters

_OF_REPLICA = "kms_key_arn = aws_kms_key.<name>.arn"
_FIX = f"server_side_encryption {{ enabled = true, {_OF_REPLICA} }}"


@each("aws_dynamodb_table", "aws_dynamodb_table_replica")
def judge(table: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when a table, or one of its replicas, has no key of the customer's."""

    def of_owner(owner: Block, what: str, fix: str) -> Iterator[Finding]:
        key, region = owner["kms_key_arn"], owner["region_name"]
        elsewhere = region.text() if region.known and not region.is_unset else ""
        wrong = not_customer_managed(stack, key, table, elsewhere)
        if wrong:
            yield table.fails(key, f"{what} {wrong}", fix=fix, expected="a customer-managed key", observed=wrong)

    if table.type == "aws_dynamodb_table_replica":
        yield from of_owner(table, "the replica", _OF_REPLICA)
        return

    def of_table() -> Iterator[Finding]:
        encryption, expected = table.block("server_side_encryption"), "a customer-managed key"
        if encryption is None:
            message = "the table is encrypted with a key that AWS owns, which nobody can audit or revoke"
            yield table.fails(table, message, fix=_FIX, expected=expected, observed="a key that AWS owns")
        elif encryption["enabled"].is_unset or not encryption["enabled"].boolean():
            message = "the table's encryption block is switched off, so the key is one that AWS owns"
            yield table.fails(encryption["enabled"], message, fix=_FIX, expected=expected)
        else:
            yield from of_owner(encryption, "the table", _FIX)

    replicas = judge_all(table.blocks("replica"), lambda replica: of_owner(replica, "the replica", _OF_REPLICA))
    yield from judge_all((of_table(), replicas), iter)
