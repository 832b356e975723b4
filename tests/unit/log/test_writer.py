from __future__ import annotations

import hashlib
import itertools
import json
import threading
from dataclasses import replace

import pytest

from tapeproof.log.attributes import item_hash
from tapeproof.log.decision import Committed, Decision, witness_lines
from tapeproof.log.entry import BATCH, entry_hash, genesis, parse
from tapeproof.log.lane import CodeIdentity
from tapeproof.log.merkle import leaf_hash, root_of
from tapeproof.log.transaction import token_of
from tapeproof.log.writer import AuditWriter, NotCommittedError, OutcomeUnknownError, RefusedError
from tests.unit.log.dynamodb_model import (
    CONFLICT,
    LOST_AFTER,
    LOST_BEFORE,
    SERVER_ERROR_AFTER,
    THROTTLE,
    DynamoDBModel,
    ServiceError,
)

T0 = 1_763_877_600_000_000_000
ORIGIN = "tapeproof.example/test"


def decision(number: int, body: bytes | None = None, *, evt: str | None = None, act: str = "RECORDED") -> Decision:
    key = f"trade#coinbase#BTC-USD#{T0}#{number}"
    body = body or b'{"price":"%d.10"}' % number
    put = {"pk": {"S": "trade#coinbase#BTC-USD"}, "sk": {"S": f"{T0}#{number:020d}"}, "body": {"S": body.decode()}}
    return Decision(act, evt or f"evt-{number}", key, "marketdata.coinbase", str(number), body, (put,))


def writer(model: DynamoDBModel, **options: object) -> AuditWriter:
    settings: dict = {
        "audit_table": "audit", "market_table": "market", "origin": ORIGIN, "function": "lambda-trade-dev",
        "identity": CodeIdentity("ab" * 32, "0.1.0"), "clock": itertools.count(T0).__next__,
        "sleep": lambda _: None, "jitter": lambda: 0.5,
    }  # fmt: skip
    return AuditWriter(model, **(settings | options))


def commit(w: AuditWriter, *decisions: Decision, remaining: int = 3_000, request: str = "req-1") -> list[Committed]:
    return w.commit(list(decisions), request_id=request, remaining_ms=lambda: remaining)


def entries(model: DynamoDBModel) -> list[dict]:
    return [item for item in model.table("audit") if item["pk"]["S"].startswith("L#")]


def test_a_decision_becomes_a_record_an_entry_and_the_lane_s_own_item() -> None:
    model = DynamoDBModel()
    (done,) = commit(writer(model), decision(1))
    (record,), (entry,) = model.table("market"), entries(model)
    assert entry["pk"]["S"] == f"L#{done.lane}"
    assert entry["sk"]["S"] == "0000000000"
    assert entry["h"]["B"] == entry_hash(entry["b"]["B"]) == done.entry_hash == record["a_hash"]["B"]
    fields = parse(entry["b"]["B"]).fields
    assert fields["_prev"] == genesis(ORIGIN, done.lane)
    assert fields["pay"] == hashlib.sha256(record["salt"]["B"] + decision(1).body).hexdigest()
    assert fields["rec"] == item_hash(record["salt"]["B"], [record]).hex()
    assert fields["gen"] == {"code_sha256": "ab" * 32, "version": "0.1.0", "prior": None, "reason": "environment"}
    listing = next(item for item in model.table("audit") if item["pk"]["S"].startswith("E#"))
    assert listing["sk"]["S"] == done.lane


def test_entries_of_one_environment_form_a_chain() -> None:
    model = DynamoDBModel()
    w = writer(model)
    for number in range(5):
        commit(w, decision(number))
    stored = entries(model)
    assert [parse(item["b"]["B"]).sequence for item in stored] == [0, 1, 2, 3, 4]
    assert [parse(item["b"]["B"]).previous for item in stored[1:]] == [item["h"]["B"].hex() for item in stored[:-1]]


def test_a_batch_is_one_entry_with_the_root_of_its_payload_hashes() -> None:
    model = DynamoDBModel()
    done = commit(writer(model), *(decision(number) for number in range(7)))
    (entry,) = entries(model)
    fields = parse(entry["b"]["B"]).fields
    assert fields["act"] == BATCH
    assert fields["n"] == 7
    assert [one.item for one in done] == list(range(7))
    assert fields["pay"] == root_of(leaf_hash(bytes.fromhex(item["pay"])) for item in fields["items"]).hex()
    assert sorted(int(record["a_item"]["N"]) for record in model.table("market")) == list(range(7))


def test_more_than_a_transaction_holds_is_spread_over_several() -> None:
    model = DynamoDBModel()
    done = commit(writer(model), *(decision(number) for number in range(250)))
    assert len(model.table("market")) == 250
    assert [one.decision.key for one in done] == [decision(number).key for number in range(250)]
    assert [parse(item["b"]["B"]).sequence for item in entries(model)] == list(range(len(entries(model))))
    assert all(len(item["b"]["B"]) <= 65_535 for item in entries(model))


