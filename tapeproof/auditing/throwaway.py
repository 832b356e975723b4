"""A copy of a live log that may be attacked: tables of its own, everything else in memory.

Whether a table is a copy cannot be told from its name or a tag, which a mistake can have too. So no table is named to
the drill: it makes its own, DynamoDB refuses to make one that is there already, and nothing is written to a table that
this process has not made. Of bucket, log groups and key the copy holds what it was given over what it read.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from tapeproof.auditing.errors import ServiceError, SourceError
from tapeproof.auditing.source import Live, translate_errors
from tapeproof.auditing.store_changes import AUDIT, MARKET
from tapeproof.log.errors import AuditError
from tapeproof.log.head import SigningKey
from tapeproof.log.note import VerifierKey
from tapeproof.log.recovery import recover_head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from tapeproof.auditing.source import Line
    from tapeproof.auditing.store_changes import StoreChanges
    from tapeproof.log.objects import Objects

__all__ = ["MOST_ITEMS", "ThrowAwayLog"]

MOST_ITEMS = 50_000
"""Items that are copied at most: each attack reads all of them."""
_BATCH, _TRIES, _READINGS = 25, 20, 5
_HEAD = ("C", "HEAD")
Item = dict[str, dict[str, Any]]


class _Overlay:
    """Objects that hide those below them."""

    def __init__(self, below: Objects) -> None:
        self._below = below
        self.over: dict[str, bytes | None] = {}
        self._read: dict[str, bytes | None] = {}

    def get(self, path: str) -> bytes | None:
        """Return the bytes at a path; those below are read once."""
        if path in self.over:
            return self.over[path]
        if path not in self._read:
            self._read[path] = self._below.get(path)
        return self._read[path]

    def forget(self) -> None:
        """Read everything below anew."""
        self._read.clear()

    def put(self, path: str, data: bytes) -> None:
        """Hide what is at a path."""
        self.over[path] = data

    def swap(self, path: str, old: bytes | None, data: bytes) -> bool:
        """Hide what is at a path if it is still ``old``."""
        if self.get(path) != old:
            return False
        self.over[path] = data
        return True


class _Said(NamedTuple):
    """What log groups and key service say."""

    lines: Counter[Line]
    since: int
    key: str | None


class ThrowAwayLog:
    """A copy of a live log, for as long as its context lasts.

    Args:
        live: The log; it is only read.
        most: Items that are copied at most.
        progress: Told how many items are copied.
    """

    def __init__(
        self, live: Live, most: int = MOST_ITEMS, progress: Callable[[int], None] = lambda _count: None
    ) -> None:
        self._live, self._most, self._progress = live, most, progress
        self._overlay = _Overlay(live.objects)
        self.origin, self.objects, self._made = live.origin, cast("Objects", self._overlay), list[str]()
        mark = secrets.token_hex(4)
        names = live.names
        self._names = {AUDIT: f"{names.audit_table}-drill-{mark}", MARKET: f"{names.market_table}-drill-{mark}"}
        self._copy = live.with_names(
            replace(
                names, audit_table=self._names[AUDIT], market_table=self._names[MARKET] if names.market_table else ""
            )
        )
        self._before: dict[tuple[str, str, str], Item | None] = {}
        self._said = self._told = _Said(Counter(), 0, None)

    @property
    def wanted_tables(self) -> dict[str, str]:
        """Return the names of the tables that are made, of the audit and the market table."""
        return dict(self._names)

    def __enter__(self) -> Self:
        """Make the copy; tables of a copy that fails are removed."""
        try:
            # In the order of an export, so that of a log that goes on the copy is a sound one.
            self._make(AUDIT)
            self._fill(AUDIT, self._read_signed())
            since, key = self._live.lines_since(), self._live.verifier_key()
            self._said = self._told = _Said(Counter(self._live.lines()), since, key)
            if self._live.names.market_table:
                self._make(MARKET)
                self._fill(MARKET, self._live.scan(MARKET))
            self._fill(AUDIT, (item for item in self._live.scan(AUDIT) if item["pk"]["S"] != _HEAD[0]))
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the copy.

        Raises:
            ServiceError: A table could not be removed; it is named.
        """
        self._remove()
        if self._made and error is None:
            raise ServiceError(f"the copies {', '.join(self._made)} could not be removed", "Delete these tables.")

    def describe(self) -> dict[str, Any]:
        """Return names and endpoint."""
        return self._copy.describe()

    def scan(self, which: str) -> Iterator[Item]:
        """Yield the items of a table."""
        return self._copy.scan(which)

    def query_log(self, prefix: str) -> Iterator[Item]:
        """Yield the log's own items."""
        return self._copy.query_log(prefix)

    def lines(self) -> Iterator[Line]:
        """Yield the witness lines."""
        return self._said.lines.elements()

    def lines_since(self) -> int:
        """Return from when on lines are said to be kept."""
        return self._said.since

    def verifier_key(self) -> str | None:
        """Return the key that the key service is said to have."""
        return self._said.key

    def apply(self, changes: StoreChanges) -> None:
        """Change the copy."""
        for (which, pk, sk), item in changes.items.items():
            self._write(which, pk, sk, item)
        self._overlay.over.update(changes.objects)
        if changes.head is not None or changes.keys:
            self._write(AUDIT, *_HEAD, self._head(changes))
        self._said = _Said(
            self._said.lines - changes.gone + changes.added,
            self._said.since if changes.lines_since is None else changes.lines_since,
            changes.keys[0] if changes.keys else self._said.key,
        )

    def restore(self) -> None:
        """Make the copy what it was when it was made."""
        for (which, pk, sk), item in list(self._before.items()):
            self._send(which, pk, sk, item)
        self._before.clear()
        self._overlay.over.clear()
        self._said = self._told

    def _head(self, changes: StoreChanges) -> Item | None:
        """Return the head item that says what an export is to say of it."""
        old, told = next(iter(self._copy.query_log("HEAD")), None), changes.head
        if old is None or told == {}:
            return None
        if changes.keys:
            keys = [[self._live.names.key_arn, changes.keys[0]], None]
            old = {**old, "keys": {"S": json.dumps(keys)}}
        if told is None:
            return old
        numbers: Item = {name: {"N": str(told[name])} for name in ("size", "published") if name in told}
        if "root" in told:
            return {**old, **numbers, "root": {"B": bytes.fromhex(told["root"])}}
        with suppress(AuditError):
            key = VerifierKey.parse(self._told.key or "")
            signing = SigningKey(self._live.names.key_arn, str(key))
            return recover_head(self.objects, self.origin, [key], signing, int(old["ver"]["N"])).item()
        return {**old, **numbers}

    def _read_signed(self) -> Iterator[Item]:
        """Return the log's own items and keep the published checkpoint, of one moment as well as that can be had."""
        for _ in range(_READINGS):
            self._overlay.forget()
            public = self._overlay.get("checkpoint")
            signed = (item for item in self._live.scan(AUDIT) if item["pk"]["S"] == _HEAD[0])
            items = list(islice(signed, self._most + 1))
            if self._live.objects.get("checkpoint") == public:
                break
        return iter(items)

    def _make(self, which: str) -> None:
        source = self._live.names.audit_table if which == AUDIT else self._live.names.market_table
        keys = ("pk", "HASH"), ("sk", "RANGE")
        client = self._live.dynamodb
        with translate_errors("making a copy of the tables"):
            sealed = client.describe_table(TableName=source)["Table"].get("SSEDescription", {})
            key = {"KMSMasterKeyId": sealed["KMSMasterKeyArn"]} if "KMSMasterKeyArn" in sealed else {}
            client.create_table(
                TableName=self._names[which],
                KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
                AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name, _ in keys],
                BillingMode="PAY_PER_REQUEST",
                Tags=[{"Key": "tapeproof", "Value": f"drill: a copy of {source} to throw away"}],
                **({"SSESpecification": {"Enabled": True, "SSEType": "KMS", **key}} if key else {}),
            )
            self._made.append(self._names[which])
            client.get_waiter("table_exists").wait(TableName=self._names[which], WaiterConfig={"Delay": 2})

    def _fill(self, which: str, items: Iterator[Item]) -> None:
        while batch := list(islice(items, _BATCH)):
            self._most -= len(batch)
            if self._most < 0:
                raise SourceError(
                    "the log has more items than the drill copies",
                    "Allow more with --max-items, or drill an export: `tapeproof audit drill DIR`.",
                )
            left = {self._own(which): [{"PutRequest": {"Item": item}} for item in batch]}
            for _ in range(_TRIES):
                with translate_errors("copying the tables"):
                    left = self._live.dynamodb.batch_write_item(RequestItems=left).get("UnprocessedItems") or {}
                if not left:
                    break
            else:
                raise ServiceError("DynamoDB left items of the copy unwritten", "Try again later.")
            self._progress(len(batch))

    def _own(self, which: str) -> str:
        """Return a table to write to.

        Raises:
            SourceError: This process has not made it.
        """
        name = self._names[which]
        if name not in self._made:
            raise SourceError(f"{name} was not made by this drill, and is not written to", "Drill a log with records.")
        return name

    def _write(self, which: str, pk: str, sk: str, item: Item | None) -> None:
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        if (which, pk, sk) not in self._before:
            with translate_errors("reading the copy"):
                found = self._live.dynamodb.get_item(TableName=self._own(which), Key=key, ConsistentRead=True)
            self._before[which, pk, sk] = found.get("Item")
        self._send(which, pk, sk, item)

    def _send(self, which: str, pk: str, sk: str, item: Item | None) -> None:
        with translate_errors("changing the copy"):
            if item is None:
                self._live.dynamodb.delete_item(TableName=self._own(which), Key={"pk": {"S": pk}, "sk": {"S": sk}})
            else:
                self._live.dynamodb.put_item(TableName=self._own(which), Item=item)

    def _remove(self) -> None:
        for name in list(self._made):
            with suppress(ServiceError), translate_errors("removing a copy"):
                self._live.dynamodb.delete_table(TableName=name)
                self._made.remove(name)
