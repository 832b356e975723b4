"""Newest records, which readers are served, against the entries they cite and the records that these commit to."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tapeproof.log.attributes import are_typed, binary
from tapeproof.log.entry import MOST_SEQUENCES
from tapeproof.verifier.carried import is_carried
from tapeproof.verifier.findings import Attack
from tapeproof.verifier.parts import Waiting, bodies_of
from tapeproof.verifier.streams import record_key

if TYPE_CHECKING:
    from tapeproof.verifier.parts import PartReport
    from tapeproof.verifier.streams import Key, Stream

__all__ = ["NewestMatch", "find_first", "name_place"]

_DAY_DIGITS, _SHOWN = 8, 100
_NAMES = frozenset({"pk", "sk", "body", "rcv", "ts", "a_hash", "a_item", "a_lane", "a_seq"})
"""Attributes that a writer gives a newest record; beside them ``seq`` and ``src`` in format 1, ``ord`` since."""
_FIRST_NAMES, _LATER_NAMES = _NAMES | {"seq", "src"}, _NAMES | {"ord"}
_ARRIVAL = {"arr": "ord", "rcv": "rcv"}
"""What a record says of its arrival, and what a newest record calls that."""
_SOURCES = ({"S": "venue"}, {"S": "derived"})
"""Who numbered a record of format 1."""
_TIME, _NUMBER = re.compile(r"\d{19}", re.ASCII), re.compile(r"\d{1,20}", re.ASCII)
"""Readers compare them as text."""


class NewestMatch:
    """The newest records of a part, matched with its entries as they come.

    Args:
        stream: The newest records.
        out: Where counts and findings go.
        unknown: Whether the entries are pruned, and no copies of them are there.
    """

    def __init__(self, stream: Stream, out: PartReport, *, unknown: bool) -> None:
        self._stream, self._out, self._unknown = stream, out, unknown

    def match(self, key: Key, digest: bytes, decisions: list[dict[str, Any]], items: list[dict[str, Any]]) -> None:
        """Match an entry with the newest records that cite it.

        Args:
            key: Lane and sequence it is stored at.
            digest: Its hash.
            decisions: What it says.
            items: Its records.
        """
        for orphan, others in self._stream.before(key):
            self._report_orphans(orphan, others)
        for newest in self._stream.at(key) or ():
            self._compare(key, digest, decisions, items, newest)

    def finish(self) -> None:
        """Report the newest records that no entry asked for."""
        for key, items in self._stream.rest():
            self._report_orphans(key, items)

    def _compare(
        self,
        key: Key,
        digest: bytes,
        decisions: list[dict[str, Any]],
        items: list[dict[str, Any]],
        newest: dict[str, Any],
    ) -> None:
        """Hold a newest record, which readers are served, against the entry it cites and that entry's record."""
        self._out.counts["newest records"] += 1
        where, index = name_place(newest), record_key(newest)[2]
        why = _unlike(newest, decisions[index], digest) if index < len(decisions) else "its entry has no such decision"
        if not why and ("a_item" in newest) != (len(decisions) > 1):
            why = "its reference to the entry was changed"
        elif not why and "rec" in decisions[index]:
            why = _unlike_record(newest, [item for item in items if record_key(item)[2] == index])
        elif not why:
            first = find_first(decisions[index])
            if first:
                (body,) = bodies_of([newest])
                self._out.waiting.append(Waiting(key, first, body, where))
            else:
                why = "its entry stores nothing"
        if why:
            self._out.find_at(Attack.LATEST_FORGED, key, f"{where}: {why}", subject=where)

    def _report_orphans(self, key: Key, items: list[dict[str, Any]]) -> None:
        for item in () if self._unknown else items:
            where = name_place(item)
            detail = f"{where} cites an entry that the log does not have"
            self._out.find_at(Attack.LATEST_FORGED, key, detail, subject=where)


def _unlike(newest: dict[str, Any], decision: dict[str, Any], digest: bytes) -> str:
    """Return in what a newest record is not what the decision says that it cites; nothing when it is."""
    try:
        kind, venue, symbol, period, identifier = decision["key"].split("#", 4)
        is_later = len(period) == _DAY_DIGITS
        added = newest.keys() - (_LATER_NAMES if is_later else _FIRST_NAMES)
        if added:
            return f"it has attributes that no writer gives it: {', '.join(sorted(added))[:_SHOWN]}"
        if not are_typed([newest]):
            return "an attribute of it has more than one type"
        keys = (f"LATEST#{symbol}", f"{kind}#{venue}")
        is_ranked = _is_ranked(newest) if is_later else _is_numbered(newest, period, identifier)
        if (newest["pk"]["S"], newest["sk"]["S"]) != keys or not is_ranked:
            return "its keys are not those of the decision"
        return "" if binary(newest["a_hash"]["B"]) == digest else "its reference to the entry was changed"
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        return "it lacks what the writer adds, or its body is no record"


def _unlike_record(newest: dict[str, Any], record: list[dict[str, Any]]) -> str:
    """Return in what a newest record is not the record that its entry commits to; nothing when it is."""
    told = record[0] if record else {}
    if any(name in told and newest.get(as_newest) != told[name] for name, as_newest in _ARRIVAL.items()):
        return "it did not arrive when its record says"
    alike = bodies_of([newest]) <= bodies_of(record) or (len(record) == 1 and is_carried(newest, record[0]))
    return "" if alike else "its body is not the record's"


def _is_numbered(newest: dict[str, Any], time: str, sequence: str) -> bool:
    """Return whether time and number are those of a natural key that holds them (keys of format 1)."""
    if "src" in newest and newest["src"] not in _SOURCES:
        return False
    is_plain = _TIME.fullmatch(newest["ts"]["S"]) and _NUMBER.fullmatch(newest["seq"]["S"])
    return bool(is_plain) and [int(newest[name]["S"]) for name in ("ts", "seq")] == [int(time), int(sequence)]


def _is_ranked(newest: dict[str, Any]) -> bool:
    """Return whether what decides that it is the newest follows from its body: the earlier of event and receipt."""
    happened, received = int(json.loads(newest["body"]["S"])["ts_event_ns"]), newest["rcv"]["S"]
    is_plain = _TIME.fullmatch(newest["ts"]["S"]) and _TIME.fullmatch(received)
    is_in_order = is_plain and newest["ord"]["S"].startswith(f"{received}#")
    return bool(is_in_order) and int(newest["ts"]["S"]) == min(happened, int(received))


def name_place(item: dict[str, Any]) -> str:
    """Return the keys of an item, as findings name it."""
    return f"{item['pk']['S']} / {item['sk']['S']}"


def find_first(decision: dict[str, Any]) -> tuple[str, int] | None:
    """Return the entry that a duplicate or conflict says came first; observations have other uses for the word."""
    obs = decision.get("obs")
    first = obs.get("first") if isinstance(obs, dict) else None
    lane, seq = (first.get("lane"), first.get("seq")) if isinstance(first, dict) else (None, None)
    if not isinstance(lane, str) or not lane.isascii() or not isinstance(seq, int):
        return None
    return lane, max(-1, min(seq, MOST_SEQUENCES))
