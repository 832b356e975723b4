"""Entries against records and witness lines: a one-to-one match, merged in one pass over three sorted streams."""

from __future__ import annotations

import json
import re
from binascii import hexlify
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from tapeproof.log.attributes import binary, record_hashes
from tapeproof.log.entry import MOST_SEQUENCES
from tapeproof.log.errors import MalformedRecordError
from tapeproof.log.layout import PLACES
from tapeproof.log.merkle import leaf_hash, root_of
from tapeproof.verifier.carried import is_carried
from tapeproof.verifier.controls import WRITE_NS
from tapeproof.verifier.findings import Attack, Finding, UnusableError
from tapeproof.verifier.parts import Waiting, bodies_of
from tapeproof.verifier.record_stream import RecordStream
from tapeproof.verifier.streams import Stream, WitnessStream, entry_time, record_key, records

if TYPE_CHECKING:
    from re import Match

    from tapeproof.verifier.parts import PartReport, PartTask
    from tapeproof.verifier.streams import Key, Line

__all__ = ["CrossCheck"]

_DAY_DIGITS = 8
_LATEST_INGESTION_NS = 3_600 * 10**9
_MET = frozenset({"CONFLICT", "DUPLICATE"})
_SEQ = re.compile(rb'"_seq":(\d{1,10}),')
_AHEAD_NS = 300 * 10**9
_TOLD = itemgetter(*(PLACES[name] for name in ("act", "pay", "rec", "ts")))


