"""One stack, its world and its policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.decision import Answer
from tapeproof.gate.access.document import read_document
from tapeproof.gate.access.evaluation import Grant, Policies
from tapeproof.gate.access.site import Sender, Site, site_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

QUEUE = 'resource "aws_sqs_queue" "q" {\n name = "q"\n}\n'


def test_policies_of_a_stack_are_read_once(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(QUEUE)
    assert site_of(stack) is site_of(stack)
    (queue,) = stack.resources("aws_sqs_queue")
    assert site_of(stack).by_arn(site_of(stack).world.arn(queue)) is queue
    assert site_of(stack).by_arn("not an arn") is None


ARN = "arn:aws:sqs:us-east-1:111122223333:q"
KEY = "arn:aws:kms:us-east-1:111122223333:key/k"
SOURCE = "arn:aws:events:us-east-1:111122223333:rule/{}"


def _policies(condition: object, resource: str = "*") -> Policies:
    statement = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage"}
    document = {"Version": "2012-10-17", "Statement": {**statement, "Resource": resource, "Condition": condition}}
    return Policies(resource=read_document(document))


def _site(stack_of: Callable[[str], Stack]) -> tuple[Site, Callable[[str], Sender]]:
    stack = stack_of(QUEUE)
    (queue,) = stack.resources("aws_sqs_queue")
    return Site(stack), lambda name: Sender("events.amazonaws.com", SOURCE.format(name), queue, queue["name"])


@pytest.mark.parametrize(
    ("condition", "resource"),
    [
        ({"ArnEquals": {"aws:SourceArn": SOURCE.format("one")}}, "*"),
        ({"StringLike": {"AWS:SourceARN": "*/one"}}, "*"),
        ({"StringNotEquals": {"aws:SourceArn": SOURCE.format("two")}}, "*"),
        ({"StringEquals": {"sqs:about": "${aws:SourceArn}"}}, "*"),
        ({"StringEquals": {"sqs:path": "one"}}, "*"),
    ],
)
def test_requests_that_differ_in_what_a_policy_asks_about_are_decided_apart(
    condition: dict[str, dict[str, str]], resource: str, stack_of: Callable[[str], Stack]
) -> None:
    site, sender = _site(stack_of)
    policies = _policies(condition, resource)
    for _ in range(2):
        answers = [
            site.decide_service(
                sender(name),
                policies,
                "sqs:SendMessage",
                ARN,
                {"sqs:about": (SOURCE.format("one"),), "sqs:path": (name,)},
            ).answer
            for name in ("one", "two")
        ]
        assert answers == [Answer.ALLOWED, Answer.DENIED]


def test_requests_that_differ_in_what_no_policy_asks_about_are_decided_once(stack_of: Callable[[str], Stack]) -> None:
    site, sender = _site(stack_of)
    policies = _policies({"StringEquals": {"aws:SourceAccount": site.world.account}})
    first, second = (site.decide_service(sender(name), policies, "sqs:SendMessage", ARN) for name in ("one", "two"))
    assert first is second
    assert first.answer is Answer.ALLOWED
    assert site.decide_service(sender("one"), policies, "sqs:DeleteQueue", ARN).answer is Answer.DENIED


def test_what_a_grant_forbids_a_request_to_carry_besides_is_looked_at_each_time(
    stack_of: Callable[[str], Stack],
) -> None:
    site, sender = _site(stack_of)
    grant = Grant("events.amazonaws.com", ("Decrypt",), equals=(("a", "1"),))
    policies = Policies(key=read_document({"Version": "2012-10-17", "Statement": []}), grants=(grant,))
    context = {"kms:encryptioncontext:a": ("1",)}
    other = {**context, "kms:encryptioncontext:b": ("2",)}
    answers = [
        site.decide_service(sender("one"), policies, "kms:Decrypt", KEY, carried).answer for carried in (context, other)
    ]
    assert answers == [Answer.ALLOWED, Answer.DENIED]
