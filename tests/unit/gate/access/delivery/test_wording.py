"""Every reason why an event stops can be told."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import tapeproof.gate.access.delivery as room
from tapeproof.gate.access.delivery.wording import WORDS

FOLDER = Path(str(room.__file__)).parent


def _codes() -> set[str]:
    """Return the codes of the stops that the room's code makes, as far as they are written out."""
    calls = (
        node
        for path in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Stop"
    )
    return {code for call in calls for code in _constants(call.args[0])}


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*_constants(node.body), *_constants(node.orelse)]
    return [str(node.value)] if isinstance(node, ast.Constant) else []


def test_each_code_that_the_code_names_has_words() -> None:
    assert len(_codes()) > 20
    assert _codes() <= set(WORDS)


def test_no_words_are_kept_for_a_code_that_is_gone() -> None:
    assert set(WORDS) - _codes() <= {"policy", "denied"}


@pytest.mark.parametrize("code", WORDS)
def test_words_are_one_line_with_named_details(code: str) -> None:
    for text in WORDS[code]:
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert all(name.isidentifier() for name in names)
        assert text
        assert "\n" not in text
        assert not text.endswith(".")


@pytest.mark.parametrize("code", WORDS)
def test_a_fix_asks_for_no_detail_that_the_reason_does_not_have(code: str) -> None:
    reason, fix = (
        {name for _, name, _, _ in string.Formatter().parse(text) if name is not None} for text in WORDS[code]
    )
    assert fix <= reason