class CrossCheck:
    """The records and lines of a part, matched with its entries as they come.

    Args:
        task: The part.
        sealed: How many entries of each lane are sealed.
        out: Where counts and findings go.
    """

    def __init__(self, task: PartTask, sealed: dict[str, int], out: PartReport) -> None:
        self._task, self._sealed, self._out = task, sealed, out
        self._unknown = task.pruned and not task.copies
        self._usual: Counter[bytes] = Counter()
        self._stored = self._spoken = 0
        self._said: Key = ("", -1)  # the entry whose own line was met last
        try:
            stored, said, latest = (task.root / kind / task.part.name for kind in ("records", "witness", "latest"))
            self._records = RecordStream(stored, task.inflate) if task.records else None
            self._latest = Stream(records(latest, task.inflate)) if task.records else None
            self._lines = WitnessStream(said, task.inflate) if task.witness else None
        except (ValueError, KeyError, TypeError) as error:
            raise UnusableError(f"{task.root}: the part {task.part.name} is damaged: {error}") from error

    def finish(self) -> None:
        """Account for what no entry asked for."""
        for key, items in self._records.rest() if self._records else ():
            self._orphans(key, items)
        for key, found in self._lines.rest() if self._lines else ():
            self._report_unmatched(key, found)
        for key, items in self._latest.rest() if self._latest else ():
            self._newest_orphans(key, items)
        counts = self._out.counts
        for act, count in self._usual.items():
            counts["decisions"] += count
            counts[f"act {act.decode()}"] += count
        for name, count in (("records", self._stored), ("witness lines", self._spoken)):
            if count:
                counts[name] += count

    def take_usual(self, key: Key, lane: bytes, data: bytes, digest: bytes, match: Match[bytes]) -> bool:
        """Match an entry of one decision with its record and its line, if these are as nearly all are.

        Args:
            key: Lane and sequence it is stored at.
            lane: The lane again.
            data: Its bytes.
            digest: Their hash.
            match: How it matched the layout.

        Returns:
            Whether they are; if not, ``entry`` is to be asked, and nothing was counted or passed.
        """
        act, pay, rec, written = _TOLD(match)
        if self._latest and self._latest.reaches(key):
            return False
        lines, text = self._lines, b""
        if lines:
            text = _build_line(digest, data)
            if lines.text != text:
                return False
        if self._records and not self._records.take_usual(key, lane, ((b"", pay, rec),) if rec else (), digest):
            return False
        if lines:
            self._take_exact_lines(lines, key, text, int(written))
        self._usual[act] += 1
        self._stored += rec is not None and self._records is not None
        return True

    def entry(self, key: Key, data: bytes, digest: bytes, decisions: list[dict[str, Any]] | None) -> None:
        """Match an entry with its records and lines.

        Args:
            key: Lane and sequence it is stored at.
            data: Its bytes.
            digest: Their hash.
            decisions: What it says; None when it has not the form of an entry.
        """
        if decisions is None or not data.startswith(b'{"_lane":"%b",' % key[0].encode()) or _sequence(data) != key[1]:
            self._pass_over(key)
            return
        self._count(key, decisions)
        if len(decisions) > 1 or b'"act":"BATCH"' in data:
            self._batch(key, data, decisions)
        if self._records and not self._take_records(self._records, key, digest, decisions):
            self._compare(self._records, key, digest, decisions)
        if self._lines:
            self._match_lines(self._lines, key, data, digest)

    def _take_records(self, stream: RecordStream, key: Key, digest: bytes, decisions: list[dict[str, Any]]) -> bool:
        """Pass the records of an entry if they are as nearly all are; return whether they were."""
        if self._latest and self._latest.reaches(key):
            return False
        numbers = [b"%d" % index for index in range(len(decisions))] if len(decisions) > 1 else [b""]
        wanted = [
            (number, one["pay"].encode(), one["rec"].encode())
            for number, one in zip(numbers, decisions, strict=True)
            if "rec" in one
        ]
        usual = stream.take_usual(key, key[0].encode(), wanted, digest)
        self._out.counts["records"] += len(wanted) if usual else 0
        return usual

    def _compare(self, stream: RecordStream, key: Key, digest: bytes, decisions: list[dict[str, Any]]) -> None:
        """Hold the records and newest records of an entry against its decisions, one by one."""
        for orphan, items in stream.before(key):
            self._orphans(orphan, items)
        items = stream.at(key)
        self._match(key, digest, decisions, items)
        if self._latest:
            for orphan, others in self._latest.before(key):
                self._newest_orphans(orphan, others)
            for newest in self._latest.at(key) or ():
                self._newest(key, digest, decisions, items, newest)

    def _newest(
        self,
        key: Key,
        digest: bytes,
        decisions: list[dict[str, Any]],
        items: list[dict[str, Any]],
        newest: dict[str, Any],
    ) -> None:
        """Hold a newest record, which readers are served, against the entry it cites and that entry's record."""
        self._out.counts["newest records"] += 1
        where, index = _place(newest), record_key(newest)[2]
        why = _unlike(newest, decisions[index], digest) if index < len(decisions) else "its entry has no such decision"
        if not why and "rec" in decisions[index]:
            mine = [item for item in items if record_key(item)[2] == index]
            alike = bodies_of([newest]) <= bodies_of(mine) or (len(mine) == 1 and is_carried(newest, mine[0]))
            why = "" if alike else "its body is not the record's"
        elif not why:
            first = _first(decisions[index])
            if first:
                (body,) = bodies_of([newest])
                self._out.waiting.append(Waiting(key, first, body, where))
            else:
                why = "its entry stores nothing"
        if why:
            self._find(Attack.LATEST_FORGED, key, f"{where}: {why}", subject=where)

    def _newest_orphans(self, key: Key, items: list[dict[str, Any]]) -> None:
        for item in () if self._unknown else items:
            where = _place(item)
            detail = f"{where} cites an entry that the log does not have"
            self._find(Attack.LATEST_FORGED, key, detail, subject=where)

    def _pass_over(self, key: Key) -> None:
        # A misplaced entry is named as such; what belongs to its place cannot be matched with it.
        if self._records:
            for orphan, items in self._records.before(key):
                self._orphans(orphan, items)
            self._records.at(key)
        if self._lines:
            for orphan, lines in self._lines.before(key):
                self._report_unmatched(orphan, lines)
            self._lines.at(key)

    def _count(self, key: Key, decisions: list[dict[str, Any]]) -> None:
        counts = self._out.counts
        counts["decisions"] += len(decisions)
        for one in decisions:
            act = one["act"]
            counts[f"act {act}"] += 1
            if act in _MET:
                first = _first(one)
                if first:
                    self._out.met.append((*key, *first))

    def _batch(self, key: Key, data: bytes, decisions: list[dict[str, Any]]) -> None:
        pay = data.rpartition(b'"pay":"')[2][:64]
        if root_of(leaf_hash(bytes.fromhex(one["pay"])) for one in decisions).hex().encode() != pay:
            self._find(Attack.ENTRY_EDITED, key, "the batch's pay is not the root over its items")

    def _match(self, key: Key, digest: bytes, decisions: list[dict[str, Any]], items: list[dict[str, Any]]) -> None:
        by_decision: dict[int, list[dict[str, Any]]] = {}
        for item in items:
            by_decision.setdefault(record_key(item)[2], []).append(item)
        for index, decision in enumerate(decisions):
            found = by_decision.pop(index, [])
            if "rec" not in decision:
                if found:
                    where = _place(found[0])
                    detail = f"the entry stores nothing, but {where} cites it"
                    self._find(Attack.RECORD_INSERTED, key, detail, subject=where)
            elif not found and key[1] >= self._sealed.get(key[0], 0):
                # Written while the export was made: its record may be younger than the scan of records.
                self._out.counts["records too young to check"] += 1
            elif not found:
                self._find(
                    Attack.RECORD_DELETED, key, f"the record of {decision['key']} is missing", subject=decision["key"]
                )
            else:
                self._out.counts["records"] += 1
                self._record(key, digest, decision, found)
        for found in by_decision.values():
            where = _place(found[0])
            detail = f"{where} cites a decision that the entry does not have"
            self._find(Attack.RECORD_INSERTED, key, detail, _collect_cited(found), where)

    def _record(self, key: Key, digest: bytes, decision: dict[str, Any], items: list[dict[str, Any]]) -> None:
        first = items[0]
        try:
            pay, whole = record_hashes(items)
            cited = {binary(item["a_hash"]["B"]) for item in items}
            claimed = binary(first["a_pay"]["B"]).hex()
        except (MalformedRecordError, LookupError, TypeError, ValueError):
            self._find(Attack.RECORD_EDITED, key, f"{_place(first)} lacks what the writer adds", subject=_place(first))
            return
        if pay != decision["pay"]:
            why = "its body or salt is not what the entry's pay commits to"
        elif whole != decision["rec"]:
            why = "its keys or attributes are not what the entry's rec commits to"
        elif claimed != pay or cited != {digest}:
            why = "its reference to the entry was changed"
        else:
            return
        others = cited if cited != {digest} else None
        self._find(Attack.RECORD_EDITED, key, f"{_place(first)}: {why}", others, _place(first))

    def _orphans(self, key: Key, items: list[dict[str, Any]]) -> None:
        if self._unknown:
            self._out.counts["records of pruned hours"] += len(items)
        elif key[1] >= self._sealed.get(key[0], 0):
            where = _place(items[0])
            detail = f"{where} cites an entry that the log does not have"
            self._find(Attack.RECORD_INSERTED, key, detail, subject=where)

    def _match_lines(self, stream: WitnessStream, key: Key, data: bytes, digest: bytes) -> None:
        time = entry_time(data)
        written = int(time) if time.isdigit() else 0
        if self._take_exact_lines(stream, key, _build_line(digest, data), written):
            return
        for orphan, lines in stream.before(key):
            self._report_unmatched(orphan, lines)
        found = stream.at(key)
        since, until = self._task.witness or (0, 0)
        # Of an entry that is not sealed the write, and with it the line, may be younger than its time says.
        late = 0 if key[1] < self._sealed.get(key[0], 0) else WRITE_NS
        if not found and since <= written <= until - late:
            self._find(Attack.LINE_MISSING, key, "CloudWatch Logs has no line for this entry")
        for line in found:
            if line.data == data:
                self._line(key, written, line.ingested)
            else:
                self._report_forged(key, line)

    def _take_exact_lines(self, stream: WitnessStream, key: Key, text: bytes, written: int) -> bool:
        """Take the next lines that are an entry's, word for word; return whether there are any."""
        if stream.text != text:
            return False
        while stream.text == text:
            self._line(key, written, stream.take(key))
        self._said = key
        return True

    def _line(self, key: Key, written: int, ingested: int) -> None:
        self._spoken += 1
        if written > ingested * 10**6 + _AHEAD_NS:
            self._find(Attack.FUTURE_TIME, key, "the entry's time is after CloudWatch Logs took its line in")
        elif written < ingested * 10**6 - _LATEST_INGESTION_NS:
            self._find(Attack.CLOCK_WRONG, key, "the entry's time is over an hour before its line was taken in")

    def _report_forged(self, key: Key, line: Line) -> None:
        self._out.counts["witness lines"] += 1
        self._find(Attack.LINE_FORGED, key, "the witness line and the stored entry differ", {line.digest})

    def _report_unmatched(self, key: Key, found: list[Line]) -> None:
        if self._unknown:
            return
        for line in found:
            if key == self._said:
                self._report_forged(key, line)
                continue
            self._find(
                Attack.LINE_UNMATCHED, key, "a witness line says so, but the table has no such entry", {line.digest}
            )

    def _find(
        self, attack: Attack, key: Key, detail: str, digests: set[bytes] | None = None, subject: str = ""
    ) -> None:
        # Hashes that a line or record speaks of let the verifier see later whether the log itself agrees with it.
        hashes = tuple(sorted(one.hex() for one in digests or ()))
        self._out.find(Finding(attack, detail, *key, subject=subject, digests=hashes))


