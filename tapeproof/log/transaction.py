"""From decisions to the one transaction that writes their records and their entry.

A transaction holds at most 100 items and 4 MB (Amazon DynamoDB developer guide, "Amazon DynamoDB Transactions: How it
works"), and no two of them with one key; what does not fit waits for the next transaction.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.attributes import item_hash
from tapeproof.log.canonical import check, encode, utf8
from tapeproof.log.decision import CONFLICT, DUPLICATE, Committed, Decision
from tapeproof.log.entry import Members, batch_members, decision_members, entry_hash, freeze, payload_hash
from tapeproof.log.merkle import leaf_hash, root_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tapeproof.log.lane import Lane

__all__ = ["Frozen", "Planned", "freeze_chunk", "split_chunk"]

MAX_PUTS = 98
"""100 items less the entry and the lane's own item."""
MAX_BYTES = 3_500_000
"""Of 4 MB: the rest is room for attribute names, the entry and rounding."""
MAX_ITEMS_BYTES = 50_000
"""Bytes of a batch's items, so that the entry stays under the 65,535 of an entry bundle."""
_PUNCTUATION = 5
_SEQUENCE = re.compile(r"\d{1,10}", re.ASCII)
_INDEX_KEYS = frozenset({"st_pk", "st_sk", "et_pk", "et_sk"})


class Planned(NamedTuple):
    """A decision with everything its entry says about it.

    Attributes:
        place: Place in the caller's list.
        decision: As handed in.
        act: The outcome word.
        pay: The payload hash.
        members: What the entry, or its item of a batch, says about the decision.
        puts: Items for the market table, complete but for ``stamp`` on the first and the reference to the entry.
        stamp: What the first item says of the payload: its salt and its hash.
    """

    place: int
    decision: Decision
    act: str
    pay: bytes
    members: Members
    puts: Sequence[Mapping[str, Any]]
    stamp: dict[str, Any]

    @classmethod
    def first(cls, place: int, decision: Decision, urandom: Callable[[int], bytes]) -> Planned:
        """Return the plan for a decision whose records are believed to be new."""
        salt = urandom(16) if decision.puts else b""
        return cls._plan(place, decision, decision.act, decision.puts, salt)

    def resolve_existing(self, old: Mapping[str, Any], urandom: Callable[[int], bytes]) -> Planned:
        """Return the plan for a decision whose first record is already there, given the item found in its place."""
        salt, pay = old.get("salt", {}).get("B"), old.get("a_pay", {}).get("B")
        seq = old.get("a_seq", {}).get("N", "")  # a stranger may have written the item
        prior = {"lane": old.get("a_lane", {}).get("S"), "seq": int(seq) if _SEQUENCE.fullmatch(seq) else -1}
        if salt and pay and payload_hash(bytes(salt), self.decision.body) == bytes(pay):
            return self._plan(self.place, self.decision, DUPLICATE, (), bytes(salt), prior)
        if self.act == CONFLICT:  # a stranger's item stands even where the conflicting body goes: only its hash is kept
            return self._plan(self.place, self.decision, CONFLICT, (), b"", prior)
        return self._plan(self.place, self.decision, CONFLICT, self._aside(), urandom(16), prior)

    def _aside(self) -> list[dict[str, Any]]:
        # A conflicting body is evidence: it is kept, out of the way of the record and of every index.
        mark = f"#{self.decision.evt}#{sha256(self.decision.body).hexdigest()[:16]}"
        return [
            {name: value for name, value in item.items() if name not in _INDEX_KEYS}
            | {"pk": {"S": f"CONFLICT#{item['pk']['S']}"}, "sk": {"S": f"{item['sk']['S']}{mark}"}}
            for item in self.decision.puts
        ]

    @classmethod
    def _plan(  # noqa: PLR0917 - private, and keywords cost a tenth of it
        cls,
        place: int,
        decision: Decision,
        act: str,
        puts: Sequence[Mapping[str, Any]],
        salt: bytes,
        prior: dict[str, Any] | None = None,
    ) -> Planned:
        pay, obs, rec = payload_hash(salt, decision.body), b"", ""
        if decision.extra or prior:
            seen = {**(decision.extra or {}), **({"first": prior} if prior else {})}
            check(seen)
            obs = encode(seen)
        if puts:
            rec = item_hash(salt, puts).hex()
        members = decision_members(
            act, decision.evt, decision.key, pay.hex(), decision.src, decision.sseq, obs=obs, rec=rec
        )
        return cls(place, decision, act, pay, members, puts, {"salt": {"B": salt}, "a_pay": {"B": pay}})

    def keys(self) -> list[tuple[str, str]]:
        """Return the market table keys that it writes."""
        return [(item["pk"]["S"], item["sk"]["S"]) for item in self.puts]

    def size(self) -> int:
        """Return an estimate of the bytes that it adds to the transaction."""
        return len(self.decision.body) + 1_000 * len(self.puts)

    def weight(self) -> int:
        """Return the bytes that it adds to the entry of a batch, at most."""
        return _PUNCTUATION + sum(len(utf8(text)) for text in self.members)


