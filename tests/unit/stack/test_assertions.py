"""Unit tests for all Terraform resources: none may be without an assertion on what matters about it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.stack.conftest import Block

ROOT = "."


def _module_of(block: Block, stack_folder: Path) -> str:
    return str(block.file.parent.relative_to(stack_folder))


def _asserted(run: Block, unquoted: Callable[[str], str]) -> tuple[str, set[str]]:
    module = run.body.get("module")
    folder = str(Path(unquoted(module[0]["source"]))) if module else ROOT
    text = " ".join(assertion["condition"] for assertion in run.body.get("assert", []))
    return folder, set(re.findall(r"\b(?:aws_[a-z0-9_]+|terraform_data)\.[a-z][a-z0-9_]*", text))


def test_every_resource_has_an_assertion(
    stack_blocks: list[Block], test_blocks: list[Block], stack_folder: Path, unquoted: Callable[[str], str]
) -> None:
    asserted: dict[str, set[str]] = {}
    for run in (block for block in test_blocks if block.kind == "run"):
        folder, names = _asserted(run, unquoted)
        asserted.setdefault(folder, set()).update(names)
    resources = {
        (_module_of(block, stack_folder), ".".join(block.labels)) for block in stack_blocks if block.kind == "resource"
    }
    assert len(resources) > 50  # guards the reader: an empty list has no resource without an assertion
    assert [pair for pair in sorted(resources) if pair[1] not in asserted.get(pair[0], set())] == []


def test_every_assertion_says_what_is_wrong_when_it_fails(test_blocks: list[Block], unquoted: Callable) -> None:
    messages = [
        unquoted(assertion["error_message"])
        for block in test_blocks
        if block.kind == "run"
        for assertion in block.body.get("assert", [])
    ]
    assert len(messages) > 50
    assert [message for message in messages if not message.endswith(".") or len(message) < 20] == []
