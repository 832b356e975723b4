"""What DynamoDB's documented answers to TransactWriteItems mean for a transaction that was sent."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.log.decision import Decision
from tapeproof.log.lane import Lane
from tapeproof.log.reply import Meaning, read
from tapeproof.log.transaction import Frozen, Planned, freeze_chunk


def _decision(number: int) -> Decision:
    puts = (
        {"pk": {"S": "p"}, "sk": {"S": f"{number}"}, "body": {"S": "{}"}},
        {"pk": {"S": "p"}, "sk": {"S": f"{number}b"}},
    )
    return Decision("RECORDED", f"evt-{number}", f"k{number}", "s", None, b"{}", puts)


@pytest.fixture
def frozen() -> Frozen:
    """A transaction of two decisions with two records each, the first of its lane."""
    lane = Lane(f"2025112306.f.{'0' * 32}", "o", {})
    plans = [Planned.first(place, _decision(place), bytes) for place in range(2)]
    return freeze_chunk(plans, lane, "req", ("market", "audit"))


class RefusedError(Exception):
    def __init__(self, code: str, *reasons: dict[str, Any], status: int = 400) -> None:
        super().__init__(code)
        self.response = {
            "Error": {"Code": code, "Message": "told"},
            "ResponseMetadata": {"HTTPStatusCode": status},
            "CancellationReasons": list(reasons),
        }


NONE: dict[str, Any] = {"Code": "None"}
FAILED: dict[str, Any] = {"Code": "ConditionalCheckFailed"}


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (TimeoutError("slow"), Meaning.IN_DOUBT),
        (ConnectionResetError(), Meaning.IN_DOUBT),
        (RefusedError("InternalServerError", status=500), Meaning.IN_DOUBT),
        (RefusedError("TransactionInProgressException"), Meaning.IN_DOUBT),
        (RefusedError("SomethingNew", status=503), Meaning.IN_DOUBT),
        (RefusedError("ThrottlingException"), Meaning.REJECTED_FOR_NOW),
        (RefusedError("ProvisionedThroughputExceededException"), Meaning.REJECTED_FOR_NOW),
        (RefusedError("ValidationException"), Meaning.REFUSED),
        (RefusedError("AccessDeniedException"), Meaning.REFUSED),
        (RefusedError("IdempotentParameterMismatchException"), Meaning.REFUSED),
        (RefusedError("ResourceNotFoundException"), Meaning.REFUSED),
    ],
)
def test_an_error_is_in_doubt_unless_it_says_that_nothing_was_written(
    frozen: Frozen, error: Exception, meaning: Meaning
) -> None:
    reply = read(error, frozen)
    assert (reply.meaning, reply.found) == (meaning, {})
    assert reply.cause


def _cancelled(frozen: Frozen, *reasons: dict[str, Any]) -> Any:  # noqa: ANN401 - a reply
    return read(RefusedError("TransactionCanceledException", *reasons), frozen)


def test_an_entry_in_the_place_is_mine_when_it_is_the_one_that_was_sent(frozen: Frozen) -> None:
    mine = {**FAILED, "Item": {"b": {"B": frozen.data}}}
    for other in ({}, {"Item": {}}, {"Item": {"b": {"B": b"another"}}}, {"Item": {"b": {"S": "text"}}}):
        assert _cancelled(frozen, {**FAILED, **other}).meaning is Meaning.FOREIGN
    assert _cancelled(frozen, mine, FAILED).meaning is Meaning.MINE


def test_records_that_are_there_already_are_given_by_the_decision_that_they_belong_to(frozen: Frozen) -> None:
    old, other = {"pk": {"S": "old"}}, {"pk": {"S": "other"}}
    reasons = [NONE, NONE, {**FAILED, "Item": old}, NONE, {**FAILED, "Item": other}]
    reply = _cancelled(frozen, *reasons)
    assert (reply.meaning, reply.found) == (Meaning.TAKEN, {0: old, 1: other})
    first = _cancelled(frozen, NONE, {**FAILED, "Item": old}, {**FAILED, "Item": other})
    assert first.found == {0: old}


@pytest.mark.parametrize(
    ("reasons", "meaning"),
    [
        ([NONE, {"Code": "TransactionConflict"}], Meaning.REJECTED_FOR_NOW),
        ([NONE, NONE, {"Code": "ThrottlingError"}], Meaning.REJECTED_FOR_NOW),
        ([{"Code": "ItemCollectionSizeLimitExceeded"}], Meaning.REFUSED),
        ([{"Code": "ValidationError"}], Meaning.REFUSED),
        ([], Meaning.REFUSED),
        ([NONE] * 5 + [FAILED], Meaning.REFUSED),
    ],
)
def test_a_cancellation_for_another_reason_is_tried_again_only_where_that_helps(
    frozen: Frozen, reasons: list[dict[str, Any]], meaning: Meaning
) -> None:
    assert _cancelled(frozen, *reasons).meaning is meaning
