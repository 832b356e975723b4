"""The audit table, read and written through DynamoDB's low-level client, without anything but the standard library."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.errors import AuditError
from tapeproof.log.head import Head, pages_of, with_pages
from tapeproof.log.note import parse_note
from tapeproof.log.request import PruneRequest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tapeproof.log.control import Run
    from tapeproof.log.note import VerifierKey

__all__ = ["SHARDS", "AuditTable", "LostRaceError", "StoredEntry"]

SHARDS = 8
"""Lists of lanes in an hour, so that opening lanes does not heat one partition."""
_CONTROL = "C"
PAGE = "LANES#"
"""Begins the sort key of a page of the head's cursors."""
_LEAF = re.compile(r"LEAF#\d{16}", re.ASCII)
_NEXT = 100
"""Checkpoints that are looked at from a head on: two at most are the log's, a stranger may have put others there."""


class LostRaceError(AuditError):
    """Another sealer replaced the head first; whatever this one had gathered is for the next run."""


class StoredEntry(NamedTuple):
    """An ENTRY item as it is stored, believed in nothing: keys, bytes and the hash beside them."""

    pk: str
    sk: str
    data: bytes
    digest: bytes


class AuditTable:
    """The audit table.

    Args:
        client: boto3's low-level DynamoDB client.
        name: The table's name.
    """

    def __init__(self, client: Any, name: str) -> None:  # noqa: ANN401 - boto3's client, or a stand-in
        self._client, self.name = client, name

    def query(
        self, pk: str, *, first: str = "", prefix: str = "", limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Yield the items of a partition in order, strongly consistent, page by page.

        Args:
            pk: Partition key.
            first: Smallest sort key wanted.
            prefix: What sort keys start with.
            limit: How many items at most.
        """
        values: dict[str, Any] = {":pk": {"S": pk}}
        condition = "pk = :pk"
        if first:
            condition, values[":sk"] = "pk = :pk AND sk >= :sk", {"S": first}
        elif prefix:
            condition, values[":sk"] = "pk = :pk AND begins_with(sk, :sk)", {"S": prefix}
        arguments: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": values,
            "ConsistentRead": True,
        }
        while True:
            if limit is not None:
                arguments["Limit"] = limit
            page = self._client.query(**arguments)
            yield from page["Items"]
            limit = None if limit is None else limit - len(page["Items"])
            if not page.get("LastEvaluatedKey") or limit == 0:
                return
            arguments["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def get(self, pk: str, sk: str) -> dict[str, Any] | None:
        """Return one item, strongly consistent."""
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        item: dict[str, Any] | None = self._client.get_item(TableName=self.name, Key=key, ConsistentRead=True).get(
            "Item"
        )
        return item

    def lanes(self, hour: str) -> list[str]:
        """Return the names of an hour's lanes, sorted."""
        return sorted(item["sk"]["S"] for shard in range(SHARDS) for item in self.query(f"E#{hour}#{shard}"))

    def entries(self, lane: str, first: int = 0, limit: int | None = None) -> Iterator[StoredEntry]:
        """Yield a lane's items from a sequence on, in order."""
        for item in self.query(f"L#{lane}", first=f"{first:010d}", limit=limit):
            yield stored_entry(item)

    def run(self, run: Run) -> list[bytes]:
        """Return the bytes of a run of entries, as many as there are."""
        return [one.data for one in self.entries(run.lane, run.first, run.length)]

    def control(self, index: int) -> bytes | None:
        """Return the bytes of a control leaf."""
        item = self.get(_CONTROL, f"LEAF#{index:016d}")
        return stored_entry(item).data if item else None

    def controls(self, first: int, end: int) -> Iterator[tuple[int, bytes]]:
        """Yield the control leaves from an index on and below another, in order; a stranger's items may lie between."""
        for item in self.query(_CONTROL, first=f"LEAF#{first:016d}"):
            if item["sk"]["S"] >= f"LEAF#{end:016d}":
                return
            if _LEAF.fullmatch(item["sk"]["S"]):
                yield int(item["sk"]["S"][5:]), stored_entry(item).data

    def checkpoints(self) -> Iterator[tuple[str, bytes]]:
        """Yield sort key and note of every stored checkpoint, oldest first."""
        for item in self.query(_CONTROL, prefix="0"):
            yield item["sk"]["S"], _note(item)

    def checkpoints_from(self, size: int) -> Iterator[bytes]:
        """Yield the notes of the checkpoints that are stored of as many leaves or more, a hundred at most."""
        for item in self.query(_CONTROL, first=f"{size:016d}", limit=_NEXT):
            if not item["sk"]["S"].startswith("0"):
                return
            yield _note(item)

    def prune_requests(self) -> Iterator[PruneRequest]:
        """Yield the requests to prune that no leaf has answered yet, and nothing that has not their form."""
        for item in self.query(_CONTROL, prefix="PRUNE#"):
            request = PruneRequest.read(item)
            if request and "leaf" not in item:
                yield request

    def head(self) -> dict[str, Any] | None:
        """Return the sealer's HEAD item."""
        item = self.get(_CONTROL, "HEAD")
        return dict(with_pages(item, self._page)) if item else None

    def _page(self, name: str) -> bytes | None:
        page = self.get(_CONTROL, f"{PAGE}{name}")
        return bytes(page.get("b", {}).get("B", b"")) if page else None

    def turn_pages(self, old: Head, new: Head) -> None:
        """Store the pages of a head that is about to replace another; the old one's are left for whoever reads it."""
        before = pages_of(old.pack_cursors())
        for name, data in pages_of(new.pack_cursors()).items():
            if name not in before:
                item = {"pk": {"S": _CONTROL}, "sk": {"S": f"{PAGE}{name}"}, "b": {"B": data}}
                self._client.put_item(TableName=self.name, Item=item)

    def _drop_pages(self, old: Head, new: Head) -> None:
        """Remove the pages that no head names any more; one that stays does no harm."""
        for name in pages_of(old.pack_cursors()).keys() - pages_of(new.pack_cursors()).keys():
            key = {"pk": {"S": _CONTROL}, "sk": {"S": f"{PAGE}{name}"}}
            with suppress(Exception):
                self._client.delete_item(TableName=self.name, Key=key)

    def head_version(self) -> int:
        """Return the version of the head that is there, whatever else is wrong with it; 0 without one."""
        number = str((self.get(_CONTROL, "HEAD") or {}).get("ver", {}).get("N", "0"))
        return int(number) if re.fullmatch(r"\d{1,15}", number, re.ASCII) else 0

    def refuse_larger(self, size: int, key: VerifierKey) -> None:
        """Raise when a larger checkpoint was signed and stored than a head would go on from.

        Raises:
            AuditError: To go on would be to sign another history.
        """
        for sk, note in self.checkpoints():
            if sk > f"{size:016d}" and _is_signed(note, key):
                raise AuditError(
                    f"a checkpoint of {int(sk)} leaves was signed, {size} are published",
                    "Restore the newest version of the object `checkpoint`; or, where the sealer died before it wrote "
                    "that, run the sealer while its own head is still there.",
                )

    def transact(self, writes: list[dict[str, Any]]) -> None:
        """Write all or nothing, where the first write depends on the head that was read.

        Raises:
            LostRaceError: That is no longer the head.
        """
        try:
            self._client.transact_write_items(TransactItems=writes)
        except Exception as error:
            reasons = getattr(error, "response", {}).get("CancellationReasons") or [{}]
            if reasons[0].get("Code") in {"ConditionalCheckFailed", "TransactionConflict"}:
                raise LostRaceError("another sealer replaced the head first") from error
            raise

    def swap_head(
        self, old: Head, new: Head, controls: Sequence[tuple[int, bytes, bytes]], answered: Sequence[Mapping[str, Any]]
    ) -> None:
        """Replace the head, together with the control leaves it commits to, if it is still the old one.

        Args:
            old: The head that was read.
            new: Its successor.
            controls: Index, bytes and hash of the control leaves.
            answered: Prune requests, each with the ``leaf`` that answers it.

        Raises:
            LostRaceError: Somebody else replaced it.
        """
        self.turn_pages(old, new)
        swap: dict[str, Any] = {"TableName": self.name, "Item": new.item()}
        if old.version:
            swap["ConditionExpression"] = "ver = :ver"
            swap["ExpressionAttributeValues"] = {":ver": {"N": str(old.version)}}
        else:
            swap["ConditionExpression"] = "attribute_not_exists(pk)"
        leaves = [
            {"pk": {"S": _CONTROL}, "sk": {"S": f"LEAF#{index:016d}"}, "b": {"B": data}, "h": {"B": digest}}
            for index, data, digest in controls
        ]
        puts = [swap, *({"TableName": self.name, "Item": item} for item in (*leaves, *answered))]
        self.transact([{"Put": put} for put in puts])
        self._drop_pages(old, new)

    def add_checkpoint(self, size: int, note: bytes, key_id: str) -> bytes:
        """Store a checkpoint unless one of its size is there; return the one that is there now."""
        item = {
            "pk": {"S": _CONTROL},
            "sk": {"S": f"{size:016d}"},
            "note": {"S": note.decode()},
            "key_id": {"S": key_id},
        }
        try:
            self._client.put_item(TableName=self.name, Item=item, ConditionExpression="attribute_not_exists(pk)")
        except Exception as error:
            if getattr(error, "response", {}).get("Error", {}).get("Code") != "ConditionalCheckFailedException":
                raise
            stored = self.get(_CONTROL, f"{size:016d}")
            return _note(stored) if stored else note
        return note


def _is_signed(note: bytes, key: VerifierKey) -> bool:
    try:
        return bool(parse_note(note).signed_by(key))
    except AuditError:
        return False


def _note(item: Mapping[str, Any]) -> bytes:
    return str(item.get("note", {}).get("S", "")).encode()


def stored_entry(item: Mapping[str, Any]) -> StoredEntry:
    """Return an ENTRY item's parts, empty where an attribute is missing."""
    data, digest = item.get("b", {}).get("B", b""), item.get("h", {}).get("B", b"")
    return StoredEntry(item["pk"]["S"], item["sk"]["S"], bytes(data), bytes(digest))
