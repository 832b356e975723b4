"""Events in batches, redriven and replayed: what of them is committed, and what is delivered again."""

from __future__ import annotations

from collections import Counter
from typing import Any, TypeAlias

import pytest
from botocore.exceptions import ClientError

from tapeproof.log.writer import NotCommittedError
from tests.integration.market.native_messages import MATCH, match
from tests.market_bench import Context

Fixture: TypeAlias = Any


def test_a_batch_is_committed_in_one_transaction(bench: Fixture, native: Fixture, sqs: Fixture) -> None:
    batch = sqs(*(native("coinbase", match(number)) for number in range(60)))
    assert bench.processor().process(batch, bench.context) == {"batchItemFailures": []}
    assert len(bench.items(prefix="trade#")) == 60
    (entry,) = bench.entries()
    assert (entry.fields["act"], entry.fields["n"]) == ("BATCH", 60)


def test_a_bad_message_in_a_batch_is_rejected_alone(bench: Fixture, native: Fixture, sqs: Fixture) -> None:
    batch = sqs(native("coinbase", match(1)), "no json", native("coinbase", "{"), native("coinbase", match(2)))
    assert bench.processor().process(batch, bench.context) == {"batchItemFailures": []}
    assert Counter(one["act"] for one in bench.decisions()) == {"RECORDED": 2, "REJECTED": 2}


def test_a_batch_delivered_again_with_one_new_message_records_that_one(
    bench: Fixture, native: Fixture, sqs: Fixture
) -> None:
    processor = bench.processor()
    processor.process(sqs(*(native("coinbase", match(number)) for number in (1, 2, 2))), bench.context)
    processor.process(sqs(*(native("coinbase", match(number)) for number in (1, 2, 3))), bench.context)
    assert Counter(one["act"] for one in bench.decisions()) == {"RECORDED": 3, "DUPLICATE": 3}


class Refusing:
    """A client that refuses any transaction with a certain trade in it."""

    def __init__(self, client: Fixture, poison: str) -> None:
        self._client, self._poison = client, poison

    def transact_write_items(self, **arguments: Fixture) -> Fixture:
        if self._poison in str(arguments["TransactItems"][1:]):
            raise ClientError({"Error": {"Code": "ValidationException", "Message": "no"}}, "TransactWriteItems")
        return self._client.transact_write_items(**arguments)

    def put_item(self, **arguments: Fixture) -> Fixture:
        return self._client.put_item(**arguments)


def test_a_message_that_can_never_be_written_fails_alone(
    bench: Fixture, native: Fixture, sqs: Fixture, capsys: Fixture
) -> None:
    batch = sqs(*(native("coinbase", match(number)) for number in (1, 2, 3)))
    bench.client = Refusing(real := bench.client, "trade_id=2")
    assert bench.processor().process(batch, bench.context) == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    bench.client = real
    assert len(bench.items(prefix="trade#")) == 2
    assert '"level":"ERROR"' in capsys.readouterr().out


def test_a_throttled_partition_holds_up_only_what_goes_there(bench: Fixture, native: Fixture, sqs: Fixture) -> None:
    class Elapsing(Context):
        def get_remaining_time_in_millis(self) -> int:
            self.remaining -= 100
            return self.remaining

    class Hot(Refusing):
        def transact_write_items(self, **arguments: Fixture) -> Fixture:
            if self._poison in str(arguments["TransactItems"][1:]):
                error = {"Error": {"Code": "ThrottlingException", "Message": "slow"}}
                raise ClientError(error, "TransactWriteItems")
            return self._client.transact_write_items(**arguments)

    batch = sqs(*(native("coinbase", match(number)) for number in range(1, 9)))
    bench.client = Hot(real := bench.client, "trade_id=3")
    processor = bench.processor()
    processor._writer._sleep = lambda _: None
    failed = processor.process(batch, Elapsing(remaining=30_000))
    assert failed == {"batchItemFailures": [{"itemIdentifier": "m2"}]}
    bench.client = real
    assert len(bench.items(prefix="trade#")) == 7


def test_rejections_that_cannot_be_written_hold_up_no_record(bench: Fixture, native: Fixture, sqs: Fixture) -> None:
    batch = sqs(native("coinbase", match(1)), native("coinbase", "{"), native("coinbase", match(2)))
    bench.client = Refusing(real := bench.client, "REJECTED#")
    failed = bench.processor().process(batch, bench.context)
    assert failed == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    bench.client = real
    assert len(bench.items(prefix="trade#")) == 2


def test_without_time_left_every_message_of_a_batch_fails_and_nothing_is_lost(
    bench: Fixture, native: Fixture, sqs: Fixture
) -> None:
    class Throttled(Refusing):
        def transact_write_items(self, **arguments: Fixture) -> Fixture:
            raise ClientError({"Error": {"Code": "ThrottlingException", "Message": "slow"}}, "TransactWriteItems")

    bench.client, bench.context.remaining = Throttled(bench.client, ""), 100
    batch = sqs(native("coinbase", match(1)), native("coinbase", match(2)))
    failed = bench.processor().process(batch, bench.context)
    assert failed == {"batchItemFailures": [{"itemIdentifier": "m0"}, {"itemIdentifier": "m1"}]}
    with pytest.raises(NotCommittedError):
        bench.processor().process(native("coinbase", match(1)), bench.context)


@pytest.mark.parametrize("wrappings", [1, 3])
def test_a_redriven_on_failure_envelope_is_processed_as_the_original_event(
    bench: Fixture, native: Fixture, sqs: Fixture, wrappings: int
) -> None:
    sent = wrapped = native("coinbase", MATCH)
    for _ in range(wrappings):
        wrapped = {
            "version": "1.0",
            "timestamp": "2021-04-17T16:50:00.000Z",
            "requestContext": {"requestId": "r", "condition": "RetriesExhausted", "approximateInvokeCount": 3},
            "requestPayload": wrapped,
            "responseContext": {"statusCode": 200, "functionError": "Unhandled"},
            "responsePayload": {"errorMessage": "no"},
        }
    assert bench.processor().process(wrapped, bench.context) == {"outcomes": {"RECORDED": 1}}
    assert bench.decisions()[0]["evt"] == sent["id"]
    assert bench.processor().process(sqs(wrapped), bench.context) == {"batchItemFailures": []}
    assert [one["act"] for one in bench.decisions() if one["act"] != "RECORDED"] == ["DUPLICATE"]


def test_an_archive_replay_is_processed_as_the_event_and_says_so(bench: Fixture, native: Fixture) -> None:
    sent = native("coinbase", MATCH, **{"replay-name": "monday"})
    bench.processor().process(sent, bench.context)
    assert bench.decisions()[0]["obs"] == {"account": "123456789012", "replay": "monday"}
