"""The evaluator agrees with the ``terraform`` binary, expression by expression."""

from __future__ import annotations

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tapeproof.gate.engine.evaluator.functions import FUNCTIONS
from tests.conformance.gate.engine.evaluation import ours, rounded
from tests.conformance.gate.engine.oracle import console, terraform_path

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "agreement"
EXPRESSIONS = [
    line for line in (HERE / "expressions.txt").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
]

pytestmark = pytest.mark.skipif(terraform_path() is None, reason="terraform is not installed")


@pytest.fixture(scope="session")
def answers() -> dict[str, tuple[object, object]]:
    return dict(
        zip(EXPRESSIONS, zip(console(EXPRESSIONS, FOLDER), ours(EXPRESSIONS, FOLDER), strict=True), strict=True)
    )


def test_there_are_expressions_enough() -> None:
    assert len(set(EXPRESSIONS)) == len(EXPRESSIONS) >= 150


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_has_the_value_that_terraform_gives_it(
    expression: str, answers: dict[str, tuple[object, object]]
) -> None:
    theirs, mine = answers[expression]
    assert rounded(mine) == rounded(theirs)
    assert repr(rounded(mine)) == repr(rounded(theirs))  # 1 is not True


def test_consoles_asked_at_once_do_not_refuse_each_other() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda number: console([str(number)], FOLDER), range(16))) == [[n] for n in range(16)]


def test_every_function_of_terraform_is_there() -> None:
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull}
    listed = subprocess.run(
        [str(terraform_path()), "metadata", "functions", "-json"], capture_output=True, env=environment, check=True
    )
    names = {name.removeprefix("core::") for name in json.loads(listed.stdout)["function_signatures"]}
    assert names - set(FUNCTIONS) == {"try", "can"}  # these two are no functions of values: the evaluator has them
