"""What was done to a lane that does not fit: every difference gets the name of the attack that makes it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.log.entry import entry_hash, genesis
from tapeproof.verifier.findings import Attack, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["LaneState", "StoredItem", "diagnose"]

_HEAD = re.compile(rb'\{"_lane":"([^"\\]*)","_prev":"([0-9a-f]{64})","_seq":(\d{1,10}),')
_MOST_MEMBERS, _SHOWN = 4, 200


class StoredItem(NamedTuple):
    """An item of a lane as the table has it, with the names of attributes that no writer gives it."""

    sk: str
    data: bytes
    digest: bytes
    more: tuple[str, ...] = ()

    @property
    def hash(self) -> bytes:
        """Return the hash of its bytes."""
        return entry_hash(self.data)


class LaneState(NamedTuple):
    """Everything known about a lane.

    Attributes:
        name: The lane.
        origin: The log.
        items: What the table has, by sort key.
        listed: Whether it is on its hour's list.
        sealed: The hashes the log commits to, by sequence.
        closed: Whether its hour is closed.
        young: Whether it may have been opened after its hour's list was read.
        broken: Whether the sealer found its chain broken.
        original: Returns the published copy of an entry, if there is one.
    """

    name: str
    origin: str
    items: list[StoredItem]
    listed: bool
    sealed: list[bytes]
    closed: bool
    young: bool
    broken: bool
    original: Callable[[int], bytes | None]


def diagnose(lane: LaneState) -> list[Finding]:
    """Return what is wrong with a lane: at least one finding, as the lane was suspect."""
    findings = list(_Lane(lane).findings())
    if not findings:
        detail = "the lane does not fit the log, in a way that has no name"
        findings.append(Finding(Attack.CHAIN_BROKEN, detail, lane.name))
    return findings


def _text(name: bytes) -> str:
    return name.decode(errors="replace")


class _Lane:
    def __init__(self, lane: LaneState) -> None:
        self._lane, self._sealed = lane, lane.sealed
        self._items: dict[int, StoredItem] = {}
        self._aliens: list[StoredItem] = []
        for item in lane.items:
            if re.fullmatch(r"\d{10}", item.sk, re.ASCII) and int(item.sk) not in self._items:
                self._items[int(item.sk)] = item
            else:
                self._aliens.append(item)
        self._places = {digest: seq for seq, digest in enumerate(lane.sealed)}

    def findings(self) -> Iterator[Finding]:
        sealed = len(self._sealed)
        for item in self._lane.items:
            if item.more:
                names = ", ".join(item.more)[:_SHOWN]
                seq = int(item.sk) if re.fullmatch(r"\d{10}", item.sk, re.ASCII) else -1
                found = self._find(Attack.ATTRIBUTE_ADDED, seq, f"the item has attributes that nobody wrote: {names}")
                yield found._replace(subject=names)
        for item in self._aliens:
            detail = f"the sort key {item.sk[:40]!r} is none that the writer makes"
            yield self._find(Attack.ALIEN_ITEM, -1, detail)._replace(subject=item.sk[:200])
        if not self._items:
            why = f"all {sealed} entries are gone" if sealed else "it is on its hour's list, but has no entry"
            yield self._find(Attack.LANE_DELETED, 0, why)
            return
        if not self._lane.listed and (sealed or self._lane.closed or not self._lane.young):
            attack = Attack.LISTING_DELETED if sealed else Attack.LANE_INSERTED
            yield self._find(attack, -1, "the lane is not on its hour's list")
        elif not sealed and self._lane.closed and not self._lane.broken:
            yield self._find(Attack.LANE_INSERTED, 0, "the hour was closed without this lane")
            return
        yield from self._find_deleted()
        yield from self._find_edited()
        yield from self._beyond()

    def _find_deleted(self) -> Iterator[Finding]:
        missing = [seq for seq in range(len(self._sealed)) if seq not in self._items]
        if missing and missing == list(range(missing[0], len(self._sealed))):
            count = len(missing)
            yield self._find(Attack.LANE_TRUNCATED, missing[0], f"the last {count} sealed entries are gone")
            return
        for seq in missing:
            yield self._find(Attack.ENTRY_DELETED, seq, f"the log commits to {self._sealed[seq].hex()}")

    def _find_edited(self) -> Iterator[Finding]:
        rewritten: list[int] = []
        for seq, item in sorted(self._items.items()):
            if seq >= len(self._sealed) or item.hash == self._sealed[seq]:
                yield from self._run(rewritten)
                rewritten = []
                if seq < len(self._sealed) and item.digest != item.hash:
                    yield self._find(Attack.ENTRY_EDITED, seq, "the hash stored beside the entry was changed")
                continue
            named = self._find_misplaced(seq, item)
            if named is None and item.digest == item.hash:
                if rewritten and self._links(rewritten[-1], seq):
                    rewritten.append(seq)
                else:
                    yield from self._run(rewritten)
                    rewritten = [seq]
                continue
            yield from self._run(rewritten)
            rewritten = []
            yield named or self._find(Attack.ENTRY_EDITED, seq, self._difference(seq))
        yield from self._run(rewritten)

    def _run(self, seqs: list[int]) -> Iterator[Finding]:
        if not seqs:
            return
        first, last = seqs[0], seqs[-1]
        if len(seqs) == 1 and len(self._sealed) > 1:
            yield self._find(Attack.ENTRY_REHASHED, first, self._difference(first))
        elif last + 1 < len(self._sealed):
            why = f"entries {first} to {last} link to each other, but the tree has others; {last + 1} is the old one"
            yield self._find(Attack.LINEAR_FAKE, first, f"{why}; {self._difference(first)}")
        else:
            why = f"entries {first} to {last} link to each other, but the tree has others"
            yield self._find(Attack.LANE_REWRITTEN, first, f"{why}; {self._difference(first)}")

    def _find_misplaced(self, seq: int, item: StoredItem) -> Finding | None:
        head = _HEAD.match(item.data)
        if head and _text(head[1]) != self._lane.name:
            return self._find(
                Attack.LANES_SWAPPED, seq, f"the entry belongs to the lane {head[1].decode(errors='replace')}"
            )
        home = self._places.get(item.hash)
        if home is None:
            return None
        at_home = self._items.get(home)
        if at_home is not None and at_home.hash == item.hash:
            return self._find(Attack.ENTRY_DUPLICATED, seq, f"it is a copy of entry {home}")
        return self._find(Attack.REORDERED, seq, f"the entry belongs at {home}")

    def _beyond(self) -> Iterator[Finding]:
        previous = self._previous(len(self._sealed) - 1)
        for seq in sorted(seq for seq in self._items if seq >= len(self._sealed)):
            item = self._items[seq]
            head = _HEAD.match(item.data)
            fits = head and (_text(head[1]), int(head[3]), head[2].decode()) == (
                self._lane.name,
                seq,
                previous,
            )
            if item.hash in self._places:
                yield self._find(Attack.ENTRY_DUPLICATED, seq, f"it is a copy of entry {self._places[item.hash]}")
            elif head and _text(head[1]) != self._lane.name:
                yield self._find(
                    Attack.LANES_SWAPPED, seq, f"the entry belongs to the lane {head[1].decode(errors='replace')}"
                )
            elif self._lane.broken:
                yield self._find(Attack.CHAIN_BROKEN, seq, "the sealer stopped here because the chain did not go on")
            elif self._lane.closed:
                yield self._find(Attack.ENTRY_INSERTED, seq, "it was added after the hour had been closed without it")
            elif item.digest != item.hash:
                yield self._find(Attack.ENTRY_EDITED, seq, "not sealed yet; the hash stored beside it is another")
            elif not fits:
                yield self._find(Attack.ENTRY_EDITED, seq, "not sealed yet; it does not link to the entry before it")
            previous = item.hash.hex()

    def _previous(self, seq: int) -> str:
        return self._sealed[seq].hex() if seq >= 0 else genesis(self._lane.origin, self._lane.name)

    def _links(self, first: int, second: int) -> bool:
        head = _HEAD.match(self._items[second].data)
        return second == first + 1 and bool(head) and head[2].decode() == self._items[first].hash.hex()  # type: ignore[index]

    def _difference(self, seq: int) -> str:
        stored, original = self._items[seq], self._lane.original(seq)
        if original is None:
            return f"the tree has {self._sealed[seq].hex()}, the stored bytes hash to {stored.hash.hex()}"
        return members_changed(original, stored.data)

    def _find(self, attack: Attack, seq: int, detail: str) -> Finding:
        return Finding(attack, detail, self._lane.name, seq)


def members_changed(original: bytes, stored: bytes) -> str:
    """Return, in words, in which members two entries differ."""
    try:
        old, new = json.loads(original), json.loads(stored)
        names = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
        shown = [f"{name} was {_short(old.get(name))}, is {_short(new.get(name))}" for name in names[:_MOST_MEMBERS]]
    except (ValueError, AttributeError, RecursionError):
        return "the stored bytes are not JSON that can be read"
    return "; ".join(shown) or "the same members are written in other bytes"


def _short(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}…"  # noqa: PLR2004 - a line on a screen
