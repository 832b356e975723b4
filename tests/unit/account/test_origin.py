"""Whether an answer can be AWS's own."""

from __future__ import annotations

import pytest

from tapeproof.account.origin import host_of, is_aws_host, is_emulated


@pytest.mark.parametrize(
    ("endpoint", "emulated"),
    [
        ("", False),
        ("https://sqs.eu-west-1.amazonaws.com", False),
        ("https://sqs.cn-north-1.amazonaws.com.cn/", False),
        ("https://sqs.eusc-de-east-1.amazonaws.eu", False),
        ("sqs.eu-west-1.api.aws", False),
        ("https://SQS.EU-WEST-1.AMAZONAWS.COM.", False),
        ("http://localhost:4566", True),
        ("127.0.0.1:4566", True),
        ("https://amazonaws.com.example.org", True),
        ("https://evilamazonaws.com", True),
        ("https://sqs.amazonaws.com@localhost", True),
        ("https://localhost/sqs.amazonaws.com", True),
        ("http://localhost?.amazonaws.com", True),
    ],
)
def test_an_address_below_a_domain_of_aws_is_aws(endpoint: str, emulated: bool) -> None:
    assert is_emulated(endpoint) is emulated


@pytest.mark.parametrize(
    ("endpoint", "host"),
    [("http://LocalHost:4566/x", "localhost"), ("127.0.0.1:4566", "127.0.0.1"), ("http://[::1]:4566", "::1"), ("", "")],
)
def test_a_host_is_read_off_the_address(endpoint: str, host: str) -> None:
    assert host_of(endpoint) == host


def test_a_bare_domain_is_no_host_of_aws() -> None:
    assert not is_aws_host("amazonaws.com")
    assert not is_aws_host("")
