"""Bodies read whole: some continue in further items, and some came under a key that was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.market.items import body_of
from tapeproof.market.keys import part_suffix
from tapeproof.market.paging import Partitions, Reader, Span
from tapeproof.market.spans import AFTER_EVERYTHING
from tapeproof.market.stored import Stored, stored_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["join_bodies", "read_body", "read_record"]


def read_record(reader: Reader, item: Mapping[str, Any]) -> Stored:
    """Return the record that an item holds, its continuations read.

    Raises:
        StoreError: The table could not be read, or the item holds no record.
    """
    return stored_of(item, read_body(reader, item))


def read_body(reader: Reader, item: Mapping[str, Any]) -> str:
    """Return the body that an item holds, its continuations read.

    Raises:
        StoreError: The table could not be read, or a continuation is missing.
    """
    if "parts" not in item:
        return str(item["body"]["S"])
    sort = item["sk"]["S"]
    # The parts of a conflicting body end on what its own sort key ends on: event and hash.
    base, mark = sort, ""
    if item["pk"]["S"].startswith("CONFLICT#"):
        base = sort.rsplit("#", 2)[0]
        mark = sort.removeprefix(base)
    span = Span(base + part_suffix(1), base + part_suffix(9_999) + AFTER_EVERYTHING)
    parts = reader.walk(Partitions([[item["pk"]["S"]]]), span)
    own = {part["sk"]["S"]: part for part in parts if part["sk"]["S"].endswith(mark)}
    return body_of(item, {sort + key.removeprefix(base).removesuffix(mark): part for key, part in own.items()})


def join_bodies(items: Iterable[Mapping[str, Any]], sort: str) -> list[str]:
    """Return the bodies that came under a taken key; each has an event id and a hash at the end of its sort keys."""
    texts: dict[str, list[str]] = {}
    ordered = sorted(items, key=lambda item: (len(item["sk"]["S"]), item["sk"]["S"]))
    for item in ordered:
        own = "#".join(item["sk"]["S"][len(sort) :].split("#")[-2:])
        texts.setdefault(own, []).append(item["body"]["S"])
    return ["".join(parts) for parts in texts.values()]