def _unlike(newest: dict[str, Any], decision: dict[str, Any], digest: bytes) -> str:
    """Return in what a newest record is not what the decision says that it cites; nothing when it is."""
    try:
        kind, venue, symbol, period, identifier = decision["key"].split("#", 4)
        keys = (f"LATEST#{symbol}", f"{kind}#{venue}")
        is_ranked = _is_ranked(newest) if len(period) == _DAY_DIGITS else _is_numbered(newest, period, identifier)
        if (newest["pk"]["S"], newest["sk"]["S"]) != keys or not is_ranked:
            return "its keys are not those of the decision"
        return "" if binary(newest["a_hash"]["B"]) == digest else "its reference to the entry was changed"
    except (LookupError, TypeError, ValueError):
        return "it lacks what the writer adds"


def _is_numbered(newest: dict[str, Any], time: str, sequence: str) -> bool:
    """Return whether time and number are those of a natural key that holds them (keys of format 1)."""
    return [int(newest[name]["S"]) for name in ("ts", "seq")] == [int(time), int(sequence)]


def _is_ranked(newest: dict[str, Any]) -> bool:
    """Return whether what decides that it is the newest follows from its body: the earlier of event and receipt."""
    happened, received = int(json.loads(newest["body"]["S"])["ts_event_ns"]), newest["rcv"]["S"]
    is_in_order = newest["ord"]["S"].startswith(f"{received}#")
    return is_in_order and int(newest["ts"]["S"]) == min(happened, int(received))


def _build_line(digest: bytes, data: bytes) -> bytes:
    """Return the witness line that says what an entry says."""
    return b'{"audit":{"h":"%b","b":%b}}' % (hexlify(digest), data)


def _sequence(data: bytes) -> int:
    match = _SEQ.search(data)
    return int(match[1]) if match else -1


def _collect_cited(items: list[dict[str, Any]]) -> set[bytes]:
    return {binary(item["a_hash"]["B"]) for item in items if "a_hash" in item}


def _place(item: dict[str, Any]) -> str:
    return f"{item['pk']['S']} / {item['sk']['S']}"


def _first(decision: dict[str, Any]) -> tuple[str, int] | None:
    """Return the entry that a duplicate or conflict says came first; observations have other uses for the word."""
    obs = decision.get("obs")
    first = obs.get("first") if isinstance(obs, dict) else None
    lane, seq = (first.get("lane"), first.get("seq")) if isinstance(first, dict) else (None, None)
    if not isinstance(lane, str) or not lane.isascii() or not isinstance(seq, int):
        return None
    return lane, max(-1, min(seq, MOST_SEQUENCES))
