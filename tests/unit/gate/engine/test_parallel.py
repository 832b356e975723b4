"""Work in other processes is answered, or ended."""

from __future__ import annotations

import os
import time

import pytest

from tapeproof.gate.engine.parallel import Limits, processors, spread
from tests.effort import seconds_here

ROOMY = 1024**3


def limits(seconds: float = 60) -> Limits:
    return Limits(time.monotonic() + seconds, ROOMY)


def work(item: int | str) -> str:
    if item == "for ever":
        time.sleep(3600)
    if item == "much":
        bytearray(64 * 1024**3)
    if item == "dies":
        os._exit(7)
    if item == "raises":
        raise ValueError(item)
    return f"did {item}"


def told(items: list[int | str], given: Limits) -> list[str]:
    return spread(items, work, lambda _: 1, given, lambda item, why: f"{item}: {why}")


def test_answers_come_in_the_order_of_the_items() -> None:
    assert told(list(range(20)), limits()) == [f"did {number}" for number in range(20)]
    assert processors() >= 1


def test_nothing_to_do_is_done() -> None:
    assert told([], limits()) == []


def test_what_takes_too_long_is_ended_and_the_rest_is_answered() -> None:
    begun = time.monotonic()
    answers = told(["a", "for ever", "b", "c"], limits(2))
    assert answers[1] == "for ever: took too long"
    assert answers[0] == "did a"
    assert time.monotonic() - begun < seconds_here(60)


def test_a_deadline_that_is_over_leaves_everything_unanswered() -> None:
    assert told(["a", "b"], limits(-1)) == ["a: took too long", "b: took too long"]


def test_what_takes_too_much_memory_does_not_keep_others_from_an_answer() -> None:
    answers = told(["much", *range(6)], limits())
    assert answers[0].startswith("much: takes more than 1,024 MB")
    assert answers[1:] == [f"did {number}" for number in range(6)]


def test_a_worker_that_dies_is_followed_by_another_one() -> None:
    answers = told(["dies", *range(6)], limits())
    assert "ends the gate" in answers[0]
    assert answers[1:] == [f"did {number}" for number in range(6)]


def test_what_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="raises"):
        told(["a", "raises"], limits())
