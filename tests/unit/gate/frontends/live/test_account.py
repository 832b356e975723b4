"""Asking AWS: every page is read, nothing is taken for an answer that is a refusal, and nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.model import Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.frontends.live.account import Account


@pytest.mark.parametrize("paged", [frozenset({"list_things"}), frozenset()])
def test_every_page_is_read_with_a_paginator_or_without(
    paged: frozenset[str], account_of: Callable[..., Account]
) -> None:
    pages = {None: {"Things": [1], "NextToken": "b"}, "b": {"Things": [2], "NextToken": ""}}

    def answer(**arguments: str) -> object:
        return list(pages.values()) if paged else pages[arguments.get("NextToken")]

    account = account_of(paged=paged, list_things=answer)
    assert list(account.pages("x", "list_things", "Things")) == [1, 2]
    assert account.unread == []


@pytest.mark.parametrize(
    "code", ["ResourceNotFoundException", "NoSuchEntity", "NoSuchBucketPolicy", "NonExistentQueue"]
)
def test_what_does_not_exist_is_no_refusal(code: str, account_of: Callable[..., Account]) -> None:
    account = account_of(get_thing=code, list_things=code)
    assert account.ask("x", "get_thing") == {}
    assert list(account.pages("x", "list_things", "Things")) == []
    assert account.unread == []


def test_a_refused_list_is_remembered_and_stands_for_any_number_of_resources(
    account_of: Callable[..., Account],
) -> None:
    account = account_of(list_things="AccessDenied")
    assert list(account.pages("x", "list_things", "Things", gap=("aws_thing", "name", "arn"))) == []
    (unread,) = account.unread
    assert unread.why == "AWS refused x list_things: AccessDenied"
    (gap,) = account.gaps
    assert (gap.type, gap.doubt) == ("aws_thing", unread)
    assert not gap["arn"].known


def test_a_refused_answer_is_unknown_through_all_its_parts(account_of: Callable[..., Account]) -> None:
    account = account_of(get_thing="AccessDenied", get_other={"a": {"b": 1, "c": "text"}})
    refused, answer = account.ask("x", "get_thing"), account.ask("x", "get_other")
    assert account.part(refused, "a", "b") is refused
    assert isinstance(refused, Unknown)
    assert [account.part(answer, *path) for path in (("a", "b"), ("a", "z"), ("z", "b"), ("a", "c", "d"))] == [
        1,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("name", "covered"), [("queue-dev", True), ("queue-dev.fifo", True), ("queue-prod", False), ("dev-queue", False)]
)
def test_only_names_with_the_suffix_are_looked_at(name: str, covered: bool, account_of: Callable[..., Account]) -> None:
    assert account_of("dev").covers(name) is account_of("-dev").covers(name) is covered
    assert account_of().covers(name)


def test_absent_attributes_are_left_out_and_values_stay(account_of: Callable[..., Account]) -> None:
    unknown = Unknown("x")
    made = account_of().resource("aws_x", "n", "arn", name="n", gone=None, doubtful=unknown)
    assert list(made.attributes) == ["name", "doubtful"]
    assert made["doubtful"] is unknown
    assert str(made.span) == "aws:123456789012:us-east-1"


def test_the_region_is_the_one_asked_for_then_the_sessions(account_of: Callable[..., Account]) -> None:
    assert account_of(region="eu-west-1").provider()["region"].plain() == "eu-west-1"
    assert account_of().provider()["region"].plain() == "us-east-1"


def test_the_provider_is_confined_to_the_account(account_of: Callable[..., Account]) -> None:
    assert account_of().provider()["allowed_account_ids"].plain() == ["123456789012"]


def test_without_a_region_or_credentials_it_says_what_to_do(
    account_of: Callable[..., Account], session_of: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotJudgeError, match="check the credentials"):
        account_of(get_caller_identity="ExpiredToken")
    monkeypatch.setattr(session_of, "region_name", None)
    with pytest.raises(CannotJudgeError, match="set --region, AWS_REGION or"):
        account_of()
