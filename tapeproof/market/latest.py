"""The newest trade and quote of each symbol at each venue, written after the commit and only if newer.

It is a view for readers who want one answer fast; the records are the truth, and the next tick repairs it. Newer is
what happened later, by the earlier of the venue's time and the receipt: a clock that runs ahead pins nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from tapeproof.market.items import record_of
from tapeproof.market.keys import latest_key, ns_text
from tapeproof.market.model import Quote, Trade, without_empty_sides

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.market.items import Item
    from tapeproof.market.model import Record

__all__ = ["HAS_LATEST", "Candidate", "LatestBoard", "can_stand", "merge_quote"]

HAS_LATEST = frozenset({"trade", "quote"})
_OFF_MARKET = frozenset({"INSURANCE_FUND", "ADL", "NA", "block"})
"""Conditions of trades whose price is not the market's."""
_ATTEMPTS = 3
_NEWER = "attribute_not_exists(pk) OR #ts < :ts OR (#ts = :ts AND (attribute_not_exists(#ord) OR #ord < :ord))"
_UNCHANGED = "#ts = :old AND (attribute_not_exists(#ord) OR #ord = :before)"


class Client(Protocol):
    """What this module needs of boto3's DynamoDB client."""

    def put_item(self, **arguments: Any) -> Any:  # noqa: ANN401 - boto3's own shape
        """Write one item."""
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the newest.

    Attributes:
        record: A trade or quote.
        arrival: Its place in the order of arrival.
    """

    record: Record
    arrival: str

    @property
    def rank(self) -> tuple[int, str]:
        """Return what decides: the newest has the highest."""
        return min(self.record.ts_event_ns, self.record.received_ns), self.arrival


def can_stand(record: Record) -> bool:
    """Return whether a record can be the newest of its symbol: a correction or a price off the market cannot."""
    if record.type not in HAS_LATEST:
        return False
    if not isinstance(record, Trade):
        return True
    return not record.action and _OFF_MARKET.isdisjoint(record.conditions) and bool(Decimal(record.size))


def merge_quote(before: Record, record: Record) -> Record:
    """Return a quote that names only changes as a whole one, given what it changes."""
    if not isinstance(record, Quote) or not isinstance(before, Quote) or not record.is_delta:
        return record
    kept = {
        name: getattr(before, name)
        for name in ("bid_price", "bid_size", "ask_price", "ask_size")
        if getattr(record, name) is None
    }
    return without_empty_sides(replace(record, **kept, is_delta=before.is_delta))


@dataclass(frozen=True, slots=True)
class LatestBoard:
    """Writes the newest records into the market table."""

    client: Client
    table: str

    def put(self, candidate: Candidate, references: Mapping[str, Any]) -> bool:
        """Write a record as the newest, unless a newer one is there; return whether it is now.

        Args:
            candidate: The record and its place.
            references: Attributes that lead to its audit entry.

        Raises:
            botocore.exceptions.ClientError: DynamoDB refused or did not answer.
        """
        record = candidate.record
        if not (isinstance(record, Quote) and record.is_delta):
            return self._put(candidate, record, references, _NEWER, {}) is None
        old = self._put(candidate, record, references, "attribute_not_exists(pk)", {})
        for _ in range(_ATTEMPTS):
            if old is None:
                return True
            if (int(old["ts"]["S"]), old.get("ord", {}).get("S", "")) >= candidate.rank:
                return False
            whole = merge_quote(record_of(old, old["body"]["S"]), record)
            seen = {":old": old["ts"], ":before": old.get("ord", {"S": ""})}
            old = self._put(candidate, whole, references, _UNCHANGED, seen)
        return False

    def _put(
        self,
        candidate: Candidate,
        record: Record,
        references: Mapping[str, Any],
        condition: str,
        values: dict[str, Any],
    ) -> dict[str, Any] | None:
        """Write; return the item that stands in the way, or None."""
        happened, arrival = candidate.rank
        item: Item = latest_key(record.symbol, record.type, record.venue) | dict(references)
        item |= {
            "body": {"S": record.body},
            "ord": {"S": arrival},
            "rcv": {"S": ns_text(record.received_ns)},
            "ts": {"S": ns_text(happened)},
        }
        values = values or ({":ts": item["ts"], ":ord": item["ord"]} if condition == _NEWER else {})
        names = {f"#{name}": name for name in ("ts", "ord")} if values else {}
        more = {"ExpressionAttributeNames": names, "ExpressionAttributeValues": values} if values else {}
        try:
            self.client.put_item(
                TableName=self.table,
                Item=item,
                ConditionExpression=condition,
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
                **more,
            )
        except Exception as error:
            response = getattr(error, "response", {})
            if response.get("Error", {}).get("Code") != "ConditionalCheckFailedException":
                raise
            found: dict[str, Any] = response.get("Item") or item
            return found
        return None
