"""The page of exit statuses lists every one that an error of ours carries, and every one that the commands name."""

from __future__ import annotations

import ast
import re

import pytest

from tests.imports import modules
from tests.places import PROJECT

PAGE = (PROJECT / "docs" / "exit-statuses.md").read_text(encoding="utf-8")
LISTED = set(map(int, re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)))


def _is_status(name: str) -> bool:
    return name == "exit_status" or name.lstrip("_").startswith("EXIT_")


def _statuses() -> dict[str, int]:
    found = {}
    for module, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            value = getattr(node, "value", None)
            for target in targets:
                if isinstance(target, ast.Name) and _is_status(target.id) and isinstance(value, ast.Constant):
                    found[f"{module}.{target.id}.{value.value}"] = value.value
    return found


def test_statuses_are_found() -> None:
    assert {1, 2, 5, 64, 70, 75} <= set(_statuses().values())


@pytest.mark.parametrize(("name", "status"), _statuses().items())
def test_every_status_is_on_the_page(name: str, status: int) -> None:
    assert status in LISTED, name
