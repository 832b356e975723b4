"""Requests to prune an hour: items that an operator writes, and that the sealer answers with a leaf.

    PRUNE#<hour>  pk C   entries, export, by   [leaf: index of the PRUNE leaf that answers it]

Whoever may write the table may write one, so the sealer takes none that has not exactly this form: a leaf that cannot
be published would stop the log for good.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.hours import is_hour

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_NAME", "PruneRequest"]

MAX_NAME = 200
"""Letters of the name of who asks."""
_SORT_KEY = re.compile(r"PRUNE#(\d{10})", re.ASCII)
_COUNT, _DIGEST = re.compile(r"\d{1,15}", re.ASCII), re.compile(r"[0-9a-f]{64}", re.ASCII)


class PruneRequest(NamedTuple):
    """A request to prune.

    Attributes:
        epoch: The hour.
        entries: How many entries the export holds of it.
        export: Digest of the export's files of the hour, in hex.
        by: Who asks.
    """

    epoch: str
    entries: int
    export: str
    by: str

    def sound(self) -> bool:
        """Return whether the sealer will answer it."""
        named = 0 < len(self.by) <= MAX_NAME and self.by.isprintable()
        return named and bool(_DIGEST.fullmatch(self.export)) and 0 <= self.entries < 10**15 and is_hour(self.epoch)

    def item(self, leaf: int | None = None) -> dict[str, Any]:
        """Return the DynamoDB item, with the leaf that answers it, if one does."""
        item = {"pk": {"S": "C"}, "sk": {"S": f"PRUNE#{self.epoch}"}, "entries": {"N": str(self.entries)}}
        item |= {"export": {"S": self.export}, "by": {"S": self.by}}
        return item if leaf is None else {**item, "leaf": {"N": str(leaf)}}

    @classmethod
    def read(cls, item: Mapping[str, Any]) -> PruneRequest | None:
        """Return the request that an item is, or None when it has not the form of one."""
        match, entries = _SORT_KEY.fullmatch(item["sk"]["S"]), item.get("entries", {}).get("N", "")
        export, by = (item.get(name, {}).get("S", "") for name in ("export", "by"))
        if not match or not _COUNT.fullmatch(entries):
            return None
        request = cls(match[1], int(entries), export, by)
        return request if request.sound() else None
