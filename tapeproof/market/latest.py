"""The newest trade and quote of each symbol at each venue, written after the commit and only if newer.

It is a view for readers who want one answer fast; the records are the truth, and the next tick repairs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tapeproof.market.keys import HOUR_NS, latest_key, ns_text, sequence_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.market.items import Item
    from tapeproof.market.model import Record

__all__ = ["HAS_LATEST", "Answer", "LatestBoard", "newer"]

HAS_LATEST = frozenset({"trade", "quote"})

_BY_TIME = "attribute_not_exists(pk) OR #ts < :ts OR (#ts = :ts AND #seq < :seq)"
# A venue's own count decides where it has one; an hour of silence lets a venue start to count again, and a number
# that was derived (an older feed of the same venue had no count) is no count.
_BY_SEQUENCE = "attribute_not_exists(pk) OR #src <> :src OR #seq < :seq OR #ts < :horizon"


class Client(Protocol):
    """What this module needs of boto3's DynamoDB client."""

    def put_item(self, **arguments: Any) -> Any:  # noqa: ANN401 - boto3's own shape
        """Write one item."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What writing the newest record told.

    Attributes:
        written: Whether the record is now the newest.
        sequence_before: The venue's number of the newest record before, None when there was none.
    """

    written: bool
    sequence_before: int | None


def newer(record: Record, other: Record, *, contiguous: bool) -> bool:
    """Return whether a record is newer than another of its symbol and venue, by the rule of the table."""
    if contiguous:
        return record.sequence > other.sequence
    return (record.ts_event_ns, record.sequence) > (other.ts_event_ns, other.sequence)


@dataclass(frozen=True, slots=True)
class LatestBoard:
    """Writes the newest records into the market table."""

    client: Client
    table: str

    def put(self, record: Record, body: str, references: Mapping[str, Any], *, contiguous: bool) -> Answer:
        """Write a record as the newest, unless a newer one is there.

        Args:
            record: A trade or quote.
            body: Its canonical text.
            references: Attributes that lead to its audit entry.
            contiguous: Whether its sequence rises by one from record to record.

        Raises:
            botocore.exceptions.ClientError: DynamoDB refused or did not answer.
        """
        item: Item = latest_key(record.symbol, record.type, record.venue) | dict(references)
        item |= {
            "body": {"S": body},
            "rcv": {"S": ns_text(record.received_ns)},
            "seq": {"S": sequence_text(record.sequence)},
            "src": {"S": record.sequence_source},
            "ts": {"S": ns_text(record.ts_event_ns)},
        }
        names, values = {"#seq": "seq", "#ts": "ts"}, {":seq": item["seq"]}
        if contiguous:
            names["#src"] = "src"
            values |= {":horizon": {"S": ns_text(max(record.ts_event_ns - HOUR_NS, 0))}, ":src": item["src"]}
        else:
            values[":ts"] = item["ts"]
        try:
            answer = self.client.put_item(
                TableName=self.table,
                Item=item,
                ConditionExpression=_BY_SEQUENCE if contiguous else _BY_TIME,
                ExpressionAttributeNames=names,
                ExpressionAttributeValues=values,
                ReturnValues="ALL_OLD",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except Exception as error:
            response = getattr(error, "response", {})
            if response.get("Error", {}).get("Code") != "ConditionalCheckFailedException":
                raise
            return Answer(written=False, sequence_before=_sequence(response.get("Item")))
        return Answer(written=True, sequence_before=_sequence(answer.get("Attributes")))


def _sequence(item: Mapping[str, Any] | None) -> int | None:
    return int(item["seq"]["S"]) if item and item["src"]["S"] == "venue" else None
