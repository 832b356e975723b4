"""Putting the head that the log has published in place of one that is lost or forged.

What only that one had committed to goes with it: control leaves that no checkpoint covers, and that answers to prune.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tapeproof.log.request import PruneRequest
from tapeproof.log.table import LostRaceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.log.head import Head
    from tapeproof.log.table import AuditTable

__all__ = ["restore_head"]

_CONTROL = "C"
_HEAD = {"pk": {"S": _CONTROL}, "sk": {"S": "HEAD"}}
_LEAF = re.compile(r"LEAF#\d{16}", re.ASCII)
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)
_MOST_AT_ONCE = 90
"""Writes besides the head (DynamoDB: 100 items in a transaction)."""


def restore_head(table: AuditTable, head: Head) -> None:
    """Put a head in place of whatever is there.

    Args:
        table: The audit table.
        head: The head that the log has published; its version must be the next one.

    Raises:
        LostRaceError: A sealer replaced the head meanwhile.
    """
    stored = table.get(_CONTROL, "HEAD")
    if table.head_version() != head.version - 1:
        raise LostRaceError("a sealer replaced the head meanwhile")
    table.turn_pages(type(head)(), head)
    unchanged, writes = _unchanged(stored), list(_take_back(table, head.size))
    while len(writes) > _MOST_AT_ONCE:
        check = {"ConditionCheck": {"TableName": table.name, "Key": _HEAD, **unchanged}}
        table.transact([check, *writes[:_MOST_AT_ONCE]])
        writes = writes[_MOST_AT_ONCE:]
    table.transact([{"Put": {"TableName": table.name, "Item": head.item(), **unchanged}}, *writes])


def _take_back(table: AuditTable, size: int) -> Iterator[dict[str, Any]]:
    """Yield writes that remove the control leaves from an index on, and open the requests that those answered."""
    for item in table.query(_CONTROL, first=f"LEAF#{size:016d}"):
        if not item["sk"]["S"].startswith("LEAF#"):
            break
        if _LEAF.fullmatch(item["sk"]["S"]):
            yield {"Delete": {"TableName": table.name, "Key": {"pk": item["pk"], "sk": item["sk"]}}}
    for item in table.query(_CONTROL, prefix="PRUNE#"):
        request, leaf = PruneRequest.read(item), str(item.get("leaf", {}).get("N", ""))
        if request and _NUMBER.fullmatch(leaf) and int(leaf) >= size:
            yield {"Put": {"TableName": table.name, "Item": request.item()}}


def _unchanged(head: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the condition that the head is still the one that was read, whatever that was."""
    if head is None:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    if "ver" not in head:
        return {"ConditionExpression": "attribute_not_exists(ver)"}
    return {"ConditionExpression": "ver = :ver", "ExpressionAttributeValues": {":ver": head["ver"]}}
