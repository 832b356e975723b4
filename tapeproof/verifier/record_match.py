"""Entries against records: each decision that stores one has it, as it was committed to, and no other cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.log.attributes import are_stamped, binary, record_hashes
from tapeproof.log.errors import MalformedRecordError
from tapeproof.verifier.findings import Attack
from tapeproof.verifier.newest_match import name_place
from tapeproof.verifier.streams import record_key

if TYPE_CHECKING:
    from tapeproof.verifier.parts import PartReport
    from tapeproof.verifier.record_stream import RecordStream
    from tapeproof.verifier.streams import Key

__all__ = ["RecordMatch"]


class RecordMatch:
    """The records of a part, matched with its entries as they come.

    Args:
        stream: The records.
        sealed: How many entries of each lane are sealed.
        out: Where counts and findings go.
        unknown: Whether the entries are pruned, and no copies of them are there.
    """

    def __init__(self, stream: RecordStream, sealed: dict[str, int], out: PartReport, *, unknown: bool) -> None:
        self._stream, self._sealed, self._out, self._unknown = stream, sealed, out, unknown

    def take_usual(self, key: Key, digest: bytes, decisions: list[dict[str, Any]]) -> bool:
        """Pass the records of an entry if they are as nearly all are; return whether they were."""
        numbers = [b"%d" % index for index in range(len(decisions))] if len(decisions) > 1 else [b""]
        wanted = [
            (number, one["pay"].encode(), one["rec"].encode())
            for number, one in zip(numbers, decisions, strict=True)
            if "rec" in one
        ]
        usual = self._stream.take_usual(key, key[0].encode(), wanted, digest)
        self._out.counts["records"] += len(wanted) if usual else 0
        return usual

    def match(self, key: Key, digest: bytes, decisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Match an entry with its records one by one; return these.

        Args:
            key: Lane and sequence it is stored at.
            digest: Its hash.
            decisions: What it says.
        """
        self._pass_before(key)
        items = self._stream.at(key)
        self._compare(key, digest, decisions, items)
        return items

    def pass_over(self, key: Key) -> None:
        """Pass the records up to those of an entry that cannot be matched, and these."""
        self._pass_before(key)
        self._stream.at(key)

    def finish(self) -> None:
        """Report the records that no entry asked for."""
        for key, items in self._stream.rest():
            self._report_orphans(key, items)

    def _pass_before(self, key: Key) -> None:
        for orphan, items in self._stream.before(key):
            self._report_orphans(orphan, items)

    def _compare(self, key: Key, digest: bytes, decisions: list[dict[str, Any]], items: list[dict[str, Any]]) -> None:
        by_decision: dict[int, list[dict[str, Any]]] = {}
        for item in items:
            by_decision.setdefault(record_key(item)[2], []).append(item)
        for index, decision in enumerate(decisions):
            found = by_decision.pop(index, [])
            if "rec" not in decision:
                if found:
                    where = name_place(found[0])
                    detail = f"the entry stores nothing, but {where} cites it"
                    self._out.find_at(Attack.RECORD_INSERTED, key, detail, subject=where)
            elif not found and key[1] >= self._sealed.get(key[0], 0):
                # Written while the export was made: its record may be younger than the scan of records.
                self._out.counts["records too young to check"] += 1
            elif not found:
                self._out.find_at(
                    Attack.RECORD_DELETED, key, f"the record of {decision['key']} is missing", subject=decision["key"]
                )
            else:
                self._out.counts["records"] += 1
                self._compare_one(key, digest, decision, found, index if len(decisions) > 1 else None)
        for found in by_decision.values():
            where = name_place(found[0])
            detail = f"{where} cites a decision that the entry does not have"
            self._out.find_at(Attack.RECORD_INSERTED, key, detail, _collect_cited(found), where)

    def _compare_one(
        self, key: Key, digest: bytes, decision: dict[str, Any], items: list[dict[str, Any]], item: int | None
    ) -> None:
        first = items[0]
        try:
            pay, whole = record_hashes(items)
            cited = {binary(item["a_hash"]["B"]) for item in items}
            is_stamped = binary(first["a_pay"]["B"]).hex() == pay and are_stamped(items, item, digest)
        except (MalformedRecordError, LookupError, TypeError, ValueError):
            self._out.find_at(
                Attack.RECORD_EDITED, key, f"{name_place(first)} lacks what the writer adds", subject=name_place(first)
            )
            return
        if pay != decision["pay"]:
            why = "its body or salt is not what the entry's pay commits to"
        elif whole != decision["rec"]:
            why = "its keys or attributes are not what the entry's rec commits to"
        elif not is_stamped:
            why = "its reference to the entry was changed, or it has an attribute that no writer gives it"
        else:
            return
        others = cited if cited != {digest} else None
        self._out.find_at(Attack.RECORD_EDITED, key, f"{name_place(first)}: {why}", others, name_place(first))

    def _report_orphans(self, key: Key, items: list[dict[str, Any]]) -> None:
        if self._unknown:
            self._out.counts["records of pruned hours"] += len(items)
        elif key[1] >= self._sealed.get(key[0], 0):
            where = name_place(items[0])
            detail = f"{where} cites an entry that the log does not have"
            self._out.find_at(Attack.RECORD_INSERTED, key, detail, subject=where)


def _collect_cited(items: list[dict[str, Any]]) -> set[bytes]:
    """Return the hashes that items cite, as far as they are any: a stranger's may have any form."""
    cited = (item.get("a_hash", {}).get("B", "") for item in items)
    return {binary(one) for one in cited if one}
