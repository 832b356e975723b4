"""Policies that are data: what each test holds of, and that nothing passes which is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.engine.attribute_checks import judge_attributes, parse_checks
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

REST = {"message": "is wrong", "fix": "a = 1"}


def verdicts(tmp_path: Path, source: str, **check: object) -> list[str]:
    (tmp_path / "main.tf").write_text(f'variable "v" {{}}\nresource "aws_thing" "t" {{\n{source}\n}}\n')
    checks = parse_checks([{"resource": "aws_thing", **REST, **check}])
    return [finding.verdict.value for finding in judge_attributes(checks)(read(tmp_path), {})]


@pytest.mark.parametrize(
    ("source", "check", "verdict"),
    [
        ("a = 5", {"at_least": 5}, "pass"),
        ("a = 4", {"at_least": 5}, "fail"),
        ('a = "4"', {"at_least": 5}, "fail"),
        ("a = 4.5", {"at_most": 4}, "fail"),
        ("a = var.v", {"at_most": 4}, "unknown"),
        ('a = "x"', {"at_most": 4}, "unknown"),
        ("a = true", {"equals": True}, "pass"),
        ('a = "true"', {"equals": True}, "pass"),
        ("a = false", {"equals": True}, "fail"),
        ('a = "Enabled"', {"equals": "Enabled"}, "pass"),
        ("a = 30", {"equals": "30"}, "pass"),
        ('a = "Disabled"', {"differs": "Disabled"}, "fail"),
        ('a = "b"', {"one_of": ["a", "b"]}, "pass"),
        ('a = "b"', {"one_of": [1, "a"]}, "fail"),
        ("a = var.v", {"one_of": ["a"]}, "unknown"),
        ("a = var.v", {"none_of": ["a"]}, "unknown"),
        ('a = "a"', {"none_of": [1, "a"]}, "fail"),
        ('a = "orders-prod"', {"matches": "orders-.*"}, "pass"),
        ('a = "x-orders-prod"', {"matches": "orders-.*"}, "fail"),
        ("", {"equals": 1}, "fail"),
        ("", {"equals": 1, "unset": "pass"}, "pass"),
        ("a = null", {"differs": 1}, "fail"),
        ('a = ""', {"differs": "b"}, "fail"),
        ("a = []", {"differs": "b"}, "fail"),
        ('a = ["b", "c"]', {"none_of": ["c"]}, "fail"),
        ('a = ["b", "c"]', {"one_of": ["b", "c"]}, "pass"),
        ('a = ["c", var.v]', {"none_of": ["c"]}, "fail unknown"),
        ('a = ["b", var.v]', {"none_of": ["c"]}, "unknown"),
    ],
)
def test_an_attribute_is_judged_by_what_it_is(source: str, check: dict[str, Any], verdict: str, tmp_path: Path) -> None:
    assert verdicts(tmp_path, source, attribute="a", **check) == verdict.split()


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("b {\na = 1\n}", "pass"),
        ("b {\na = 1\n}\nb {\na = 2\n}", "fail"),
        ("b {\na = 1\n}\nb {}", "fail"),
        ("b = [{ a = 1 }, { a = 2 }]", "fail"),
        ("", "fail"),
        ('dynamic "b" {\nfor_each = [1, 2]\ncontent {\na = b.value\n}\n}', "fail"),
        ('dynamic "b" {\nfor_each = var.v\ncontent {\na = 1\n}\n}', "unknown"),
    ],
)
def test_every_block_on_the_way_is_judged(source: str, verdict: str, tmp_path: Path) -> None:
    assert verdicts(tmp_path, source, attribute="b.a", equals=1) == [verdict]


def test_an_expression_that_runs_away_is_unknown(tmp_path: Path) -> None:
    text = "a" * 5000
    assert verdicts(tmp_path, f'a = "{text}!"', attribute="a", matches="(a|aa|aaa)+") == ["unknown"]


@pytest.mark.parametrize(
    ("checks", "why"),
    [
        ([], "a list of at least one check"),
        ({}, "a list of at least one check"),
        (["x"], "number 1: expected a mapping with attribute, fix, message, resource"),
        ([{"resource": "a", "attribute": "b", **REST}], "expected one of equals"),
        ([{"resource": "a", "attribute": "b", **REST, "equals": 1, "differs": 2}], "expected one of equals"),
        ([{"resource": "a", "attribute": "b", **REST, "is": 1}], "expected one of equals"),
        ([{"resource": "a", "attribute": "b", **REST, "equals": [1]}], "a text, a number, true or false"),
        ([{"resource": "a", "attribute": "b", **REST, "at_least": True}], "expected a number, got True"),
        ([{"resource": "a", "attribute": "b", **REST, "one_of": "abc"}], "expected a list of at least one"),
        ([{"resource": "a", "attribute": "b", **REST, "matches": "("}], "matches: "),
        ([{"resource": "a", "attribute": "b..c", **REST, "equals": 1}], "an attribute such as a.b"),
        ([{"resource": "a", "attribute": "b", **REST, "equals": 1, "unset": "unknown"}], "unset one of fail, pass"),
        ([{"resource": [], "attribute": "b", **REST, "equals": 1}], "must not be empty"),
        ([{"resource": "a", "attribute": "b", "message": " ", "fix": "x", "equals": 1}], "must not be empty"),
    ],
)
def test_a_check_that_is_not_as_it_should_be_is_refused_by_its_number(checks: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_checks(checks)
