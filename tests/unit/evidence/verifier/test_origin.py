from __future__ import annotations

from typing import Any

import pytest

from tapeproof.account.origin import host_of, is_aws_host, is_emulated
from tapeproof.evidence.verifier.origin import accounts_of, is_simulated, stage_origin

AWS = {"hosts": ["sqs.us-east-1.amazonaws.com"], "account": "111122223333"}


def _item(source: dict[str, Any], **changes: object) -> dict[str, Any]:
    return {"source": source, "simulated": False, "status": "collected", "judge": "criteria", **changes}


@pytest.mark.parametrize(
    ("endpoint", "host", "aws"),
    [
        ("https://sqs.us-east-1.amazonaws.com", "sqs.us-east-1.amazonaws.com", True),
        ("sqs.us-east-1.amazonaws.com:443", "sqs.us-east-1.amazonaws.com", True),
        ("https://vpce-1.sqs.us-east-1.vpce.amazonaws.com/x", "vpce-1.sqs.us-east-1.vpce.amazonaws.com", True),
        ("https://lambda.eu-central-1.api.aws", "lambda.eu-central-1.api.aws", True),
        ("https://sqs.cn-north-1.amazonaws.com.cn", "sqs.cn-north-1.amazonaws.com.cn", True),
        ("http://localhost:4566", "localhost", False),
        ("https://localhost.localstack.cloud:4566", "localhost.localstack.cloud", False),
        ("https://amazonaws.com.attacker.example", "amazonaws.com.attacker.example", False),
        ("https://sqs.amazonaws.com@127.0.0.1", "127.0.0.1", False),
        ("https://notamazonaws.com", "notamazonaws.com", False),
    ],
)
def test_a_host_is_awss_only_below_a_domain_of_aws(endpoint: str, host: str, *, aws: bool) -> None:
    assert (host_of(endpoint), is_aws_host(host), is_emulated(endpoint)) == (host, aws, not aws)


@pytest.mark.parametrize(
    ("item", "simulated"),
    [
        (_item(AWS), False),
        (_item(AWS, simulated=True), True),
        (_item({**AWS, "hosts": ["localhost"]}), True),
        (_item({**AWS, "account": "000000000000"}), True),
        (_item({"origin": "tapeproof/123456789012/dev"}), True),
        (_item({"origin": "tapeproof/111122223333/dev"}), False),
        (_item({"origin": "example.com/log"}), False),
    ],
)
def test_an_item_is_simulated_by_what_answered(item: dict[str, Any], *, simulated: bool) -> None:
    assert is_simulated(item) is simulated


@pytest.mark.parametrize(
    ("items", "origin"),
    [
        ([], "implemented"),
        ([_item(AWS)], "implemented"),
        ([_item({})], "recorded"),
        ([_item({"hosts": AWS["hosts"]})], "recorded"),
        ([_item(AWS), _item({})], "recorded"),
        ([_item(AWS), _item({}, judge="gate")], "implemented"),
        ([_item({}, judge="gate")], "recorded"),
        ([_item(AWS), _item({"hosts": ["localhost"]})], "simulated"),
        ([_item({}, status="failed")], "implemented"),
    ],
)
def test_a_stage_shows_an_account_only_when_one_answered(items: list[dict[str, Any]], origin: str) -> None:
    assert stage_origin(items) == origin


def test_accounts_are_named_by_who_answered_and_by_the_logs_origin() -> None:
    assert list(accounts_of(_item({"account": "1", "origin": "tapeproof/111122223333/dev"}))) == ["1", "111122223333"]


@pytest.mark.parametrize(
    ("endpoint", "emulated"),
    [
        ("", False),
        ("https://dynamodb.us-east-1.amazonaws.com", False),
        ("https://sqs.cn-north-1.amazonaws.com.cn", False),
        ("https://127.0.0.1:4566", True),
        ("https://amazonaws.com.evil.example", True),
    ],
)
def test_an_endpoint_that_is_not_of_aws_makes_evidence_simulated(endpoint: str, emulated: bool) -> None:
    assert is_emulated(endpoint) is emulated
