from __future__ import annotations

import json
from typing import Any

import pytest

from tapeproof.log.attributes import item_hash
from tapeproof.log.decision import CONFLICT, DUPLICATE, Decision
from tapeproof.log.entry import entry_hash, parse, payload_hash
from tapeproof.log.lane import Lane
from tapeproof.log.transaction import MAX_BYTES, MAX_PUTS, Planned, freeze_chunk, split_chunk, token_of

LANE_NAME = f"2025112306.f.{'0' * 31}3"


def _decision(number: int = 1, *, body: bytes = b'{"price":"1"}', puts: int = 1, **changes: Any) -> Decision:  # noqa: ANN401
    items = tuple(
        {"pk": {"S": "p"}, "sk": {"S": f"{number}-{part}"}, "st_pk": {"S": "i"}, "body": {"S": body.decode()}}
        for part in range(puts)
    )
    fields = {"act": "RECORDED", "evt": f"evt-{number}", "key": f"k{number}", "src": "s", "sseq": None, "body": body}
    return Decision(**{**fields, "puts": items, **changes})


def _plan(number: int = 1, **changes: Any) -> Planned:  # noqa: ANN401 - fields of a decision
    return Planned.first(number, _decision(number, **changes), bytes)


def _lane(sequence: int = 0) -> Lane:
    opening = {"code_sha256": "ab" * 32, "prior": None, "reason": "environment", "version": "1"}
    lane = Lane(LANE_NAME, "o", opening, sequence)
    lane.latest = 1_763_877_600_000_000_000
    return lane


def test_one_decision_is_an_entry_that_commits_to_its_body_and_its_record() -> None:
    plan = _plan()
    frozen = freeze_chunk([plan], _lane(), "req", ("market", "audit"))
    fields = parse(frozen.data).fields
    assert fields["pay"] == payload_hash(bytes(16), plan.decision.body).hex()
    assert fields["rec"] == item_hash(bytes(16), plan.puts).hex()
    assert (frozen.hash, frozen.request["ClientRequestToken"]) == (entry_hash(frozen.data), token_of(frozen.hash))
    assert len(frozen.request["ClientRequestToken"]) == 36


def test_the_transaction_writes_entry_records_and_once_the_lane_itself() -> None:
    first = freeze_chunk([_plan(puts=2)], _lane(), "req", ("market", "audit"))
    puts = [one["Put"] for one in first.request["TransactItems"]]
    assert [(one["TableName"], one["Item"]["pk"]["S"]) for one in puts] == [
        ("audit", f"L#{LANE_NAME}"), ("market", "p"), ("market", "p"), ("audit", "E#2025112306#3"),
    ]  # fmt: skip
    assert [one.get("ConditionExpression") for one in puts] == ["attribute_not_exists(pk)"] * 3 + [None]
    assert "salt" in puts[1]["Item"]
    assert puts[2]["Item"]["a_part"] == {"N": "1"}
    assert {one["Item"]["a_lane"]["S"] for one in puts[1:3]} == {LANE_NAME}
    later = freeze_chunk([_plan(puts=2)], _lane(4), "req", ("market", "audit"))
    assert len(later.request["TransactItems"]) == 3
    assert "gen" not in parse(later.data).fields


def test_several_decisions_are_one_batch_and_each_knows_its_place_in_it() -> None:
    chunk = [_plan(7), _plan(9)]
    frozen = freeze_chunk(chunk, _lane(4), "req", ("market", "audit"))
    assert [one["evt"] for one in parse(frozen.data).decisions] == ["evt-7", "evt-9"]
    assert frozen.owners() == [None, 0, 1, None]
    done = frozen.list_committed()
    assert [(place, one.item, one.seq) for place, one in done.items()] == [(7, 0, 4), (9, 1, 4)]
    assert freeze_chunk(chunk[:1], _lane(4), "req", ("m", "a")).list_committed()[7].item is None


SALT = b"\x05" * 16


def _old(body: bytes, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - attributes
    item = {"salt": {"B": SALT}, "a_pay": {"B": payload_hash(SALT, body)}, "a_lane": {"S": "l"}, "a_seq": {"N": "7"}}
    return {**item, **changes}


def test_a_record_that_is_there_with_the_same_body_makes_a_duplicate_that_stores_nothing() -> None:
    met = _plan().resolve_existing(_old(b'{"price":"1"}'), bytes)
    assert (met.act, met.puts) == (DUPLICATE, ())
    told = json.loads(met.members.item())
    assert told["obs"] == {"first": {"lane": "l", "seq": 7}}
    assert "rec" not in told


def test_one_with_another_body_makes_a_conflict_whose_body_is_kept_aside_out_of_every_index() -> None:
    met = _plan().resolve_existing(_old(b"another"), bytes)
    (put,) = met.puts
    assert met.act == CONFLICT
    assert put["pk"] == {"S": "CONFLICT#p"}
    assert put["sk"]["S"].startswith("1-0#evt-1#")
    assert "st_pk" not in put
    again = met.resolve_existing({}, bytes)
    assert (again.act, again.puts) == (CONFLICT, ())


@pytest.mark.parametrize(
    "changes", [{"salt": {"S": "x"}}, {"a_pay": {}}, {"a_seq": {"N": "-1"}}, {"a_seq": {"N": "1e9"}}, {"a_lane": {}}]
)
def test_a_strangers_item_in_the_way_is_a_conflict_and_no_error(changes: dict[str, Any]) -> None:
    met = _plan().resolve_existing(_old(b"another", **changes), bytes)
    assert met.act == CONFLICT
    assert json.loads(met.members.item())["obs"]["first"]["seq"] in {-1, 7}


def test_what_does_not_fit_waits_and_nothing_overtakes_its_own_key() -> None:
    many = [_plan(number) for number in range(MAX_PUTS + 3)]
    chunk, later = split_chunk(many)
    assert (len(chunk), len(later)) == (MAX_PUTS, 3)
    large = [_plan(1), _plan(2, body=b"x" * MAX_BYTES), _plan(2), _plan(3)]
    chunk, later = split_chunk(large)
    assert [plan.place for plan in chunk] == [1, 3]
    assert [plan.place for plan in later] == [2, 2]
    assert later == large[1:3]


def test_two_decisions_on_one_key_are_never_in_one_transaction() -> None:
    twice = [_plan(1), _plan(1), _plan(2)]
    chunk, later = split_chunk(twice)
    assert [plan.place for plan in chunk] == [1, 2]
    assert later == [twice[1]]


def test_a_decision_that_is_too_large_by_itself_goes_alone_and_is_not_lost() -> None:
    huge = _plan(1, body=b"x" * (MAX_BYTES + 1))
    assert split_chunk([huge]) == ([huge], [])
    assert split_chunk([huge, _plan(2)])[0] == [huge]
