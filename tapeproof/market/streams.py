"""What is known of each count of a venue, kept in the market table: its newest number and what is missing below.

Processors share it without reading it first: they write what follows from what they know, and a write that was
overtaken returns what it missed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tapeproof.market.keys import ns_text, stream_key
from tapeproof.market.numbering import EMPTY, Notice, Numbering, Stream, follow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tapeproof.market.items import Item

__all__ = ["Arrived", "StreamBoard", "StreamBusyError"]

_ATTEMPTS = 8
_MOST_KNOWN = 10_000


class Client(Protocol):
    """What this module needs of boto3's DynamoDB client."""

    def put_item(self, **arguments: Any) -> Any:  # noqa: ANN401 - boto3's own shape
        """Write one item."""
        ...


class StreamBusyError(Exception):
    """Other processors wrote a stream again and again in between; gaps can be found from the records."""


class Arrived(NamedTuple):
    """A number that came.

    Attributes:
        numbering: Its place in the stream.
        ts_ns: Time of its event.
        backfill: Whether it came as history.
    """

    numbering: Numbering
    ts_ns: int
    backfill: bool


class _Known(NamedTuple):
    version: int
    stream: Stream


@dataclass(slots=True)
class StreamBoard:
    """Follows streams in the market table.

    Attributes:
        client: A low-level DynamoDB client.
        table: Name of the market table.
    """

    client: Client
    table: str
    _known: dict[tuple[str, str], _Known] = field(default_factory=dict)

    def advance(self, venue: str, stream: str, arrived: Sequence[Arrived]) -> list[list[Notice]]:
        """Take numbers into a stream; return what each of them says.

        Args:
            venue: The exchange.
            stream: Name of the count.
            arrived: Numbers, in their order.

        Raises:
            StreamBusyError: It was written by others each time.
            botocore.exceptions.ClientError: DynamoDB refused or did not answer.
        """
        name = (venue, stream)
        for _ in range(_ATTEMPTS):
            known = self._known.get(name, _Known(0, EMPTY))
            after, notices = known.stream, []
            for one in arrived:
                after, said = follow(after, one.numbering, one.ts_ns, backfill=one.backfill)
                notices.append(said)
            if after == known.stream:
                return notices
            met = self._write(name, _Known(known.version + 1, after))
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            if met is None:
                self._known[name] = _Known(known.version + 1, after)
                return notices
            self._known[name] = met
        raise StreamBusyError(f"{venue} {stream}: written by others {_ATTEMPTS} times in between")

    def _write(self, name: tuple[str, str], new: _Known) -> _Known | None:
        """Write what is known, unless another version is there; return that one, or None."""
        item = stream_key(*name) | _item_of(new)
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if new.version > 1:
            condition = {
                "ConditionExpression": "#ver = :ver",
                "ExpressionAttributeNames": {"#ver": "ver"},
                "ExpressionAttributeValues": {":ver": {"N": str(new.version - 1)}},
            }
        try:
            self.client.put_item(
                TableName=self.table, Item=item, ReturnValuesOnConditionCheckFailure="ALL_OLD", **condition
            )
        except Exception as error:
            response = getattr(error, "response", {})
            if response.get("Error", {}).get("Code") != "ConditionalCheckFailedException":
                raise
            return _known_of(response.get("Item"))
        return None


def _item_of(known: _Known) -> Item:
    stream = known.stream
    return {
        "ver": {"N": str(known.version)},
        "new": {"S": "" if stream.newest is None else str(stream.newest)},
        "ts": {"S": ns_text(stream.ts_ns)},
        "mis": {"S": ",".join(f"{first}-{last}" for first, last in stream.missing)},
        "fresh": {"S": "1" if stream.fresh else ""},
    }


def _known_of(item: Mapping[str, Any] | None) -> _Known:
    if not item:  # it was removed in between
        return _Known(0, EMPTY)
    pairs = (one.split("-") for one in item["mis"]["S"].split(",") if one)
    stream = Stream(
        int(item["new"]["S"]) if item["new"]["S"] else None,
        int(item["ts"]["S"]),
        tuple((int(first), int(last)) for first, last in pairs),
        fresh=bool(item["fresh"]["S"]),
    )
    return _Known(int(item["ver"]["N"]), stream)
