"""The evaluator agrees with the ``terraform`` binary on expressions nobody thought of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conformance.gate_engine.evaluation import ours, rounded
from tests.conformance.gate_engine.oracle import console, terraform_path
from tests.property.gate_engine import grammar

FOLDER = Path(__file__).resolve().parents[2] / "conformance" / "gate_engine" / "agreement"


@pytest.mark.skipif(terraform_path() is None, reason="terraform is not installed")
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(grammar.anything(2), min_size=30, max_size=40, unique=True))
def test_generated_expressions_have_the_values_that_terraform_gives_them(expressions: list[str]) -> None:
    theirs, mine = console(expressions, FOLDER), ours(expressions, FOLDER)
    for expression, first, second in zip(expressions, theirs, mine, strict=True):
        assert repr(rounded(second)) == repr(rounded(first)), expression
