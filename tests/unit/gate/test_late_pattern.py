"""Patterns that are compiled when they are asked first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    from collections.abc import Callable

WRITTEN = r"(?P<word>[a-z]+)-(\d)"


@pytest.mark.parametrize(
    "ask",
    [
        lambda pattern: pattern.search("an Id-7").groups(),
        lambda pattern: pattern.match("an id-7"),
        lambda pattern: pattern.fullmatch("ID-7")["word"],
        lambda pattern: pattern.findall("a-1 b-2"),
        lambda pattern: [found.span() for found in pattern.finditer("a-1 b-2")],
        lambda pattern: pattern.split("x a-1 y"),
        lambda pattern: pattern.sub("_", "a-1 b-2"),
        lambda pattern: pattern.subn("_", "a-1 b-2"),
        lambda pattern: (pattern.pattern, pattern.flags, pattern.groups, dict(pattern.groupindex)),
    ],
)
def test_it_answers_as_one_that_is_compiled_at_once(ask: Callable[[re.Pattern[str]], Any]) -> None:
    late = compile_late(WRITTEN, re.IGNORECASE)
    assert ask(late) == ask(re.compile(WRITTEN, re.IGNORECASE))
    assert ask(late) == ask(re.compile(WRITTEN, re.IGNORECASE)), "asked again"


def test_it_is_compiled_when_it_is_asked_first_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    real = re.compile

    def compile_(*written: Any) -> Any:  # noqa: ANN401 - as `re` has it
        compiled.append(written)
        return real(*written)

    monkeypatch.setattr(re, "compile", compile_)
    late = compile_late(WRITTEN)
    assert compiled == []
    assert late.search("a-1")
    assert late.match("a-1")
    assert compiled == [(WRITTEN, 0)]


def test_what_a_pattern_has_not_it_has_not_either() -> None:
    with pytest.raises(AttributeError):
        compile_late(WRITTEN).nothing  # type: ignore[attr-defined] # what is asked  # noqa: B018
