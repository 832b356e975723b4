"""What the stack refuses, it refuses with a message that names the way out."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.stack.conftest import Block

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def said(terraform: Callable, stack_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Everything Terraform says to the runs of refusals*.tftest.hcl when nothing expects them to fail."""
    copy = tmp_path_factory.mktemp("refused") / "stack"
    shutil.copytree(stack_folder, copy, ignore=shutil.ignore_patterns(".terraform", "local", "*.tftest.hcl"))
    files = sorted((stack_folder / "tests").glob("refusals*.tftest.hcl"))
    for run in [run for file in files for run in _runs_without_expectation(file.read_text())]:
        name = re.search(r'run "(\w+)"', run)
        assert name
        (copy / "tests" / f"{name[1]}.tftest.hcl").write_text(run)
    assert terraform("init", "-input=false", "-backend=false", folder=copy).returncode == 0
    elsewhere = ["-filter=tests/refuses_tags_that_are_amazons_own.tftest.hcl"]
    done = terraform("test", "-json", folder=copy)
    astray = terraform("test", "-json", *elsewhere, folder=copy, variables={"TF_WORKSPACE": "prod"})
    lines = [json.loads(line) for line in (done.stdout + astray.stdout).splitlines()]
    return "\n".join(line["diagnostic"]["detail"] for line in lines if "diagnostic" in line)


def _runs_without_expectation(text: str) -> list[str]:
    bare = re.sub(r"\n  expect_failures = \[.*?\]\n", "\n", text, flags=re.DOTALL)
    head, *runs = re.split(r'^(?=run ")', bare, flags=re.MULTILINE)
    return [head + run for run in runs]


def test_every_rule_of_every_variable_refuses_something_and_says_so(
    said: str, stack_blocks: list[Block], stack_folder: Path, unquoted: Callable[[str], str]
) -> None:
    asked = (stack_folder, stack_folder / "modules" / "market_data_system")
    rules = {
        (block.labels[0], unquoted(rule["error_message"]).replace('\\"', '"'))
        for block in stack_blocks
        if block.kind == "variable" and block.file.parent in asked
        for rule in block.body.get("validation", [])
    }
    assert len(rules) > 35
    assert [rule for rule in sorted(rules) if rule[1] not in said] == []


@pytest.mark.parametrize(
    ("refused", "way_out"),
    [
        ("a retention of 7", "log_retention_days must be at least 30"),
        ("another region", "region must be us-east-1"),
        ("python3.8", "runtime must be python3.11"),
        ("an empty suffix", "environment_suffix must be 1 to 16 of a-z, 0-9 and -"),
        ("an empty event pattern", 'list at least one detail type of 1 to 128 characters, e.g. ["Trade"]'),
        ("overlapping routes", "Give each pair to one route"),
        ("the workspace of another environment", "terraform workspace select -or-create"),
        ("a missing package", "build the package with `python -m tapeproof.local.package`"),
    ],
)
def test_message_names_the_way_out(said: str, refused: str, way_out: str) -> None:
    assert way_out in said, refused
