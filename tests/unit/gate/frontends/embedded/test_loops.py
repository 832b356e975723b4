"""Loops of a template become the copies that they stand for."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.gate.engine.model import Known, Span, Unknown
from tapeproof.gate.frontends.embedded.loops import unroll
from tapeproof.gate.frontends.plain import value_of

NOWHERE = Span("template.yaml", 1, 1)
LISTS = {"Names": value_of(["a", "b-c"], NOWHERE), "Free": Unknown("it has no value"), "One": Known("a")}


def unrolled(template: dict[str, Any]) -> dict[str, Any]:
    entries = {name: value_of(content, NOWHERE) for name, content in template.items()}
    return {name: value.plain() for name, value in unroll(entries, LISTS).items()}


@pytest.mark.parametrize(
    ("collection", "made"),
    [
        (["x", "y"], {"Px": {"N": "x"}, "Py": {"N": "y"}}),
        ({"Ref": "Names"}, {"Pa": {"N": "a"}, "Pb-c": {"N": "b-c"}}),
        ([], {}),
    ],
)
def test_a_loop_makes_a_copy_for_each_value(collection: Any, made: dict[str, Any]) -> None:  # noqa: ANN401 - JSON
    assert unrolled({"Fn::ForEach::L": ["V", collection, {"P${V}": {"N": {"Ref": "V"}}}]}) == made


def test_a_value_is_put_in_however_deep_and_without_signs_for_a_name() -> None:
    body = {"P&{V}": {"L": ["/${V}/x", {"K${V}": 1}], "Other": {"Ref": "W"}, "Number": 3}}
    made = {"Pbc": {"L": ["/b-c/x", {"Kb-c": 1}], "Other": {"Ref": "W"}, "Number": 3}}
    assert unrolled({"Fn::ForEach::L": ["V", ["b-c"], body]}) == made


def test_a_loop_inside_a_loop_is_unrolled_too() -> None:
    inner = {"Fn::ForEach::I": ["W", ["1", "2"], {"P${V}${W}": {"N": "${V}.${W}"}}]}
    made = unrolled({"Fn::ForEach::L": ["V", ["a", "b"], inner]})
    assert made == {name: {"N": f"{name[1]}.{name[2]}"} for name in ("Pa1", "Pa2", "Pb1", "Pb2")}


@pytest.mark.parametrize(
    "loop",
    [
        ["V", {"Ref": "Free"}, {"P": 1}],
        ["V", {"Ref": "Nobody"}, {"P": 1}],
        ["V", {"Ref": "One"}, {"P": 1}],
        ["V", ["a"]],
        ["V", ["a"], "no object"],
        ["V", ["a"] * 501, {"P${V}": 1}],
        "no list",
    ],
)
def test_a_loop_that_cannot_be_told_stays_as_it_is_written(loop: Any) -> None:  # noqa: ANN401 - JSON is Any
    assert unrolled({"Fn::ForEach::L": loop, "Q": {}}) == {"Fn::ForEach::L": loop, "Q": {}}


def test_loops_that_make_more_than_a_template_may_hold_are_left_as_they_are_written() -> None:
    names, body = [str(number) for number in range(400)], {"P${A}${B}${C}": {}}
    for name in "CBA":
        body = {f"Fn::ForEach::{name}": [name, names, body]}
    made = unrolled(body)
    assert len(made) < 1_000
    assert "Fn::ForEach::A" in made
