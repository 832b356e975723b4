"""Two findings are the same finding when policy, resource and value are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.acceptance.fingerprint import fingerprint_of

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Result


def test_the_place_does_not_count(finding: Result) -> None:
    moved = replace(finding, line=90, column=1, end_line=90, end_column=2, file="stack/other.tf")
    assert fingerprint_of(moved) == fingerprint_of(finding)


@pytest.mark.parametrize(
    "change", [{"observed": "1"}, {"policy": "TP_LOG_2"}, {"resource": "x.y"}, {"root": "b"}, {"verdict": "unknown"}]
)
def test_everything_else_does(finding: Result, change: dict[str, str]) -> None:
    assert fingerprint_of(replace(finding, **change)) != fingerprint_of(finding)  # type: ignore[arg-type] # texts only


def test_a_value_that_no_rule_names_is_read_from_the_source(finding: Result) -> None:
    assert fingerprint_of(replace(finding, observed="")).value == "7"
    assert fingerprint_of(replace(finding, observed="", line=0, end_line=0)).value == finding.message


def test_blanks_are_one_and_long_values_are_cut(finding: Result) -> None:
    assert fingerprint_of(replace(finding, observed="a \n  b")).value == "a b"
    assert len(fingerprint_of(replace(finding, observed="x" * 9999)).value) == 200
