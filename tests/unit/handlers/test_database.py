"""What the processor's client sends is what the SDK itself would have sent, less its time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.session import get_session
from handlers.database import send_as_given

ITEM = {
    "pk": {"S": "trade#kraken#BTC-USD#20260728"},
    "sk": {"S": 'trade_id=7 "quoted" \u00e9 \U0001f600 \x7f'},
    "a_hash": {"B": bytes(range(256))},
    "a_seq": {"N": "12"},
    "empty": {"B": b""},
    "list": {"L": [{"S": "x"}, {"BOOL": True}, {"NULL": True}, {"M": {"b": {"B": b"\0"}}}]},
    "set": {"BS": [b"1", b"2"]},
}
PUT = {
    "TableName": "market",
    "Item": ITEM,
    "ConditionExpression": "#ver = :ver",
    "ExpressionAttributeNames": {"#ver": "ver"},
    "ExpressionAttributeValues": {":ver": {"N": "1"}},
    "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
}
TRANSACTION = {
    "TransactItems": [
        {"Put": {"TableName": "market", "Item": ITEM, "ConditionExpression": "attribute_not_exists(pk)"}},
        {"Put": {"TableName": "audit", "Item": {"pk": {"S": "E#1"}, "b": {"B": b'{"_lane"'}}}},
    ],
    "ClientRequestToken": "0" * 36,
}


class Network:
    """Keeps the requests of a client, and answers each alike."""

    def __init__(self, *, status: int = 200, answer: bytes = b"{}", as_given: bool) -> None:
        session = get_session()
        session.set_credentials("AKIAEXAMPLE", "example")
        config = Config(parameter_validation=False, retries={"total_max_attempts": 1})
        self.client = session.create_client("dynamodb", region_name="us-east-1", config=config)
        if as_given:
            send_as_given(self.client)
        self.requests: list[Any] = []
        self._status, self._answer = status, answer
        self.client.meta.events.register("before-send.dynamodb", self._send)

    def _send(self, request: Any, **_: object) -> AWSResponse:  # noqa: ANN401 - botocore's own shape
        self.requests.append(request)
        response = AWSResponse(request.url, self._status, {}, None)
        response._content = self._answer
        return response


@pytest.fixture(scope="module")
def networks() -> tuple[Network, Network]:
    return Network(as_given=False), Network(as_given=True)


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [("put_item", PUT), ("put_item", {"TableName": "t", "Item": {}}), ("transact_write_items", TRANSACTION)],
)
def test_the_request_is_the_one_that_the_sdk_writes(
    networks: tuple[Network, Network], operation: str, arguments: dict[str, Any]
) -> None:
    for network in networks:
        network.requests.clear()
        getattr(network.client, operation)(**arguments)
    (own,), (ours,) = (network.requests for network in networks)
    assert json.loads(ours.body) == json.loads(own.body)
    assert ours.url == own.url
    ignored = {"Authorization", "X-Amz-Date", "amz-sdk-invocation-id", "Content-Length", "User-Agent"}
    headers = [{name: v for name, v in one.headers.items() if name not in ignored} for one in (own, ours)]
    assert headers[0] == headers[1]
    assert int(ours.headers["Content-Length"]) == len(ours.body)
    assert "SignedHeaders=" in str(ours.headers["Authorization"])


def test_other_operations_stay_the_sdks_own(networks: tuple[Network, Network]) -> None:
    for network in networks:
        network.requests.clear()
        network.client.get_item(TableName="market", Key={"pk": {"B": b"1"}})
    assert json.loads(networks[0].requests[0].body) == json.loads(networks[1].requests[0].body)


def test_what_stood_in_the_way_is_read_from_the_answer_as_before() -> None:
    network = Network(
        status=400,
        answer=b'{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",'
        b'"Item":{"pk":{"S":"k"},"a_pay":{"B":"AAE="}}}',
        as_given=True,
    )
    with pytest.raises(network.client.exceptions.ConditionalCheckFailedException) as caught:
        network.client.put_item(**PUT)
    assert caught.value.response["Item"] == {"pk": {"S": "k"}, "a_pay": {"B": b"\x00\x01"}}


def test_content_that_dynamodb_has_no_form_for_is_refused_before_anything_is_sent() -> None:
    network = Network(as_given=True)
    with pytest.raises(TypeError):
        network.client.put_item(TableName="t", Item={"pk": {"S": object()}})
    assert not network.requests
