"""Collections are gone through in Terraform's order."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.iteration import pairs
from tapeproof.gate.engine.model import Known, Origin, Span, Unknown

PLACE = Span("main.tf", 3, 3, 3, 4)
X, Y = Known("x", span=PLACE), Known("y")


def plain(collection: Known) -> list[tuple[object, object]]:
    return [(key.plain(), value.plain()) for key, value in pairs(collection)]


def test_lists_have_positions_sets_themselves_and_maps_sorted_keys() -> None:
    assert plain(Known((X, Y), kind="list")) == [(0, "x"), (1, "y")]
    assert plain(Known((X, Y), kind="set")) == [("x", "x"), ("y", "y")]
    assert plain(Known({"b": X, "B": Y, "a": Y}, kind="map")) == [("B", "y"), ("a", "y"), ("b", "x")]


def test_an_unknown_element_of_a_set_is_its_own_key() -> None:
    free = Unknown("x")
    assert list(pairs(Known((free,), kind="set"))) == [(free, free)]


def test_a_key_comes_from_where_the_collection_came_from_and_stands_where_its_value_stands() -> None:
    collection = Known(
        {"a": X, "b": Y},
        kind="map",
        span=Span("c.tf", 9, 1, 9, 2),
        origins=frozenset({Origin("var.m")}),
        sensitive=True,
    )
    (first, _), (second, _) = pairs(collection)
    assert (first.span, second.span.file) == (PLACE, "c.tf")
    assert first.comes_from("var.m")
    assert first.sensitive


@pytest.mark.parametrize("value", ["abc", 5, True, None])
def test_what_is_no_collection_is_refused(value: str | int | None) -> None:
    with pytest.raises(Fault, match="is no collection"):
        list(pairs(Known(value)))
