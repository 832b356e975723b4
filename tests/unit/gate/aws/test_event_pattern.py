"""Event patterns: what EventBridge refuses is refused here first, and nothing that it takes."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tapeproof.gate.aws.event_pattern import pattern_faults
from tapeproof.gate.engine.model import NOWHERE, Known, Piece, Ref, Text, Undecided, Unknown
from tapeproof.gate.frontends.plain import value_of


def faults(pattern: Any) -> list[str]:  # noqa: ANN401 - JSON
    parsed = json.loads(json.dumps(pattern), parse_float=Decimal)
    return [fault.message for fault in pattern_faults(value_of(parsed, NOWHERE))]


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["a"]},
        {"source": [None, True, False, 0, 3.5, ""]},
        {"detail": {"a": {"b": {"c": ["d"]}}}},
        {"detail": {"a": [{"prefix": "x"}, {"suffix": ".png"}]}},
        {"detail": {"a": [{"prefix": {"equals-ignore-case": "x"}}, {"suffix": {"equals-ignore-case": "x"}}]}},
        {"detail": {"a": [{"equals-ignore-case": "x"}]}},
        {"detail": {"a": [{"wildcard": "a*b"}, {"wildcard": "a\\*b"}, {"wildcard": "a\\\\*"}]}},
        {"detail": {"a": [{"anything-but": "x"}, {"anything-but": 5}, {"anything-but": ["x", "y"]}]}},
        {"detail": {"a": [{"anything-but": [1, 2]}, {"anything-but": {"prefix": "x"}}]}},
        {"detail": {"a": [{"anything-but": {"suffix": ["x", "y"]}}, {"anything-but": {"wildcard": "*/lib/*"}}]}},
        {"detail": {"a": [{"numeric": ["=", 5]}, {"numeric": [">", 0, "<=", 5]}, {"numeric": ["<", -1.5]}]}},
        {"detail": {"a": [{"cidr": "10.0.0.0/24"}, {"cidr": "2001:db8::/32"}]}},
        {"detail": {"a": [{"exists": True}, {"exists": False}]}},
        {"$or": [{"source": ["a"]}, {"detail-type": ["b"]}]},
        {"detail": {"$or": [{"a": ["x"]}, {"b": ["y"], "$or": [{"c": ["z"]}, {"d": ["w"]}]}]}},
    ],
)
def test_what_eventbridge_takes_has_no_fault(pattern: dict[str, Any]) -> None:
    assert faults(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ([], "is a JSON object"),
        ("source", "is a JSON object"),
        ({}, "empty object"),
        ({"source": "a"}, 'write ["a"]'),
        ({"source": 5}, "must hold a list"),
        ({"source": None}, "must hold a list"),
        ({"source": []}, "empty list"),
        ({"source": [["a"]]}, "a list inside its list"),
        ({"detail": {}}, "empty object"),
        ({"detail": {"a": {}}}, "empty object"),
        ({"detailType": ["a"]}, "'detailType'"),
        ({"Source": ["a"]}, "'Source'"),
        ({"source": [{}]}, "exactly one operator"),
        ({"source": [{"prefix": "a", "suffix": "b"}]}, "exactly one operator"),
        ({"source": [{"contains": "a"}]}, "is no operator"),
        ({"source": [{"prefix": 5}]}, "takes a string"),
        ({"source": [{"prefix": {"suffix": "x"}}]}, "equals-ignore-case"),
        ({"source": [{"suffix": ["x"]}]}, "takes a string"),
        ({"source": [{"wildcard": "a**"}]}, "two asterisks"),
        ({"source": [{"wildcard": "a\\d"}]}, "backslash"),
        ({"source": [{"anything-but": []}]}, "empty list"),
        ({"source": [{"anything-but": ["a", 1]}]}, "a list of one of them"),
        ({"source": [{"anything-but": None}]}, "a list of one of them"),
        ({"source": [{"anything-but": {"numeric": ["=", 1]}}]}, "one of them"),
        ({"source": [{"anything-but": {"prefix": 5}}]}, "takes a string"),
        ({"source": [{"anything-but": {"prefix": []}}]}, "empty list"),
        ({"source": [{"numeric": []}]}, "takes a list"),
        ({"source": [{"numeric": [">"]}]}, "pairs"),
        ({"source": [{"numeric": ["!=", 5]}]}, "pairs"),
        ({"source": [{"numeric": [">", "5"]}]}, "takes numbers"),
        ({"source": [{"numeric": [">", True]}]}, "takes numbers"),
        ({"source": [{"numeric": [">", 6_000_000_000]}]}, "between"),
        ({"source": [{"numeric": [">", 5, "<", 5]}]}, "nothing is above"),
        ({"source": [{"numeric": ["<", 5, ">", 1]}]}, "lower bound"),
        ({"source": [{"numeric": ["=", 5, "<", 9]}]}, "lower bound"),
        ({"source": [{"cidr": "10.0.0.0"}]}, "address block"),
        ({"source": [{"cidr": "10.0.0.0/40"}]}, "address block"),
        ({"source": [{"exists": "true"}]}, "true or false"),
        ({"$or": [{"source": ["a"]}]}, "at least two"),
        ({"$or": {"source": ["a"]}}, "at least two"),
        ({"$or": [{"source": ["a"]}, "b"]}, "objects only"),
        ({"$or": [{"source": ["a"]}, {"prefix": ["b"]}]}, "name of an operator"),
        ({"$or": [{"source": ["a"]}, {}]}, "empty object"),
    ],
)
def test_what_eventbridge_refuses_has_a_fault_that_says_so(pattern: object, fault: str) -> None:
    assert fault in " ".join(faults(pattern))


def test_a_very_deep_pattern_is_refused_not_followed() -> None:
    pattern: Any = ["a"]
    for _ in range(150):
        pattern = {"detail": pattern}
    assert "nested too deeply" in " ".join(faults(pattern))


@pytest.mark.parametrize(
    "element", [Ref("aws_s3_bucket.x", "id"), Text((Piece("a-"), Piece(Ref("aws_s3_bucket.x", "id"))))]
)
def test_a_string_that_is_known_only_after_apply_is_a_string(element: Ref | Text) -> None:
    pattern = Known({"source": Known((element, Known({"prefix": element})))})
    assert list(pattern_faults(pattern)) == []


@pytest.mark.parametrize("place", ["field", "element", "operand"])
def test_a_part_of_unknown_form_is_not_waved_through(place: str) -> None:
    unknown = Unknown("var.x has no value")
    value = {"field": unknown, "element": Known((unknown,)), "operand": Known((Known({"numeric": unknown}),))}[place]
    with pytest.raises(Undecided):
        list(pattern_faults(Known({"source": value})))
