"""An account that is asked: what is recorded of each answer, and what goes wrong."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import EndpointConnectionError

from tapeproof.account.asking import Account, Asker, open_account
from tapeproof.account.errors import AccountError

if TYPE_CHECKING:
    from collections.abc import Callable

WHO = "arn:aws:iam::111122223333:user/mara"


class _Raw(io.BytesIO):
    def stream(self, *_: object, **__: object) -> Any:  # noqa: ANN401 - bytes, as urllib3 yields them
        yield self.read()


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN", "AWS_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKID")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "SECRET")


@pytest.fixture
def asker() -> Callable[..., Asker]:
    """Return a function that makes an asker whose answers come one after the other: a status and a body each."""

    def make(*answers: tuple[int, str] | Exception) -> Asker:
        session = boto3.Session(region_name="us-east-1")
        left = list(answers)

        def answer(request: Any, **_: object) -> AWSResponse:  # noqa: ANN401 - botocore's
            given = left.pop(0) if len(left) > 1 else left[0]
            if isinstance(given, Exception):
                raise given
            status, body = given
            headers = {"x-amzn-requestid": "r-1", "date": "Mon, 30 Nov 2026 02:00:00 GMT"}
            return AWSResponse(request.url, status, headers, _Raw(body.encode()))

        session.events.register("before-send", answer)
        account = Account(session, "us-east-1", "", "111122223333", {"who": WHO}, simulated=False)
        return Asker(account)

    return make


def test_each_answer_is_recorded_with_what_identifies_it(asker: Callable[..., Asker]) -> None:
    asked = asker((200, '{"TableNames": ["a"]}'))
    assert list(asked.pages("dynamodb", "list_tables", "TableNames")) == ["a"]
    (call,) = asked.take_calls()
    assert (call["service"], call["operation"], call["status"], call["request_id"]) == (
        "dynamodb",
        "list_tables",
        200,
        "r-1",
    )
    assert call["date"] == "Mon, 30 Nov 2026 02:00:00 GMT"
    assert len(call["body_sha256"]) == 64
    assert call["endpoint"].endswith(".amazonaws.com")
    assert asked.calls == []


def test_every_page_of_a_listing_is_read_and_recorded(asker: Callable[..., Asker]) -> None:
    pages = ((200, '{"TableNames": ["a"], "LastEvaluatedTableName": "aaa"}'), (200, '{"TableNames": ["b"]}'))
    asked = asker(*pages)
    assert list(asked.pages("dynamodb", "list_tables", "TableNames")) == ["a", "b"]
    assert [call["parameters"] for call in asked.calls] == [{}, {}]


def test_a_listing_without_pages_is_asked_once(asker: Callable[..., Asker]) -> None:
    assert list(asker((200, '{"Tags": ["x"]}')).pages("kms", "get_key_policy", "Tags", KeyId="1")) == []


def test_what_is_not_there_is_none_where_the_code_says_so(asker: Callable[..., Asker]) -> None:
    absent = (400, '{"__type": "NotFoundException", "message": "no such key"}')
    asked = asker(absent)
    assert asked.ask_if_any("kms", "describe_key", ("NotFoundException",), KeyId="1") is None
    assert [call["status"] for call in asked.calls] == [400]
    with pytest.raises(AccountError, match="AWS did not answer kms describe_key"):
        asker(absent).ask("kms", "describe_key", KeyId="1")


def test_a_refusal_says_whom_to_grant_it_to(asker: Callable[..., Asker]) -> None:
    refused = (400, '{"__type": "AccessDeniedException", "message": "not allowed"}')
    with pytest.raises(AccountError) as error:
        asker(refused).ask("kms", "describe_key", KeyId="1")
    assert f"grant it to {WHO}" in error.value.diagnostics()


def test_a_connection_that_fails_is_told(asker: Callable[..., Asker], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    with pytest.raises(AccountError, match="kms describe_key failed"):
        asker(EndpointConnectionError(endpoint_url="https://kms")).ask("kms", "describe_key", KeyId="1")


def test_a_key_is_asked_about_once(asker: Callable[..., Asker]) -> None:
    asked = asker((200, '{"KeyMetadata": {"KeyId": "1"}}'))
    assert asked.key("1") == asked.key("1") == {"KeyId": "1"}
    assert asked.key(None) is None
    assert asked.key("") is None


def test_credentials_in_use_are_known_so_that_they_can_be_left_out(asker: Callable[..., Asker]) -> None:
    assert asker().account.secrets() == ["AKID", "SECRET"]


@pytest.mark.parametrize("endpoint", ["localhost:4566", "http://", "http://[::1", "http://a b", "https://\u2100"])
def test_an_address_that_is_none_is_an_error_for_people(endpoint: str) -> None:
    with pytest.raises(AccountError) as error:
        open_account(region="us-east-1", endpoint=endpoint)
    assert "is no endpoint" in error.value.diagnostics()
    assert "such as http://localhost:4566" in error.value.diagnostics()


@pytest.mark.parametrize(("region", "profile"), [("us east!", ""), ("us-east-1", "nobody-has-this-profile")])
def test_a_region_or_a_profile_that_is_none_is_an_error_for_people(region: str, profile: str) -> None:
    with pytest.raises(AccountError, match="no AWS account could be reached"):
        open_account(region=region, profile=profile)


@pytest.mark.parametrize(("asked", "attempts"), [("1", 1), ("3", 3), (None, 6)])
def test_calls_are_made_again_as_often_as_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, asked: str | None, attempts: int
) -> None:
    monkeypatch.delenv("AWS_MAX_ATTEMPTS", raising=False)
    if asked:
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", asked)
    session = boto3.Session(region_name="us-east-1")
    client = Account(session, "us-east-1", "", "111122223333", {}, simulated=False).client("sts")
    assert client.meta.config.retries["total_max_attempts"] == attempts
