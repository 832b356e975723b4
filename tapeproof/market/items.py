"""Records as items of the market table, in DynamoDB's low-level attribute values, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from tapeproof.market.canonical import read_stored
from tapeproof.market.errors import Rejection, StoreError
from tapeproof.market.keys import KeyLayout, ns_text, part_suffix
from tapeproof.market.venues import count
from tapeproof.market.wire import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.market.model import Record

__all__ = ["MAX_BODY_BYTES", "MAX_ITEM_BYTES", "MIN_ITEM_BYTES", "Item", "ItemFormat", "body_of", "record_of"]

Item: TypeAlias = dict[str, dict[str, Any]]

# 400 KB with the attribute names ("Service, account, and table quotas in Amazon DynamoDB").
MAX_ITEM_BYTES = 409_600
MIN_ITEM_BYTES = 4_096
# A transaction holds 100 items, and the entry and its lane are two of them.
_MAX_PARTS = 90
# A transaction holds 4 MB, and the entry has to fit in beside the record.
MAX_BODY_BYTES = 3_300_000
_KEYS_BYTES = 2_048  # keys, index keys, and what the audit writer adds


@dataclass(frozen=True, slots=True)
class ItemFormat:
    """Writes records as items.

    Attributes:
        layout: Where the items lie.
        max_item_bytes: A longer item is continued in parts of this size, or of as much more as it takes for all of
            them to fit into one transaction.
    """

    layout: KeyLayout
    max_item_bytes: int = 350_000

    def record(self, record: Record, body: str, evt: str, arrival: str) -> list[Item]:
        """Return the items of a record: one, or a parent with its parts, to be written in one transaction.

        Args:
            record: The record.
            body: Its canonical text.
            evt: Id of the event that brought it.
            arrival: Its place in the order of arrival.

        Raises:
            Rejection: The body is longer than a transaction can hold.
        """
        keys: Item = {name: {"S": value} for name, value in self.layout.keys(record, arrival).items()}
        item = keys | {"arr": {"S": arrival}, "evt": {"S": evt}, "rcv": {"S": ns_text(record.received_ns)}}
        if record.backfill:
            item["his"] = {"S": "1"}
        return self._split(item, body)

    def build_kept_items(  # noqa: PLR0917 - the members of the item, in its order
        self,
        partition: str,
        received_ns: int,
        evt: str,
        reason: str,
        body: str,
        more: Mapping[str, str] | None = None,
    ) -> list[Item]:
        """Return the items that keep an event which became no record.

        Args:
            partition: Where it lies.
            received_ns: When it was received, nanoseconds since 1970 UTC.
            evt: Id of the event.
            reason: Why it became no record.
            body: The event as JSON text.
            more: What else the item has: its place in the event and index keys, by attribute.

        Raises:
            Rejection: The body is longer than a transaction can hold.
        """
        received = ns_text(received_ns)
        more = dict(more or {})
        place = more.pop("item", "")
        item: Item = {
            **{name: {"S": value} for name, value in more.items()},
            "pk": {"S": partition},
            "sk": {"S": f"{received}#{evt}{place and f'#i{place}'}"},
            "evt": {"S": evt},
            "rcv": {"S": received},
            "reason": {"S": reason},
        }
        return self._split(item, body)

    def _split(self, item: Item, body: str) -> list[Item]:
        data = body.encode()
        room = max(self.max_item_bytes - _KEYS_BYTES, len(data) // _MAX_PARTS + 1)
        if len(data) <= room:
            return [item | {"body": {"S": body}}]
        if len(data) > MAX_BODY_BYTES:
            raise Rejection("too-large", f"the record has {len(data)} bytes, at most {MAX_BODY_BYTES} are stored")
        slices = list(_slices(data, room))
        parts: list[Item] = [
            {"pk": item["pk"], "sk": {"S": item["sk"]["S"] + part_suffix(number)}, "body": {"S": text}}
            for number, text in enumerate(slices[1:], start=1)
        ]
        more: Item = {"parts": {"N": str(len(parts))}} if parts else {}
        return [item | more | {"body": {"S": slices[0]}}, *parts]


def _slices(data: bytes, room: int) -> Iterator[str]:
    """Yield pieces of at most ``room`` bytes of UTF-8, none of which cuts a character."""
    start = 0
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:  # noqa: PLR2004 - a continuation byte (RFC 3629 section 3)
            end -= 1
        yield data[start:end].decode()
        start = end


def body_of(item: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """Return the whole body of an item.

    Args:
        item: The record's item.
        parts: The items that continue it, by sort key.

    Raises:
        StoreError: A part is missing.
    """
    count = int(item["parts"]["N"]) if "parts" in item else 0
    texts = [item["body"]["S"]]
    for number in range(1, count + 1):
        sort = item["sk"]["S"] + part_suffix(number)
        if sort not in parts:
            raise StoreError(f"{item['pk']['S']} {sort}: part {number} of {count} is missing")
        texts.append(parts[sort]["body"]["S"])
    return "".join(texts)


def record_of(item: Mapping[str, Any], body: str) -> Record:
    """Return the record that an item holds.

    Raises:
        StoreError: The body is not one that a record has.
    """
    sort = item["sk"]["S"] if "sk" in item else ""
    place = sort.partition("#")[0].removeprefix("@") if sort.startswith("@") else ""
    try:
        detail = decode(body, limit=MAX_BODY_BYTES)
        record = read_stored(detail, int(item["rcv"]["S"]), place, backfill="his" in item)
        # Bodies of the first format do not tell the count; the venue's module does.
        return record if "arr" in item or "ord" in item else count(record)
    except (Rejection, KeyError, ValueError) as error:
        raise StoreError(f"{item['pk']['S']} {item['sk']['S']}: no record in this item ({error})") from error
