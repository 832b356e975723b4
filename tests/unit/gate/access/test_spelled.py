"""Words that stand for what is decided at apply."""

from __future__ import annotations

import pytest

from tapeproof.gate.access.spelled import placeholder, without_unknowns


@pytest.mark.parametrize("text", ["aws_sqs_queue.q", 'module.m["a:b"].aws_x.y[0]', "a/b", "*", "a b?"])
def test_a_word_has_nothing_that_means_something_in_an_arn_or_a_pattern(text: str) -> None:
    assert not set(placeholder(text)) & set("*?:/ ")
    assert placeholder(text) == placeholder(text)


def test_two_things_have_two_words() -> None:
    assert placeholder("aws_sqs_queue.a") != placeholder("aws_sqs_queue.b")


def test_what_has_no_name_is_told_the_same_in_every_run() -> None:
    one, two = (placeholder(f"unknown-{number}") for number in (1, 22))
    assert without_unknowns(f"{one} and {two}") == "what is not known and what is not known"
    assert without_unknowns(placeholder("aws_sqs_queue.q")) == placeholder("aws_sqs_queue.q")
