"""Reads many partitions as one ordered run, a page at a time, and remembers where a page ended."""

from __future__ import annotations

import base64
import hashlib
import heapq
import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from tapeproof.market.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Page", "Partitions", "Reader", "Span", "position", "token"]

T = TypeVar("T")
_BETWEEN = "#pk = :pk AND #sk BETWEEN :low AND :high"
_FINGERPRINT_BYTES = 12


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of an answer.

    Attributes:
        items: In the order of their time.
        token: Hand it in with the same question to get the next page; None when this was the last.
    """

    items: tuple[T, ...]
    token: str | None


class Span(NamedTuple):
    """Which sort keys are wanted, both ends included."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Partitions:
    """Where a run of items lies.

    Attributes:
        groups: Partition keys; the groups follow each other in time, the keys of one group share it.
        pk: Name of the partition key.
        sk: Name of the sort key.
        index: Name of the index, or None for the table itself, which is read consistently.
    """

    groups: Iterable[list[str]]
    pk: str = "pk"
    sk: str = "sk"
    index: str | None = None


class Client(Protocol):
    """What reading needs of boto3's DynamoDB client."""

    def get_item(self, **arguments: Any) -> Any:  # noqa: ANN401 - boto3's own shape
        """Read one item."""
        ...

    def query(self, **arguments: Any) -> Any:  # noqa: ANN401 - boto3's own shape
        """Read a part of one partition."""
        ...


class Reader:
    """Reads a table. It holds no state of its own: any number of threads may share it.

    Args:
        client: A low-level DynamoDB client.
        table: Name of the table.
        workers: How many partitions are asked at a time.
    """

    def __init__(self, client: Client, table: str, workers: int = 8) -> None:
        self._client, self._table, self._workers = client, table, max(1, workers)

    def get(self, pk: str, sk: str) -> dict[str, Any] | None:
        """Return one item, read consistently, or None.

        Raises:
            StoreError: The table could not be read.
        """
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        answer = self._call("get_item", Key=key, ConsistentRead=True)
        item: dict[str, Any] | None = answer.get("Item")
        return item

    def walk(self, partitions: Partitions, span: Span, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Yield the items of all partitions in the order of their sort keys.

        Args:
            partitions: Where they lie.
            span: Which sort keys are wanted.
            limit: How many items one request returns at most.

        Raises:
            StoreError: The table could not be read.
        """
        groups = iter(partitions.groups)
        while window := self._window(groups):
            keys = [key for group in window for key in group]
            firsts = iter(self._firsts(partitions, keys, span, limit))
            for group in window:
                runs = [self._run(partitions, key, span, limit, next(firsts)) for key in group]
                yield from (
                    runs[0] if len(runs) == 1 else heapq.merge(*runs, key=lambda item: str(item[partitions.sk]["S"]))
                )

    def _window(self, groups: Iterator[list[str]]) -> list[list[str]]:
        """Return as many groups as are asked for at once: one at least, while there is one."""
        window: list[list[str]] = []
        while sum(map(len, window)) < self._workers and (group := next(groups, None)):
            window.append(group)
        return window

    def _firsts(self, partitions: Partitions, keys: list[str], span: Span, limit: int | None) -> list[Any]:
        if len(keys) == 1 or self._workers == 1:
            return [self._query(partitions, key, span, limit, None) for key in keys]
        with ThreadPoolExecutor(min(self._workers, len(keys))) as pool:
            return list(pool.map(lambda key: self._query(partitions, key, span, limit, None), keys))

    def _run(
        self, partitions: Partitions, key: str, span: Span, limit: int | None, answer: Mapping[str, Any]
    ) -> Iterator[dict[str, Any]]:
        while True:
            yield from answer["Items"]
            if not (start := answer.get("LastEvaluatedKey")):
                return
            answer = self._query(partitions, key, span, limit, start)

    def _query(
        self, partitions: Partitions, key: str, span: Span, limit: int | None, start: Mapping[str, Any] | None
    ) -> Any:  # noqa: ANN401 - boto3's own shape
        options: dict[str, Any] = {"IndexName": partitions.index} if partitions.index else {"ConsistentRead": True}
        if limit:
            options["Limit"] = limit
        if start:
            options["ExclusiveStartKey"] = start
        return self._call(
            "query",
            KeyConditionExpression=_BETWEEN,
            ExpressionAttributeNames={"#pk": partitions.pk, "#sk": partitions.sk},
            ExpressionAttributeValues={":pk": {"S": key}, ":low": {"S": span.low}, ":high": {"S": span.high}},
            **options,
        )

    def _call(self, operation: str, **arguments: Any) -> Any:  # noqa: ANN401 - boto3's own shape
        try:
            return getattr(self._client, operation)(TableName=self._table, **arguments)
        except Exception as error:
            # botocore is not imported for its exceptions' sake: readers bring their own client.
            raise StoreError(f"{self._table}: the table could not be read ({error})") from error


def token(question: tuple[object, ...], last: str) -> str:
    """Return the text that says a page of an answer ended at the sort key ``last``."""
    text = json.dumps([_fingerprint(question), last], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def position(question: tuple[object, ...], given: str) -> str:
    """Return the sort key at which the page before ended.

    Raises:
        StoreError: The token is damaged, or of another question.
    """
    try:
        fingerprint, last = json.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    except (ValueError, TypeError):
        raise StoreError("the page token is damaged: start again without it") from None
    if fingerprint != _fingerprint(question) or not isinstance(last, str):
        raise StoreError("the page token is of another question: ask the same one, or start again without it")
    return last


def _fingerprint(question: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(question).encode()).hexdigest()[: 2 * _FINGERPRINT_BYTES]


def take_page(items: Iterator[T], size: int) -> tuple[tuple[T, ...], bool]:
    """Return the next ``size`` items, and whether more follow."""
    taken = tuple(itertools.islice(items, size + 1))
    return taken[:size], len(taken) > size
