"""Two findings are the same finding when policy, resource and value are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.acceptance.fingerprint import fingerprint_of
from tapeproof.gate.engine.excerpt import cut_line

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


@pytest.mark.parametrize("column", [1, 150, 5001, 9995])
def test_a_value_of_a_line_that_was_cut_is_the_same_value(finding: Result, column: int) -> None:
    line = "".join(f"{number:05d}" for number in range(2000))
    whole = replace(finding, observed="", source_line=line, column=column, end_column=min(column + 400, len(line)))
    shown, begins = cut_line(line, column)
    cut = replace(whole, source_line=shown, source_column=begins)
    assert fingerprint_of(cut) == fingerprint_of(whole)
    assert fingerprint_of(whole).value
