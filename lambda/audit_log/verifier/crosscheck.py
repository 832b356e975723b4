"""Entries against records and witness lines: a one-to-one match, merged in one pass over three sorted streams."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from audit_log.attributes import item_hash
from audit_log.entry import BATCH
from audit_log.merkle import leaf_hash, root_of
from audit_log.verifier.findings import Attack, Finding, UnusableError
from audit_log.verifier.folder import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from audit_log.verifier.folder import Inflate
    from audit_log.verifier.lanes import PartReport, PartTask

__all__ = ["CrossCheck", "Line", "parse_line", "read_record"]

_LINE = re.compile(
    rb'\{"audit":\{"h":"([0-9a-f]{64})","b":(\{"_lane":"([^"\\]*)","_prev":"[0-9a-f]{64}","_seq":(\d{1,10}),.*\})\}\}'
)
_LATEST_INGESTION_NS = 3_600 * 10**9
_AHEAD_NS = 300 * 10**9

_Key = tuple[str, int]


class Line(NamedTuple):
    """A witness line: when CloudWatch Logs took it in (its own clock, milliseconds), and what it says."""

    ingested: int
    lane: str
    seq: int
    digest: bytes
    data: bytes


def parse_line(raw: bytes, ingested: int) -> Line | None:
    """Return a witness line, or None when it is none or its hash is not that of its entry."""
    match = _LINE.fullmatch(raw.strip())
    if not match or sha256(b"\0" + match[2]).hexdigest().encode() != match[1]:
        return None
    return Line(ingested, match[3].decode(), int(match[4]), bytes.fromhex(match[1].decode()), match[2])


def read_record(line: bytes) -> dict[str, Any]:
    """Return a record item from its line, binary attributes as bytes."""
    item: dict[str, Any] = json.loads(line)
    return {name: _binary(value) for name, value in item.items()}


def _binary(value: dict[str, Any]) -> dict[str, Any]:
    ((kind, content),) = value.items()
    if kind == "B":
        return {"B": base64.b64decode(content)}
    if kind == "M":
        return {"M": {name: _binary(one) for name, one in content.items()}}
    if kind == "L":
        return {"L": [_binary(one) for one in content]}
    return value


def record_key(item: dict[str, Any]) -> tuple[str, int, int, int]:
    """Return lane, sequence, item of a batch and part of a record item; they order the records of an export."""
    numbers = (int(item.get(name, {}).get("N", 0)) for name in ("a_seq", "a_item", "a_part"))
    return item["a_lane"]["S"], *numbers


def _records(path: Path, inflate: Inflate) -> Iterator[tuple[_Key, list[dict[str, Any]]]]:
    items = (read_record(line) for line in lines(path, inflate))
    for key, group in groupby(items, key=lambda item: record_key(item)[:2]):
        yield key, list(group)


def _witness(path: Path, inflate: Inflate) -> Iterator[tuple[_Key, list[Line]]]:
    def parsed() -> Iterator[Line]:
        for raw in lines(path, inflate):
            ingested, _, text = raw.partition(b" ")
            line = parse_line(text, int(ingested)) if ingested.isdigit() else None
            if line is None:
                raise UnusableError(f"{path} holds a line that is no witness line: {raw[:60]!r}")
            yield line

    for key, group in groupby(parsed(), key=lambda line: (line.lane, line.seq)):
        yield key, list(group)


class CrossCheck:
    """The records and lines of a part, matched with its entries as they come.

    Args:
        task: The part.
        sealed: How many entries of each lane are sealed.
        out: Where counts and findings go.
    """

    def __init__(self, task: PartTask, sealed: dict[str, int], out: PartReport) -> None:
        self._task, self._sealed, self._out = task, sealed, out
        try:
            records, witness = (task.root / kind / task.part.name for kind in ("records", "witness"))
            self._records = _Stream(_records(records, task.inflate)) if task.records else None
            self._lines = _Stream(_witness(witness, task.inflate)) if task.witness else None
        except (ValueError, KeyError, TypeError) as error:
            raise UnusableError(f"{task.root}: the part {task.part.name} is damaged: {error}") from error

    def entries(self, lane: str, entries: Iterable[tuple[int, bytes]]) -> None:
        """Match entries of a lane, each with the sequence it is stored at."""
        for sequence, data in entries:
            self._entry((lane, sequence), data)

    def finish(self) -> None:
        """Account for what no entry asked for."""
        for key, items in self._records.rest() if self._records else ():
            self._orphans(key, items)
        for key, found in self._lines.rest() if self._lines else ():
            self._unmatched(key, found)

    def _entry(self, key: _Key, data: bytes) -> None:
        try:
            fields = json.loads(data)
            decisions = fields["items"] if fields["act"] == BATCH else [fields]
            acts = [str(one["act"]) for one in decisions]
        except (ValueError, KeyError, TypeError, RecursionError):
            return
        if (fields.get("_lane"), fields.get("_seq")) != key:
            self._pass_over(key)
            return
        self._count(key, acts, decisions)
        digest = sha256(b"\0" + data).digest()
        if fields["act"] == BATCH:
            self._batch(key, fields)
        if self._records:
            for orphan, items in self._records.before(key):
                self._orphans(orphan, items)
            self._match(key, digest, decisions, self._records.at(key) or [])
        if self._lines:
            for orphan, found in self._lines.before(key):
                self._unmatched(orphan, found)
            self._witnessed(key, data, fields, self._lines.at(key) or [])

    def _pass_over(self, key: _Key) -> None:
        # A misplaced entry is named as such; what belongs to its place cannot be matched with it.
        for stream in (self._records, self._lines):
            for _ in stream.before((key[0], key[1] + 1)) if stream else ():
                pass

    def _count(self, key: _Key, acts: list[str], decisions: list[dict[str, Any]]) -> None:
        counts = self._out.counts
        counts["decisions"] += len(acts)
        for act in acts:
            counts[f"act {act}"] += 1
        for one in decisions:
            first = _first(one)
            if first:
                self._out.met.append((*key, *first))

    def _batch(self, key: _Key, fields: dict[str, Any]) -> None:
        root = root_of(leaf_hash(bytes.fromhex(one["pay"])) for one in fields["items"]).hex()
        if root != fields["pay"] or len(fields["items"]) != fields["n"]:
            self._find(Attack.ENTRY_EDITED, key, "the batch's pay is not the root over its items")

    def _match(self, key: _Key, digest: bytes, decisions: list[dict[str, Any]], items: list[dict[str, Any]]) -> None:
        by_decision: dict[int, list[dict[str, Any]]] = {}
        for item in items:
            by_decision.setdefault(record_key(item)[2], []).append(item)
        for index, decision in enumerate(decisions):
            found = by_decision.pop(index, [])
            if "rec" not in decision:
                if found:
                    self._find(
                        Attack.RECORD_INSERTED, key, f"the entry stores nothing, but {_place(found[0])} cites it"
                    )
            elif not found and key[1] >= self._sealed.get(key[0], 0):
                # Written while the export was made: its record may be younger than the scan of records.
                self._out.counts["records too young to check"] += 1
            elif not found:
                self._find(Attack.RECORD_DELETED, key, f"the record of {decision['key']} is missing")
            else:
                self._out.counts["records"] += 1
                self._record(key, digest, decision, found)
        for found in by_decision.values():
            detail = f"{_place(found[0])} cites a decision that the entry does not have"
            self._find(Attack.RECORD_INSERTED, key, detail, _cited(found))

    def _record(self, key: _Key, digest: bytes, decision: dict[str, Any], items: list[dict[str, Any]]) -> None:
        first = items[0]
        try:
            salt = first["salt"]["B"]
            body = "".join(item["body"]["S"] for item in items if "body" in item).encode()
            pay = sha256(salt + body).hexdigest()
            whole = item_hash(salt, items).hex()
            cited = {bytes(item["a_hash"]["B"]) for item in items}
            claimed = bytes(first["a_pay"]["B"]).hex()
        except (LookupError, TypeError, ValueError, ArithmeticError):
            self._find(Attack.RECORD_EDITED, key, f"{_place(first)} lacks what the writer adds")
            return
        if pay != decision["pay"]:
            why = "its body or salt is not what the entry's pay commits to"
        elif whole != decision["rec"]:
            why = "its keys or attributes are not what the entry's rec commits to"
        elif claimed != pay or cited != {digest}:
            why = "its reference to the entry was changed"
        else:
            return
        self._find(Attack.RECORD_EDITED, key, f"{_place(first)}: {why}", cited if cited != {digest} else None)

    def _orphans(self, key: _Key, items: list[dict[str, Any]]) -> None:
        if self._task.pruned:
            self._out.counts["records of pruned hours"] += len(items)
        elif key[1] >= self._sealed.get(key[0], 0):
            self._find(Attack.RECORD_INSERTED, key, f"{_place(items[0])} cites an entry that the log does not have")

    def _witnessed(self, key: _Key, data: bytes, fields: dict[str, Any], found: list[Line]) -> None:
        written = int(fields["ts"]) if str(fields.get("ts", "")).isdigit() else 0
        since, until = self._task.witness or (0, 0)
        if not found and since <= written <= until and key[1] < self._sealed.get(key[0], 0):
            self._find(Attack.LINE_MISSING, key, "CloudWatch Logs has no line for this entry")
        for line in found:
            self._out.counts["witness lines"] += 1
            if line.data != data:
                self._find(Attack.LINE_FORGED, key, "the witness line and the stored entry differ", {line.digest})
            elif written > line.ingested * 10**6 + _AHEAD_NS:
                self._find(Attack.FUTURE_TIME, key, "the entry's time is after CloudWatch Logs took its line in")
            elif written < line.ingested * 10**6 - _LATEST_INGESTION_NS:
                self._find(Attack.CLOCK_WRONG, key, "the entry's time is over an hour before its line was taken in")

    def _unmatched(self, key: _Key, found: list[Line]) -> None:
        if self._task.pruned:
            return
        for line in found:
            self._find(
                Attack.LINE_UNMATCHED, key, "a witness line says so, but the table has no such entry", {line.digest}
            )

    def _find(self, attack: Attack, key: _Key, detail: str, digests: set[bytes] | None = None) -> None:
        # A digest in brackets lets the verifier see later whether the log itself agrees with the line or record.
        marks = "".join(f" [{one.hex()}]" for one in sorted(digests or ()))
        self._out.find(Finding(attack, detail + marks, *key))


def _cited(items: list[dict[str, Any]]) -> set[bytes]:
    return {item["a_hash"]["B"] for item in items if "a_hash" in item}


def _place(item: dict[str, Any]) -> str:
    return f"{item['pk']['S']} / {item['sk']['S']}"


class _Stream:
    """A sorted stream of groups, taken step by step."""

    def __init__(self, groups: Iterator[tuple[_Key, Any]]) -> None:
        self._groups = groups
        self._next: tuple[_Key, Any] | None = None
        self._advance()

    def before(self, key: _Key) -> Iterator[tuple[_Key, Any]]:
        """Yield and pass the groups that come before a key."""
        while self._next is not None and self._next[0] < key:
            yield self._next
            self._advance()

    def at(self, key: _Key) -> Any:  # noqa: ANN401 - a group's content
        """Return and pass the group of a key, None when there is none."""
        if self._next is None or self._next[0] != key:
            return None
        content = self._next[1]
        self._advance()
        return content

    def rest(self) -> Iterator[tuple[_Key, Any]]:
        """Yield and pass everything that is left."""
        while self._next is not None:
            yield self._next
            self._advance()

    def _advance(self) -> None:
        last, self._next = self._next, next(self._groups, None)
        if last is not None and self._next is not None and self._next[0] <= last[0]:
            lane, seq = self._next[0]
            raise UnusableError(f"records or lines are out of order at {lane} {seq}", "Make the export again.")


def _first(decision: dict[str, Any]) -> tuple[str, int] | None:
    """Return the entry that a duplicate or conflict says came first; observations have other uses for the word."""
    if decision["act"] not in {"DUPLICATE", "CONFLICT"}:
        return None
    obs = decision.get("obs")
    first = obs.get("first") if isinstance(obs, dict) else None
    if not isinstance(first, dict) or not isinstance(first.get("lane"), str) or not isinstance(first.get("seq"), int):
        return None
    return first["lane"], first["seq"]