def split_chunk(waiting: Sequence[Planned]) -> tuple[list[Planned], list[Planned]]:
    """Return the plans of the next transaction and those that wait for a later one, both in order."""
    if len(waiting) == 1:
        return list(waiting), []
    chunk: list[Planned] = []
    later: list[Planned] = []
    keys: set[tuple[str, str]] = set()
    puts = size = weight = 0
    for plan in waiting:
        its_keys, its_size, its_weight = plan.keys(), plan.size(), plan.weight()
        fits = (
            puts + len(plan.puts) <= MAX_PUTS
            and size + its_size <= MAX_BYTES
            and weight + its_weight <= MAX_ITEMS_BYTES
            and keys.isdisjoint(its_keys)
        )
        # A key that waits must not be overtaken by a later decision on the same key.
        keys.update(its_keys)
        if chunk and not fits:
            later.append(plan)
            continue
        chunk.append(plan)
        puts, size, weight = puts + len(plan.puts), size + its_size, weight + its_weight
    return chunk, later


class Frozen(NamedTuple):
    """A transaction whose bytes will never change again.

    Attributes:
        lane: The lane its entry extends.
        data: The entry's bytes.
        hash: The entry's hash.
        chunk: What it decides.
        request: The arguments of ``transact_write_items``.
    """

    lane: Lane
    data: bytes
    hash: bytes
    chunk: Sequence[Planned]
    request: dict[str, Any]

    def owners(self) -> list[int | None]:
        """Return, for each item of the transaction, the index in ``chunk`` of the plan it belongs to, or None."""
        return [None, *(index for index, plan in enumerate(self.chunk) for _ in plan.puts), None]

    def list_committed(self) -> dict[int, Committed]:
        """Return what became of its decisions, by their place, for when it is known to be committed."""
        batch, lane = len(self.chunk) > 1, self.lane
        return {
            plan.place: Committed(
                plan.decision, plan.act, lane.name, lane.sequence, index if batch else None, self.hash, self.data
            )
            for index, plan in enumerate(self.chunk)
        }


def freeze_chunk(chunk: Sequence[Planned], lane: Lane, request_id: str, tables: tuple[str, str]) -> Frozen:
    """Return the transaction for a chunk at a lane's head.

    Args:
        chunk: One or more plans.
        lane: The lane to extend, at the time of the entry.
        request_id: Id of the invocation.
        tables: Names of the market table and the audit table.
    """
    market, audit = tables
    data = freeze(lane, chunk[0].members if len(chunk) == 1 else _batch(chunk), request_id)
    digest = entry_hash(data)
    items = [_entry_put(audit, lane, data, digest)]
    for index, plan in enumerate(chunk):
        reference = _reference(lane, digest, index if len(chunk) > 1 else None)
        for part, item in enumerate(plan.puts):
            own = {"a_part": {"N": str(part)}} if part else plan.stamp
            items.append(_put_new(market, {**item, **own, **reference}))
    if lane.sequence == 0:
        listing = {"pk": {"S": f"E#{lane.hour}#{lane.shard}"}, "sk": {"S": lane.name}}
        items.append({"Put": {"TableName": audit, "Item": listing}})
    return Frozen(lane, data, digest, chunk, {"TransactItems": items, "ClientRequestToken": token_of(digest)})


def token_of(digest: bytes) -> str:
    """Return the first 36 hex digits of an entry's hash: all that a ClientRequestToken has room for."""
    return digest.hex()[:36]


def _batch(chunk: Sequence[Planned]) -> Members:
    return batch_members([plan.members for plan in chunk], root_of(leaf_hash(plan.pay) for plan in chunk).hex())


def _entry_put(table: str, lane: Lane, data: bytes, digest: bytes) -> dict[str, Any]:
    item = {
        "pk": {"S": f"L#{lane.name}"},
        "sk": {"S": str(lane.sequence).zfill(10)},
        "b": {"B": data},
        "h": {"B": digest},
    }
    return _put_new(table, item)


def _put_new(table: str, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "Put": {
            "TableName": table,
            "Item": item,
            "ConditionExpression": "attribute_not_exists(pk)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def _reference(lane: Lane, digest: bytes, item: int | None) -> dict[str, Any]:
    reference = {"a_lane": {"S": lane.name}, "a_seq": {"N": str(lane.sequence)}, "a_hash": {"B": digest}}
    if item is not None:
        reference["a_item"] = {"N": str(item)}
    return reference
