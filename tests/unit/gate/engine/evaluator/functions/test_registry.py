"""The table of functions: how arguments are taken, and what becomes of what is not known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.files import Files
from tapeproof.gate.engine.evaluator.functions import registry
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, invoke, partial, plain, unpredictable
from tapeproof.gate.engine.evaluator.types import NUMBER, STRING
from tapeproof.gate.engine.model import Known, Span, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Span("main.tf", 1, 1, 1, 9)
FREE = Unknown("var.free has no value", "var.free")


@pytest.fixture(autouse=True)
def functions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the tests a table of their own."""
    monkeypatch.setattr(registry, "FUNCTIONS", {})
    plain("twice", STRING)(lambda text: text * 2)
    plain("add", NUMBER, rest=NUMBER)(lambda first, *more: first + sum(more))
    plain("pick", STRING, NUMBER)(lambda text, place: text[place])
    plain("letters", STRING, gives="list")(list)
    partial("first", STRING, STRING)(lambda _call, one, _other: one)
    partial("absent", STRING, nullable=True)(lambda call, value: call.known(value.is_null))
    unpredictable("dice", "dice() gives another result each time")


def call(name: str, *arguments: Value) -> Value:
    return invoke(name, arguments, Invocation(name, HERE, arguments, Files(Path()), lambda *_: Known(None)))


def test_arguments_are_converted_to_the_parameters_types() -> None:
    assert call("twice", Known(1)).plain() == "11"
    assert call("add", Known("1"), Known(2), Known("3")).plain() == 6


@pytest.mark.parametrize(
    ("name", "arguments", "why"),
    [
        ("nope", (), "there is no function 'nope'"),
        ("twice", (), "twice takes 1 arguments, not 0"),
        ("twice", (Known("a"), Known("b")), "twice takes 1 arguments, not 2"),
        ("twice", (Known(None),), "argument 1 of twice must not be null"),
        ("add", (Known(1), Known(None)), "argument 2 of add must not be null"),
        ("add", (Known("x"),), "is no number"),
        ("pick", (Known("a"), Known(5)), "pick: string index out of range"),
    ],
)
def test_what_a_function_cannot_take_is_refused(name: str, arguments: Sequence[Value], why: str) -> None:
    with pytest.raises(Fault, match=why):
        call(name, *arguments)


def test_only_a_function_that_says_so_takes_null() -> None:
    assert call("absent", Known(None)).plain() is True


def test_a_result_is_of_the_kind_that_the_function_gives() -> None:
    result = call("letters", Known("ab"))
    assert isinstance(result, Known)
    assert (result.kind, result.plain(), result.span) == ("list", ["a", "b"], HERE)


def test_marks_of_all_arguments_are_on_the_result() -> None:
    assert call("first", Known("a"), Known("b")).sensitive is False
    assert call("twice", Known("a", sensitive=True)).sensitive
    assert call("dice", Known("a", sensitive=True)).sensitive


def test_the_same_call_on_the_same_unknown_is_the_same_value() -> None:
    assert call("pick", FREE, Known(0)).same_as(call("pick", FREE, Known(0)))
    assert call("pick", FREE, Known(0)) != call("pick", FREE, Known(1))
    assert call("twice", FREE).symbol == "twice(var.free)"  # type: ignore[attr-defined]


@pytest.mark.parametrize("arguments", [(FREE, FREE), (Unknown("x"), Known(1))])
def test_two_unknowns_or_one_without_a_name_make_nothing_that_can_be_compared(arguments: tuple[Value, ...]) -> None:
    result = call("pick", *arguments)
    assert isinstance(result, Unknown)
    assert result.symbol == ""


def test_what_differs_each_time_says_so() -> None:
    assert call("dice").why == "dice() gives another result each time"
    assert not isinstance(call("dice"), Text)
