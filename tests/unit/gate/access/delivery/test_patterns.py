"""Event patterns as sets of events.

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.access.delivery.patterns import may_meet, names_of, pattern_of
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.delivery.patterns import Fields
    from tapeproof.gate.access.site import Site

SOURCE = ("source",)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("shop", "shop", True),
        ("shop", "bank", False),
        ({"prefix": "shop."}, {"suffix": ".orders"}, True),
        ({"prefix": "shop."}, {"prefix": "bank."}, False),
        ({"prefix": {"equals-ignore-case": "SHOP."}}, "shop.orders", True),
        ({"equals-ignore-case": "Shop"}, "sHOP", True),
        ({"anything-but": ["shop"]}, "shop", False),
        ({"anything-but": "shop"}, "bank", True),
        ({"anything-but": {"prefix": "shop"}}, {"prefix": "shop."}, False),
        ({"anything-but": {"suffix": [".a", ".b"]}}, "x.b", False),
        ({"anything-but": {"equals-ignore-case": ["SHOP"]}}, "shop", False),
        ({"wildcard": "shop.*.eu"}, "shop.orders.eu", True),
        ({"wildcard": "shop.\\*"}, "shop.orders", False),
        ({"wildcard": "shop.\\*"}, "shop.*", True),
        ({"numeric": [">", 1]}, "shop", True),
        ({"exists": False}, {"exists": True}, False),
        ({"exists": False}, "shop", False),
    ],
)
def test_two_patterns_meet_where_a_single_string_fits_both(one: Any, other: Any, expected: bool) -> None:  # noqa: ANN401
    left: Fields = {SOURCE: [one]}
    right: Fields = {SOURCE: [other]}
    assert may_meet(left, right) is expected
    assert may_meet(right, left) is expected


def test_patterns_on_different_fields_meet() -> None:
    assert may_meet({SOURCE: ["a"]}, {("detail-type",): ["b"]})
    assert may_meet({}, {SOURCE: ["a"]})


def test_a_field_of_the_body_may_be_a_list_that_fits_both() -> None:
    assert may_meet({("detail", "state"): ["on"]}, {("detail", "state"): ["off"]})
    assert not may_meet({("detail", "state"): ["on"]}, {("detail", "state"): [{"exists": False}]})
    either: Fields = {("detail", "state"): ["on", {"exists": False}]}
    assert may_meet(either, {("detail", "state"): [{"exists": False}]})


@pytest.fixture
def read(site_of: Callable[[str], Site]) -> Callable[..., Fields]:
    """Return a function that reads the pattern of a rule."""

    def make(pattern: str, before: str = "") -> Fields:
        site = site_of(f'{before}\nresource "aws_cloudwatch_event_rule" "r" {{\n  event_pattern = {pattern}\n}}\n')
        (rule,) = site.stack.resources("aws_cloudwatch_event_rule")
        return pattern_of(site, rule["event_pattern"])

    return make


def test_fields_are_read_at_their_paths_and_alternatives_are_left_out(read: Callable[..., Fields]) -> None:
    pattern = 'jsonencode({ source = ["a"], detail = { x = { y = [1] } }, "$or" = [{ time = ["t"] }] })'
    assert read(pattern) == {SOURCE: ["a"], ("detail", "x", "y"): [1]}
    assert read("null") == {}


def test_a_name_of_the_stack_is_spelled(read: Callable[..., Fields]) -> None:
    before = 'resource "aws_s3_bucket" "b" { bucket = "inbox" }'
    fields = read("jsonencode({ detail = { bucket = { name = [aws_s3_bucket.b.id] } } })", before)
    assert names_of(fields, ("detail", "bucket", "name")) == ["inbox"]
    assert names_of(fields, ("detail", "other")) == []
    assert names_of({SOURCE: [{"prefix": "a"}, "b"]}, SOURCE) == ["b"]


def test_a_pattern_that_is_not_known_is_not_guessed(read: Callable[..., Fields]) -> None:
    with pytest.raises(Undecided):
        read("var.pattern", 'variable "pattern" {}')
