"""The page of the stack names what is there, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.stack.conftest import Block


@pytest.fixture(scope="module")
def tables(stack_folder: Path) -> dict[str, list[list[str]]]:
    """The rows of the tables of each section, by its heading."""
    _, *parts = re.split(r"^## ", (stack_folder / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        part.partition("\n")[0]: [
            [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in part.splitlines()
            if line.startswith("| `")
        ]
        for part in parts
    }


def _of_root(blocks: list[Block], kind: str, stack_folder: Path) -> list[Block]:
    return [block for block in blocks if block.kind == kind and block.file.parent == stack_folder]


def test_every_variable_has_a_row_with_its_default(
    tables: dict[str, list[list[str]]], stack_blocks: list[Block], stack_folder: Path, unquoted: Callable[[str], str]
) -> None:
    variables = _of_root(stack_blocks, "variable", stack_folder)
    listed = {row[0].strip("`"): row[1].strip("`") for row in tables["Variables"]}
    assert sorted(listed) == sorted(block.labels[0] for block in variables)
    plain = {
        block.labels[0]: _shown(block.body.get("default", "required"), unquoted)
        for block in variables
        if not isinstance(block.body.get("default"), dict | list)
    }
    assert {name: listed[name] for name in plain} == plain


def _shown(default: object, unquoted: Callable[[str], str]) -> str:
    if default is None:
        return "null"
    return str(default).lower() if isinstance(default, bool) else unquoted(str(default))


def test_every_output_has_a_row(
    tables: dict[str, list[list[str]]], stack_blocks: list[Block], stack_folder: Path
) -> None:
    outputs = _of_root(stack_blocks, "output", stack_folder)
    assert sorted(row[0].strip("`") for row in tables["Outputs"]) == sorted(block.labels[0] for block in outputs)


def test_every_module_has_a_row(tables: dict[str, list[list[str]]], stack_folder: Path) -> None:
    modules = sorted(folder.name for folder in (stack_folder / "modules").iterdir() if folder.is_dir())
    assert sorted(row[0].strip("`") for row in tables["Modules"]) == modules


def test_every_example_has_a_row_and_is_applied_by_a_test(
    tables: dict[str, list[list[str]]], test_blocks: list[Block], stack_folder: Path, unquoted: Callable[[str], str]
) -> None:
    examples = sorted(f"examples/{folder.name}" for folder in (stack_folder / "examples").iterdir())
    assert sorted(row[0].strip("`") for row in tables["From another repository"]) == examples
    applied = {
        unquoted(block.body["module"][0]["source"]).removeprefix("./")
        for block in test_blocks
        if block.kind == "run" and "module" in block.body and "command" not in block.body
    }
    assert [example for example in examples if example not in applied] == []
