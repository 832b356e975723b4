"""Requests to prune an hour: items that an operator writes, and that the sealer answers with a leaf.

    PRUNE#<hour>  pk C   entries, export, by, close   [leaf: index of the PRUNE leaf that answers it]

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
        close: Leaf of the CLOSE leaf of the hour, whose count must be the same; -1 in requests of before.
    """

    epoch: str
    entries: int
    export: str
    by: str
    close: int = -1

    def leaf_members(self) -> dict[str, Any]:
        """Return what the leaf that answers it says."""
        return {name: value for name, value in self._asdict().items() if name != "close"}

    def sound(self) -> bool:
        """Return whether the sealer will answer it."""
        named = 0 < len(self.by) <= MAX_NAME and self.by.isprintable()
        return named and bool(_DIGEST.fullmatch(self.export)) and 0 <= self.entries < 10**15 and is_hour(self.epoch)

    def item(self, leaf: int | None = None) -> dict[str, Any]:
        """Return the DynamoDB item, with the leaf that answers it, if one does."""
        item = {"pk": {"S": "C"}, "sk": {"S": f"PRUNE#{self.epoch}"}, "entries": {"N": str(self.entries)}}
        item |= {"export": {"S": self.export}, "by": {"S": self.by}}
        item |= {"close": {"N": str(self.close)}} if self.close >= 0 else {}
        return item if leaf is None else {**item, "leaf": {"N": str(leaf)}}

    @classmethod
    def read(cls, item: Mapping[str, Any]) -> PruneRequest | None:
        """Return the request that an item is, or None when it has not the form of one."""
        match, entries = _SORT_KEY.fullmatch(item["sk"]["S"]), item.get("entries", {}).get("N", "")
        export, by = (item.get(name, {}).get("S", "") for name in ("export", "by"))
        close = item.get("close", {"N": "-1"}).get("N", "")
        if not match or not _COUNT.fullmatch(entries) or not (close == "-1" or _COUNT.fullmatch(close)):
            return None
        request = cls(match[1], int(entries), export, by, int(close))
        return request if request.sound() else None
