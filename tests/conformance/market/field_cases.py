"""Cases that others reported, run through the processor and read back: what a reader gets of each."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tapeproof.log.entry import parse
from tapeproof.market.instruments import describe_instrument
from tapeproof.market.keys import HOUR_NS, KeyLayout
from tapeproof.market.schema import MEMBERS
from tapeproof.market.store import MarketStore
from tests.market_bench import MARKET, Bench, make_event

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.market.model import Record
    from tapeproof.market.outcomes import BookView, Outcome
    from tapeproof.market.stored import Stored

__all__ = ["Replayed", "load_cases", "replay"]

Json = Any
_OBSERVED = frozenset({"GAP", "FILLED", "RESET", "DUPLICATE", "CONFLICT", "LATE", "AHEAD", "CROSSED"})
_DECIMALS = frozenset(one.name for members in MEMBERS.values() for one in members if one.kind in {"price", "size"})
NAMES = {"trades": "trades", "start_ns": "start_ns"}
"""Our name of a member by the one that a case proposes, where they differ: all proposals are taken as they are."""


def load_cases(folder: Path) -> list[tuple[str, Json]]:
    """Return the cases in a folder of venues by their name."""
    files = sorted(folder.glob("*/*.json"))
    return [(f"{file.parent.name}/{file.stem}", json.loads(file.read_text(encoding="utf-8"))) for file in files]


class _Recording:
    """A client that remembers what the entries said that it wrote."""

    def __init__(self, client: Json) -> None:
        self._client = client
        self.decisions: list[Json] = []

    def transact_write_items(self, **arguments: Json) -> Json:
        answer = self._client.transact_write_items(**arguments)
        self.decisions += parse(arguments["TransactItems"][0]["Put"]["Item"]["b"]["B"]).decisions
        return answer

    def __getattr__(self, name: str) -> Json:
        return getattr(self._client, name)


@dataclass
class Replayed:
    """What a case became."""

    case: Json
    stored: list[Stored]
    observed: Counter[tuple[str, int]]
    rejected: list[tuple[int, int | None]]
    outcomes: dict[tuple[str, str], Outcome]
    books: list[BookView]
    store: MarketStore

    def differences(self) -> list[str]:
        """Return how it differs from what the reader is owed."""
        owed = self.case["owed"]
        found = self._of_records(owed.get("records", []))
        expected = Counter(zip(owed.get("observations", []), owed.get("observed_at", []), strict=True))
        if expected != self.observed:
            found.append(f"observations {sorted(self.observed.elements())}, owed {sorted(expected.elements())}")
        rejected = [(one["index"], one.get("item")) for one in owed.get("rejected", [])]
        if rejected != self.rejected:
            found.append(f"rejected {self.rejected}, owed {rejected}")
        whole = self.case | owed
        if "book_after" in whole:
            found += self._of_books(whole["book_after"])
        return found + self._of_newest(whole) + self._of_sums(whole)

    def _of_records(self, owed: list[Json]) -> list[str]:
        got = [f"{one.record.type}@{_index(one)}" for one in self.stored]
        wanted = [f"{one['type']}@{one['message']}" for one in owed]
        if got != wanted:
            return [f"records {got}, owed {wanted}"]
        found = []
        for place, (stored, expected) in enumerate(zip(self.stored, owed, strict=True)):
            for name, value in expected.items():
                if name not in {"message", "item"} and not self._is(stored, name, value):
                    found.append(f"record {place}: {name} must be {value}, got {stored.record.document()}")
        return found

    def _is(  # noqa: C901, PLR0911 - one line for each member that is told in another way
        self, stored: Stored, name: str, value: Json
    ) -> bool:
        record, outcome = stored.record, self.outcomes.get((stored.event_id, stored.key))
        match name:
            case "absent":
                return all(_member(record, one) is None for one in value)
            case "applied":
                return outcome is not None and outcome.applied is value
            case "applied_after":
                return outcome is not None and outcome.applied_after == value
            case "partial":
                return outcome is not None and outcome.partial is value
            case "identity":
                return _identity_is(record, value)
            case "ts_source":
                return record.ts_source == {"receipt": "received"}.get(value, value)
            case "instrument":
                return value.items() <= describe_instrument(record.native_symbol).items()
            case "extra":
                return _extra_is(record.extra, value)
            case "bids" | "asks":
                return _levels(getattr(record, name)) == _levels(value)
            case "order_counts":
                counts = getattr(record, name)
                return {"bids": list(counts[0]), "asks": list(counts[1])} == value
            case _:
                return _equal(name, _member(record, name), value)

    def _of_books(self, owed: Json) -> list[str]:
        if {"bids", "stale"} & owed.keys():
            views = [one for one in self.books if one.symbol == self._symbol()]
            return [] if len(views) == 1 and _book_is(views[0], owed) else [f"books {views}, owed {owed}"]
        by_channel = {one.channel: one for one in self.books}
        return [
            f"book {channel} {by_channel.get(channel)}, owed {book}"
            for channel, book in owed.items()
            if channel not in by_channel or not _book_is(by_channel[channel], book)
        ]

    def _symbol(self) -> str:
        return next(one.record.symbol for one in self.stored if one.record.type in {"book", "order"})

    def _of_newest(self, owed: Json) -> list[str]:
        found = []
        for kind, place in owed.get("newest", {}).items():
            expected = self.stored[place]
            latest = [one for one in self.store.latest(expected.record.symbol) if one.record.type == kind]
            if [one.record for one in latest] != [expected.record] and [
                (one.record.body, one.record.received_ns) for one in latest
            ] != [(expected.body, expected.record.received_ns)]:
                found.append(f"newest {latest}, owed {expected}")
        if "newest_quote" in owed:
            symbol = next(one.record.symbol for one in self.stored if one.record.type == "quote")
            (latest,) = (one.record for one in self.store.latest(symbol) if one.record.type == "quote")
            found += [
                f"newest quote: {name} must be {value}"
                for name, value in owed["newest_quote"].items()
                if not _equal(name, _member(latest, name), value)
            ]
        return found

    def _of_sums(self, owed: Json) -> list[str]:
        trades = [one.record for one in self.stored if one.record.type == "trade"]
        sizes = {one.place or one.key: Decimal(one.size) for one in trades}  # type: ignore[attr-defined]
        taken_back = sum(2 * Decimal(one.size) for one in trades if one.action in {"cancel", "bust"})  # type: ignore[attr-defined]
        start, end = (pick(_received(self.case, one) for one in self.case["messages"]) for pick in (min, max))
        lost = sum(one.last - one.first + 1 for one in self.store.list_missing(self.case["venue"], start, end + 1))
        if "missing" in owed and int(owed["missing"]) != lost:
            return [f"missing {lost}, owed {owed['missing']}"]
        known = {"total_size": sum(sizes.values()), "traded_after_cancels": sum(sizes.values()) - taken_back}
        return [f"{name} {sums}" for name, sums in known.items() if name in owed and Decimal(owed[name]) != sums]


def _index(stored: Stored) -> int:
    return int(stored.event_id.partition("-")[0])


def _member(record: Record, name: str) -> Json:
    name = NAMES.get(name, name)
    for place in (record.document(), dict(record.attributes), record.extra if isinstance(record.extra, dict) else {}):
        if name in place:
            return place[name]
    return getattr(record, name, None)


def _equal(name: str, got: Json, value: Json) -> bool:
    if got is None:
        return value in ("", False)
    if name in _DECIMALS:
        return isinstance(got, str) and Decimal(got) == Decimal(value)
    if isinstance(value, bool):
        return got is value
    if isinstance(value, dict):
        return isinstance(got, dict) and value.items() <= got.items()
    if isinstance(value, list):
        return list(got) == value
    return str(got) == str(value)


def _identity_is(record: Record, value: Json) -> bool:
    if "message" in value:
        return record.identifier.startswith("@") and record.place.endswith(f".{value['item']}")
    return all(str(_member(record, name) or dict(record.identity).get(name)) == str(one) for name, one in value.items())


def _extra_is(extra: Json, value: Json) -> bool:
    if isinstance(value, dict):
        return isinstance(extra, dict) and value.items() <= extra.items()
    return bool(extra == value)


def _levels(levels: Json) -> list[tuple[Decimal, Decimal]]:
    return [(Decimal(price), Decimal(size)) for price, size in levels]


def _book_is(view: BookView, owed: Json) -> bool:
    if owed.get("stale"):
        return view.stale
    return not view.stale and all(_levels(getattr(view, name)) == _levels(owed[name]) for name in ("bids", "asks"))


def replay(case: Json, tables: Json) -> Replayed:
    """Return what a case became, its messages processed one by one and read back.

    Args:
        case: The case.
        tables: A client of empty tables.
    """
    client = _Recording(tables)
    bench = Bench(client)
    processor = bench.processor(LATE_AFTER_MS="1000", MAX_ITEM_BYTES="350000")
    observed: Counter[tuple[str, int]] = Counter()
    rejected: list[tuple[int, int | None]] = []
    for index, message in enumerate(case["messages"]):
        client.decisions.clear()
        processor.process(_event(case, index, message), bench.context)
        for one in client.decisions:
            if one["act"] in _OBSERVED:
                observed[_observation(one), index] += 1
            if one["act"] == "REJECTED":
                item = one["key"].rpartition("#i")[2] if "#i" in one["key"] else None
                rejected.append((index, None if item is None else int(item)))
    store = MarketStore(client, MARKET, KeyLayout(minute_shards=4), workers=1)
    received = sorted(_received(case, message) for message in case["messages"])
    ranges: list[list[int]] = []
    for ns in received:
        if ranges and ns - ranges[-1][1] < HOUR_NS:
            ranges[-1][1] = ns
        else:
            ranges.append([ns, ns])
    stored = [one for first, last in ranges for one in store.by_exchange(case["venue"], first, last + 1)]
    start, end = min(received), max(received) + 1
    symbols = sorted({one.record.symbol for one in stored if one.record.type in {"book", "order"}})
    outcomes: dict[tuple[str, str], Outcome] = {}
    for symbol in symbols:
        for change in store.rebuilt(symbol, case["venue"], start, end):
            index = int(change.event_id.partition("-")[0])
            observed.update((one, index) for one in change.outcome.observations)
            if change.stored is not None:
                outcomes[change.event_id, change.stored.key] = change.outcome
    books = [view for symbol in symbols for view in store.book(symbol, case["venue"], end)]
    return Replayed(case, stored, observed, rejected, outcomes, books, store)


def _received(case: Json, message: Json) -> int:
    own = json.loads(message["raw"]) if case["feed"] == "tapeproof/1" else {}
    return int(own.get("received_ns", message["received_ns"]))


def _event(case: Json, index: int, message: Json) -> Json:
    delivery = message.get("delivery", f"own-{index}")
    received = int(message["received_ns"])
    if case["feed"] == "tapeproof/1":
        detail = json.loads(message["raw"]) | {"delivery": delivery}
    else:
        request = message.get("request", case["feed"])
        detail = {"schema": "native/1", "venue": case["venue"], "raw": message["raw"]}
        detail |= {"delivery": delivery, "request": request}
    first = next(n for n, one in enumerate(case["messages"]) if one.get("delivery", f"own-{n}") == delivery)
    return make_event(f"marketdata.{case['venue']}", detail, received, id=f"{first}-{delivery}")


def _observation(decision: Json) -> str:
    act = decision["act"]
    if act not in {"GAP", "FILLED"}:
        return str(act)
    said = decision["obs"]
    return f"{act} {said['first']}{'->' if 'chain' in said else '..'}{said['last']}"