@pytest.mark.parametrize("letter", ["x", "\u00fc", "\u20bf", "\U0001f4c8", "\x01", '"'])
def test_no_letter_makes_a_batch_longer_than_the_log_takes(letter: str) -> None:
    model = DynamoDBModel()
    told = [replace(decision(number), key=f"{number}#" + 600 * letter) for number in range(98)]
    assert len(commit(writer(model), *told)) == 98
    assert all(len(item["b"]["B"]) <= 65_535 for item in entries(model))


@pytest.mark.parametrize(
    ("body", "act", "records"),
    [(None, "DUPLICATE", 1), (b'{"price":"9"}', "CONFLICT", 2)],
)
def test_a_record_that_is_there_already_is_audited_for_what_it_is(body: bytes | None, act: str, records: int) -> None:
    model = DynamoDBModel()
    commit(writer(model), decision(1))
    (done,) = commit(writer(model), decision(1, body, evt="evt-again"))
    fields = parse(done.entry_bytes).fields
    assert done.act == fields["act"] == act
    assert fields["obs"]["first"]["seq"] == 0
    assert len(model.table("market")) == records


@pytest.mark.parametrize("seq", [{"N": "1.5"}, {"N": "9" * 38}, {"S": "x"}, {"N": "-3"}])
def test_a_strangers_record_in_the_way_is_a_conflict_like_any_other(seq: dict[str, str]) -> None:
    model, told = DynamoDBModel(), decision(1)
    pk, sk = told.puts[0]["pk"], told.puts[0]["sk"]
    model.items["market", pk["S"], sk["S"]] = {"pk": pk, "sk": sk, "a_seq": seq, "salt": {"S": "x"}}
    (done,) = commit(writer(model), told)
    assert done.act == "CONFLICT"
    assert parse(done.entry_bytes).fields["obs"]["first"] == {"lane": None, "seq": -1}


def test_a_conflict_whose_place_is_taken_too_is_audited_by_its_hash_alone() -> None:
    model, told = DynamoDBModel(), decision(1)
    pk, sk = told.puts[0]["pk"]["S"], told.puts[0]["sk"]["S"]
    mark = f"#{told.evt}#{hashlib.sha256(told.body).hexdigest()[:16]}"
    for key in ((pk, sk), (f"CONFLICT#{pk}", sk + mark)):
        model.items["market", *key] = {"pk": {"S": key[0]}, "sk": {"S": key[1]}}
    (done,) = commit(writer(model), told)
    fields = parse(done.entry_bytes).fields
    assert (done.act, fields["pay"], "rec" in fields) == ("CONFLICT", hashlib.sha256(told.body).hexdigest(), False)


def test_a_conflicting_body_is_kept_aside_out_of_every_index() -> None:
    model = DynamoDBModel()
    commit(writer(model), decision(1))
    commit(writer(model), decision(1, b'{"price":"9"}', evt="evt-2"))
    aside = next(item for item in model.table("market") if item["pk"]["S"].startswith("CONFLICT#"))
    assert aside["body"]["S"] == '{"price":"9"}'
    assert not {"st_pk", "et_pk"} & aside.keys()


def test_a_redelivered_conflict_is_a_duplicate_of_the_kept_one() -> None:
    model = DynamoDBModel()
    commit(writer(model), decision(1))
    for _ in range(2):
        (done,) = commit(writer(model), decision(1, b'{"price":"9"}', evt="evt-2"))
    assert done.act == "DUPLICATE"
    assert len(model.table("market")) == 2


def test_a_key_that_comes_twice_in_one_batch_is_recorded_once() -> None:
    model = DynamoDBModel()
    done = commit(writer(model), decision(1), decision(2), decision(1, b'{"price":"9"}', evt="x"), decision(1, evt="y"))
    assert [one.act for one in done] == ["RECORDED", "RECORDED", "CONFLICT", "DUPLICATE"]


def test_one_duplicate_in_a_batch_does_not_hold_up_the_others() -> None:
    model = DynamoDBModel()
    commit(writer(model), decision(2))
    done = commit(writer(model), decision(1), decision(2, evt="again"), decision(3))
    assert [one.act for one in done] == ["RECORDED", "DUPLICATE", "RECORDED"]
    assert len({one.entry_hash for one in done}) == 1


@pytest.mark.parametrize("fault", [CONFLICT, THROTTLE, LOST_BEFORE, LOST_AFTER, SERVER_ERROR_AFTER])
def test_a_fault_that_passes_leaves_one_record_and_one_entry(fault: str) -> None:
    model = DynamoDBModel(iter([fault, fault]))
    (done,) = commit(writer(model), decision(1))
    assert done.act == "RECORDED"
    assert len(model.table("market")) == len(entries(model)) == 1


