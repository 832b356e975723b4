"""A count of one reads right: summaries put numbers and nouns together by `count_of`, which knows both."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUNS = (
    "bundle change difference entrie environment event example file finding gap policie resource result role root run "
    "time verdict warning waiver"
)
_AFTER = re.compile(rf"^ (?:more |root )?(?:{'|'.join(_NOUNS.split())})s\b")
_OF = re.compile(r"\b(?:of|than|most|to|not) $")
_ROOMS = ("auditing/render.py", "cli", "editor", "evidence/checking", "evidence/commands", "gate", "local", "ops")
_LARGE = {
    "tapeproof/evidence/checking/entries.py",  # what a log holds, of which there is more than one or an error
    "tapeproof/local/demo.py",  # hundreds of entries
    "tapeproof/local/stages.py",
    "tapeproof/ops/actions.py",
    "tapeproof/ops/capacity.py",  # rates
}


def _bare_counts(source: str) -> Iterator[str]:
    """Yield each formatted text in which a number stands right before a noun of many."""
    for node in ast.walk(ast.parse(source)):
        parts = node.values if isinstance(node, ast.JoinedStr) else []
        for at, (number, text) in enumerate(pairwise(parts)):
            if not (isinstance(number, ast.FormattedValue) and isinstance(text, ast.Constant)):
                continue
            before = parts[at - 1] if at else None
            bounded = isinstance(before, ast.Constant) and _OF.search(str(before.value))
            named = ast.unparse(number.value)
            if _AFTER.match(str(text.value)) and not bounded and not re.search(r"\b_?[A-Z_]{3,}\b", named):
                yield ast.unparse(node)


@pytest.mark.parametrize("room", _ROOMS)
def test_no_summary_counts_one_as_many(room: str) -> None:
    place = PROJECT / "tapeproof" / room
    found = {
        name: told
        for path in (place.rglob("*.py") if place.is_dir() else [place])
        if (name := path.relative_to(PROJECT).as_posix()) not in _LARGE
        if (told := list(_bare_counts(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


def test_a_bare_count_would_be_found() -> None:
    assert list(_bare_counts('f"{n} changes made"')) == ["f'{n} changes made'"]
    assert list(_bare_counts('f"{n} of {m} files read"')) == []
    assert list(_bare_counts("f\"{count_of(n, 'change')} made\"")) == []
