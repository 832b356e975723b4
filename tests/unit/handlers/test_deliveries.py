from __future__ import annotations

import json
from typing import Any

import pytest
from handlers.deliveries import delivery, messages, unwrap_envelope

EVENT = {
    "id": "e-1",
    "source": "marketdata.kraken",
    "detail-type": "Trade",
    "time": "2024-01-01T00:00:00Z",
    "detail": {"a": 1},
}


def test_an_event_is_read_as_eventbridge_writes_it() -> None:
    one = delivery(EVENT)
    assert (one.evt, one.source, one.detail_type, one.detail) == ("e-1", "marketdata.kraken", "Trade", {"a": 1})
    assert (one.time_ns, one.replay, one.flaw) == (1704067200000000000, None, None)
    assert json.loads(one.text) == EVENT


def test_a_replayed_event_has_the_text_of_the_first_delivery() -> None:
    replayed = delivery(EVENT | {"replay-name": "monday"})
    assert replayed.replay == "monday"
    assert replayed.text == delivery(EVENT).text


def test_an_event_without_an_id_has_one_of_its_content() -> None:
    bare = {name: value for name, value in EVENT.items() if name != "id"}
    assert delivery(bare).evt == delivery(dict(bare)).evt != delivery(bare | {"detail": 2}).evt
    assert delivery(bare).evt.startswith("sha256-")


@pytest.mark.parametrize("name", ["", "a#b", "a b", "ü", "\ud800", "x" * 129, 5, None])
def test_a_source_or_id_that_cannot_stand_in_a_key_does_not(name: Any) -> None:  # noqa: ANN401 - any value
    one = delivery(EVENT | {"id": name, "detail-type": name})
    assert one.evt.startswith("sha256-")
    assert one.detail_type == "unknown"
    if isinstance(name, str):
        assert delivery(EVENT | {"source": name}).source == "unknown"


def test_wrappings_without_end_do_not_hold_up_a_processor() -> None:
    wrapped: Any = EVENT
    for _ in range(40):
        wrapped = {"requestContext": {}, "requestPayload": wrapped}
    assert "requestPayload" in unwrap_envelope(wrapped)


@pytest.mark.parametrize(
    "event",
    [
        {"Records": []},
        {"Records": "x"},
        {"Records": [5]},
        {"Records": [{"eventSource": "aws:s3"}]},
        {"Records": [{"eventSource": "aws:sqs"}, {"eventSource": "aws:s3"}]},
        [],
    ],
)
def test_only_a_batch_of_sqs_is_one(event: Any) -> None:  # noqa: ANN401 - any value
    assert messages(event) is None


def test_a_message_that_is_not_json_is_a_flawed_delivery_named_by_its_message() -> None:
    (message,) = messages({"Records": [{"eventSource": "aws:sqs", "messageId": "m-1", "body": "{"}]}) or []
    assert (message.message_id, message.delivery.evt) == ("m-1", "m-1")
    assert message.delivery.flaw == "the message body is not JSON"
    assert json.loads(message.delivery.text) == {"body": "{", "messageId": "m-1"}


@pytest.mark.parametrize(
    ("sent", "ns"), [("1618677817100", 1_618_677_817_100_000_000), ("9" * 40, None), ("soon", None), (5, None)]
)
def test_a_message_without_a_time_of_its_own_arrived_when_it_was_sent(sent: Any, ns: int | None) -> None:  # noqa: ANN401 - any value
    record = {"eventSource": "aws:sqs", "messageId": "m", "body": "{", "attributes": {"SentTimestamp": sent}}
    (message,) = messages({"Records": [record]}) or []
    assert message.delivery.time_ns == ns
