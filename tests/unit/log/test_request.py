from __future__ import annotations

from typing import Any

import pytest

from tapeproof.log.request import MAX_NAME, PruneRequest

REQUEST = PruneRequest("2025112306", 3, "ab" * 32, "operator", 12)


@pytest.mark.parametrize("request_", [REQUEST, REQUEST._replace(close=-1), REQUEST._replace(entries=0, by="\u00e9 B.")])
def test_a_request_is_read_as_it_was_written(request_: PruneRequest) -> None:
    assert PruneRequest.read(request_.item()) == request_
    assert PruneRequest.read(request_.item(leaf=9)) == request_
    assert request_.item(leaf=9)["leaf"] == {"N": "9"}


def test_the_leaf_that_answers_it_says_everything_but_where_the_hour_was_closed() -> None:
    assert REQUEST.leaf_members() == {"epoch": "2025112306", "entries": 3, "export": "ab" * 32, "by": "operator"}


@pytest.mark.parametrize(
    "changes",
    [
        {"sk": {"S": "PRUNE#2025112399"}},
        {"sk": {"S": "PRUNE#25112306"}},
        {"sk": {"S": "PRUNE#" + "\u0662" * 10}},
        {"sk": {"S": "PRUNE#1969123123"}},
        {"entries": {"N": "-1"}},
        {"entries": {"N": "1" * 16}},
        {"entries": {"N": "1.5"}},
        {"entries": {"S": "3"}},
        {"export": {"S": "AB" * 32}},
        {"export": {"S": "ab"}},
        {"export": {"B": b"ab"}},
        {"by": {"S": ""}},
        {"by": {"S": "x" * (MAX_NAME + 1)}},
        {"by": {"S": "a\nb"}},
        {"by": {"S": "\u202eb"}},
        {"close": {"N": "-2"}},
        {"close": {"N": "x"}},
        {"close": {}},
    ],
)
def test_a_request_of_another_form_is_none(changes: dict[str, Any]) -> None:
    assert PruneRequest.read({**REQUEST.item(), **changes}) is None


@pytest.mark.parametrize("name", ["entries", "export", "by"])
def test_a_request_that_lacks_something_is_none(name: str) -> None:
    assert PruneRequest.read({key: value for key, value in REQUEST.item().items() if key != name}) is None


@pytest.mark.parametrize("changes", [{"by": ""}, {"export": "x"}, {"entries": -1}, {"entries": 10**15}, {"epoch": "x"}])
def test_a_request_that_would_not_be_answered_is_known_before_it_is_written(changes: dict[str, Any]) -> None:
    assert REQUEST.sound()
    assert not REQUEST._replace(**changes).sound()
