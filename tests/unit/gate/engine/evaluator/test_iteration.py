"""Collections are gone through in Terraform's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.iteration import pairs
from tapeproof.gate.engine.model import Known, Origin, Span, Unknown
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.parametrize(
    ("collection", "column"),
    [
        ('{ dead = "dlq" }', 16),
        ('{ "dead" = "dlq" }', 16),
        ('{ live = "q", dead = "dlq" }', 28),
        ('toset(["dead"])', 21),
        ('merge({ dead = "a" }, { live = "q" })', 22),
        ('merge({ dead = "a" }, { dead = "b" })', 38),
    ],
)
def test_a_key_stands_where_it_is_written(collection: str, column: int, tmp_path: Path) -> None:
    source = f'resource "aws_sqs_queue" "q" {{\n  for_each = {collection}\n  name     = each.key\n}}\n'
    (tmp_path / "main.tf").write_text(source, encoding="utf-8")
    dead = next(queue for queue in read(tmp_path).resources() if queue.key == "dead")
    assert (dead["name"].span.line, dead["name"].span.column) == (2, column)