def test_the_bytes_and_the_token_of_a_retry_are_those_of_the_first_attempt() -> None:
    model = DynamoDBModel(iter([LOST_AFTER, THROTTLE]))
    sent = []
    original = model.transact_write_items
    model.transact_write_items = lambda **request: (sent.append(repr(request)), original(**request))[1]
    commit(writer(model), decision(1))
    assert len(sent) == 3
    assert len(set(sent)) == 1


def test_nothing_written_when_time_runs_out_keeps_the_lane() -> None:
    model = DynamoDBModel(iter([THROTTLE]))
    w = writer(model)
    with pytest.raises(NotCommittedError) as caught:
        commit(w, decision(1), remaining=0)
    assert caught.value.outstanding == [decision(1)]
    (done,) = commit(w, decision(1))
    assert parse(done.entry_bytes).fields["gen"]["reason"] == "environment"


@pytest.mark.parametrize(("fault", "act"), [(LOST_AFTER, "DUPLICATE"), (LOST_BEFORE, "RECORDED")])
def test_a_lane_in_doubt_is_abandoned_and_cited(fault: str, act: str) -> None:
    model = DynamoDBModel(iter(["ok", fault]))
    w = writer(model)
    (first,) = commit(w, decision(1))
    with pytest.raises(OutcomeUnknownError) as caught:
        commit(w, decision(2), remaining=0)
    assert "Deliver the event again" in caught.value.diagnostics()
    (done,) = commit(w, decision(2))
    opening = parse(done.entry_bytes).fields["gen"]
    assert done.act == act
    assert done.lane != first.lane
    assert opening["reason"] == "unknown"
    assert opening["prior"]["lane"] == first.lane
    assert opening["prior"]["seq"] == 0
    assert len(opening["prior"]["next"]) == 64


def test_a_foreign_entry_at_the_head_opens_a_lane_that_cites_the_fork() -> None:
    model = DynamoDBModel()
    w = writer(model)
    (first,) = commit(w, decision(1))
    model.items[("audit", f"L#{first.lane}", "0000000001")] = {"b": {"B": b"{}"}, "h": {"B": b""}}
    (done,) = commit(w, decision(2))
    opening = parse(done.entry_bytes).fields["gen"]
    assert opening["reason"] == "forked"
    assert opening["prior"] == {"lane": first.lane, "seq": 0, "hash": first.entry_hash.hex()}


def test_a_new_hour_opens_a_lane_that_cites_the_last_head() -> None:
    model = DynamoDBModel()
    times = iter([T0, T0, T0 + 3_600 * 10**9, T0 + 3_600 * 10**9, T0])
    w = writer(model, clock=lambda: next(times))
    (first,) = commit(w, decision(1))
    (second,) = commit(w, decision(2))
    opening = parse(second.entry_bytes).fields["gen"]
    assert int(second.lane[:10]) == int(first.lane[:10]) + 1
    assert opening["reason"] == "hour"
    assert opening["prior"]["hash"] == first.entry_hash.hex()


def test_what_can_never_be_written_is_refused_at_once_and_the_lane_survives() -> None:
    model = DynamoDBModel()
    w = writer(model)
    denied = ServiceError("AccessDeniedException")
    original, model.transact_write_items = model.transact_write_items, lambda **_: (_ for _ in ()).throw(denied)
    with pytest.raises(RefusedError, match="AccessDenied"):
        commit(w, decision(1))
    model.transact_write_items = original
    assert commit(w, decision(1))[0].seq == 0


def test_what_was_committed_before_the_failure_is_reported_with_it() -> None:
    model = DynamoDBModel(iter(["ok", LOST_BEFORE]))
    with pytest.raises(OutcomeUnknownError) as caught:
        commit(writer(model), *(decision(number) for number in range(150)), remaining=0)
    error = caught.value
    assert error.committed
    assert len(error.committed) + len(error.outstanding) == 150


def test_concurrent_commits_never_share_a_lane() -> None:
    model = DynamoDBModel()
    w = writer(model)
    threads = [
        threading.Thread(target=lambda base=base: [commit(w, decision(base + n)) for n in range(20)])
        for base in range(0, 800, 100)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(model.table("market")) == len(entries(model)) == 160
    assert not any("forked" in item["b"]["B"].decode() for item in entries(model))


def test_the_witness_line_carries_the_entry_byte_for_byte() -> None:
    model = DynamoDBModel()
    done = commit(writer(model), decision(1), decision(2))
    (line,) = witness_lines(done)
    inner = json.loads(line)["audit"]
    assert inner["h"] == done[0].entry_hash.hex()
    assert done[0].entry_bytes.decode() in line


def test_the_token_is_as_much_of_the_entry_hash_as_dynamodb_takes() -> None:
    digest = hashlib.sha256(b"entry").digest()
    assert token_of(digest) == hashlib.sha256(b"entry").hexdigest()[:36]
