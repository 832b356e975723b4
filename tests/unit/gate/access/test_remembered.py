"""Decisions that are taken once for all requests that no policy can tell apart."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.gate.access.decision import Answer, decide
from tapeproof.gate.access.document import Document, read_document
from tapeproof.gate.access.evaluation import Policies
from tapeproof.gate.access.principal import Principal
from tapeproof.gate.access.remembered import Calls, Remembered
from tapeproof.gate.access.request import Request

TOPIC = "arn:aws:sns:us-east-1:111122223333:topic-alarms"
ALARM = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:{}"
SERVICE = Principal("service", "cloudwatch.amazonaws.com")


def _document(condition: dict[str, Any], resource: str = "*", version: str = "2012-10-17") -> Document:
    statement = {"Effect": "Allow", "Principal": {"Service": SERVICE.name}, "Action": "sns:Publish"}
    return read_document({"Version": version, "Statement": {**statement, "Resource": resource, "Condition": condition}})


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({}, False),
        ({"ArnLike": {"aws:SourceArn": ALARM.format("*")}}, False),
        ({"StringEquals": {"aws:SourceAccount": "111122223333"}}, False),
        ({"ArnLike": {"AWS:SourceArn": ALARM.format("one")}}, True),
        ({"StringNotLike": {"aws:SourceArn": "*:one"}}, True),
        ({"StringLike": {"sns:Endpoint": "${aws:SourceArn}"}}, True),
    ],
)
def test_sources_are_told_apart_as_far_as_a_policy_does(condition: dict[str, Any], told: bool) -> None:
    calls = Calls([_document(condition)], "sns:Publish")
    one, two = (calls.tell_apart((ALARM.format(name),)) for name in ("one", "two"))
    assert (one != two) is told


def test_a_source_that_stands_in_a_resource_is_told_apart_from_every_other() -> None:
    calls = Calls([_document({}, "arn:aws:sns:us-east-1:111122223333:${aws:SourceArn}")], "sns:Publish")
    assert calls.tell_apart((ALARM.format("one"),)) != calls.tell_apart((ALARM.format("two"),))


def test_what_says_nothing_of_the_action_tells_no_source_apart() -> None:
    calls = Calls([_document({"ArnLike": {"aws:SourceArn": ALARM.format("one")}})], "sns:Subscribe")
    assert calls.tell_apart((ALARM.format("one"),)) == calls.tell_apart((ALARM.format("two"),))


def test_a_request_is_decided_once_and_another_one_for_itself() -> None:
    remembered = Remembered()
    policies = Policies(resource=_document({"ArnLike": {"aws:SourceArn": ALARM.format("one")}}))
    requests = {
        name: Request(SERVICE, "sns:Publish", TOPIC, "111122223333", {"aws:sourcearn": (ALARM.format(name),)})
        for name in ("one", "two")
    }
    decided = {name: remembered.decide(policies, request) for name, request in requests.items()}
    assert {name: one.answer for name, one in decided.items()} == {"one": Answer.ALLOWED, "two": Answer.DENIED}
    assert remembered.decide(policies, requests["one"]) is decided["one"]
    assert decided["one"] == decide(policies, requests["one"])


def test_documents_that_are_gone_do_not_answer_for_others_in_their_place() -> None:
    remembered = Remembered()
    request = Request(SERVICE, "sns:Publish", TOPIC, "111122223333")
    answers = [
        remembered.decide(Policies(resource=_document(condition)), request).answer
        for _ in range(50)
        for condition in ({}, {"Bool": {"aws:SecureTransport": "true"}})
    ]
    assert answers == [Answer.ALLOWED, Answer.DENIED] * 50


def _key_request(action: str) -> Request:
    role = Principal("role", "arn:aws:iam::111122223333:role/r", "111122223333", "arn:aws:sts::111122223333:x/r/s")
    return Request(role, action, "arn:aws:kms:us-east-1:111122223333:key/k", "111122223333")


def test_actions_that_the_same_statements_name_are_decided_once() -> None:
    remembered = Remembered()
    own = {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}
    root = {**own, "Principal": {"AWS": "111122223333"}}
    identity, key = (read_document({"Version": "2012-10-17", "Statement": one}) for one in (own, root))
    policies = Policies((identity,), key=key)
    one, two = (remembered.decide(policies, _key_request(action)) for action in ("kms:Decrypt", "kms:Encrypt"))
    assert one is two
    assert one.answer is Answer.ALLOWED


def test_an_action_on_a_key_is_decided_apart_from_others_that_the_same_statements_name() -> None:
    remembered = Remembered()
    own = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    stranger = {**own, "Principal": {"AWS": "444455556666"}}
    identity, other = (read_document({"Version": "2012-10-17", "Statement": one}) for one in (own, stranger))
    policies = Policies((identity,), resource=other)
    answers = [
        remembered.decide(policies, _key_request(action)).answer for action in ("sqs:SendMessage", "kms:Decrypt")
    ]
    assert answers == [Answer.ALLOWED, Answer.DENIED]
