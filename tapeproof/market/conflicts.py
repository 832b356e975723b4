"""Other bodies that came under the identity of a record, read beside it: both are readable, where they arrived."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Any

from tapeproof.market.paging import Partitions, Reader, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["conflict_place", "with_conflicts"]

_WHOLE = Span("!", "~")


def with_conflicts(items: Iterable[dict[str, Any]], reader: Reader, sort: str) -> Iterator[dict[str, Any]]:
    """Yield items and the conflicting bodies of their partitions, in the order of arrival.

    The audit writer keeps a conflicting body out of the indexes, under the record's own key; a conflict is never
    where no record is, so each partition that turns up is asked once.

    Args:
        items: In the order of arrival.
        reader: Reads the table.
        sort: The attribute that holds their order.

    Raises:
        StoreError: The table could not be read.
    """
    asked: set[str] = set()
    waiting: list[tuple[str, int, dict[str, Any]]] = []
    for item in items:
        partition = item["pk"]["S"]
        if partition not in asked:
            asked.add(partition)
            for found in reader.walk(Partitions([[f"CONFLICT#{partition}"]]), _WHOLE):
                if "evt" in found:  # the first part of it
                    heapq.heappush(waiting, (conflict_place(found), len(waiting), found))
        while waiting and waiting[0][0] <= item[sort]["S"]:
            yield heapq.heappop(waiting)[2]
        yield item
    while waiting:
        yield heapq.heappop(waiting)[2]


def conflict_place(item: Mapping[str, Any]) -> str:
    """Return the place of a conflicting body in the order of arrival.

    In tables of the first format, which are ordered by time, it stands behind all records of its time.
    """
    if "arr" in item:
        return str(item["arr"]["S"])
    return str(item["sk"]["S"]).replace("#", "#~", 1)
