"""The evaluator agrees with the ``terraform`` binary on expressions nobody thought of."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conformance.gate.engine.evaluation import ours, rounded
from tests.conformance.gate.engine.oracle import console, terraform_path
from tests.effort import cases
from tests.places import PROJECT
from tests.property.gate.engine import grammar

FOLDER = PROJECT / "tests" / "conformance" / "gate" / "engine" / "agreement"


@pytest.mark.skipif(terraform_path() is None, reason="terraform is not installed")
@settings(max_examples=cases(15))
@given(st.lists(grammar.anything(2), min_size=30, max_size=40, unique=True))
def test_generated_expressions_have_the_values_that_terraform_gives_them(expressions: list[str]) -> None:
    theirs, mine = console(expressions, FOLDER), ours(expressions, FOLDER)
    for expression, first, second in zip(expressions, theirs, mine, strict=True):
        assert repr(rounded(second)) == repr(rounded(first)), expression


DRAW = """
import hashlib
from tests.effort import cases
from hypothesis import given, settings, strategies as st
from tests.property.gate.engine import grammar
seen = hashlib.sha256()
@settings(max_examples=cases(20))
@given(st.lists(grammar.anything(2), min_size=5, max_size=9))
def draw(expressions):
    seen.update(repr(expressions).encode())
draw()
print(seen.hexdigest())
"""


def test_what_is_drawn_does_not_depend_on_what_is_imported() -> None:
    drawn = {
        subprocess.run(
            [sys.executable, "-c", f"{imports}\n{DRAW}"], cwd=PROJECT, capture_output=True, text=True, check=True
        ).stdout
        for imports in ("", "import tapeproof.gate.judging, tapeproof.gate.aws.naming")
    }
    assert len(drawn) == 1
