"""Each question is asked once, whoever asks; its answer is kept as it was given, and nothing but reading is done."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tapeproof.account.answers import Answers, _only_reads

if TYPE_CHECKING:
    from collections.abc import Callable


class Client:
    """Answers each call by the next of its answers, a list of which is a paginator's pages; counts the calls."""

    def __init__(self, **answers: Any) -> None:  # noqa: ANN401 - as AWS answers
        self.answers, self.asked = answers, list[tuple[str, dict[str, Any]]]()
        self.meta = SimpleNamespace(
            events=SimpleNamespace(register=lambda *_: None), endpoint_url="https://sqs.amazonaws.com"
        )

    def can_paginate(self, operation: str) -> bool:
        return isinstance(self.answers[operation], list)

    def get_paginator(self, operation: str) -> Any:  # noqa: ANN401 - as boto3's
        return SimpleNamespace(paginate=lambda **given: self._pages(operation, given))

    def _pages(self, operation: str, given: dict[str, Any]) -> Any:  # noqa: ANN401 - as boto3's
        for page in self.answers[operation]:
            self.asked.append((operation, given))
            if isinstance(page, str):
                raise ClientError({"Error": {"Code": page}}, operation)
            yield dict(page)

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def call(**given: Any) -> Any:  # noqa: ANN401 - as AWS answers
            self.asked.append((operation, given))
            answer = self.answers[operation]
            if isinstance(answer, str):
                raise ClientError({"Error": {"Code": answer}}, operation)
            return dict(answer(**given) if callable(answer) else answer)

        return call


def test_the_same_question_is_asked_once_and_another_by_itself() -> None:
    client = Client(get_queue={"Name": "a"})
    answers = Answers(lambda _: client)
    first, again = (answers.answer("sqs", "get_queue", {"Url": "a"}) for _ in range(2))
    assert (first.pages, first.calls) == (again.pages, again.calls)
    answers.answer("sqs", "get_queue", {"Url": "b"})
    assert client.asked == [("get_queue", {"Url": "a"}), ("get_queue", {"Url": "b"})]


def test_what_a_reader_does_to_an_answer_is_seen_by_no_other() -> None:
    answers = Answers(lambda _: Client(get_function={"Environment": {"Variables": {"A": "1"}}}))
    answers.answer("lambda", "get_function", {}).pages[0]["Environment"].clear()
    assert answers.answer("lambda", "get_function", {}).pages == [{"Environment": {"Variables": {"A": "1"}}}]


@pytest.mark.parametrize("listing", ["AccessDenied", [{"Things": [1]}, "AccessDenied"]])
def test_a_refusal_is_an_answer_too_and_keeps_the_pages_before_it(listing: Any) -> None:  # noqa: ANN401 - an answer
    client = Client(list_things=listing)
    answers = Answers(lambda _: client, lambda: "mara")
    for _ in range(2):
        answer = answers.answer("x", "list_things", {})
        assert answer.refusal is not None
        assert (answer.refusal.code, answer.refusal.fix) == ("AccessDenied", "grant it to mara")
        assert answer.pages == ([{"Things": [1]}] if isinstance(listing, list) else [])
    assert len(client.asked) == (2 if isinstance(listing, list) else 1)


def test_a_listing_that_has_pages_without_boto3_knowing_is_read_to_its_end() -> None:
    pages = {None: {"EventBuses": ["a"], "NextToken": "2"}, "2": {"EventBuses": ["b"]}}
    client = Client(list_event_buses=lambda NextToken=None: pages[NextToken])  # noqa: N803 - AWS's name
    answer = Answers(lambda _: client).answer("events", "list_event_buses", {})
    assert [page["EventBuses"] for page in answer.pages] == [["a"], ["b"]]
    assert len(answer.calls) == 2


@pytest.mark.parametrize(
    ("call", "reads"),
    [
        ("GetPolicy", True),
        ("ListQueues", True),
        ("DescribeAlarms", True),
        ("CreateQueue", False),
        ("PutItem", False),
        ("TagResource", False),
    ],
)
def test_a_call_that_could_change_something_is_stopped(call: str, reads: bool) -> None:
    model = SimpleNamespace(name=call)
    if reads:
        assert _only_reads(model) is None
    else:
        with pytest.raises(AssertionError, match=f"never asked to {call}"):
            _only_reads(model)
