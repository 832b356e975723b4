"""Policy variables: `${key}`, `${key, 'default'}` and the literal `${*}`, `${?}`, `${$}`.

They live in documents of Version 2012-10-17 only; in older ones they are characters like others.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Marked", "expand", "variables_of"]

Marked = tuple[tuple[str, bool], ...]
"""Characters, each with whether it is a wildcard."""

_VARIABLE = compile_late(r"\$\{([^{},]+)(?:,\s*'([^']*)'\s*)?\}")
"""Blanks around a key are taken off later: a pattern that skips them tries every way to share them out."""
_LITERAL = frozenset("*?$")


def variables_of(text: str, *, live: bool) -> tuple[str, ...]:
    """Return the condition keys that the text mentions as variables, in lower case."""
    if not live or "${" not in text:
        return ()
    keys = (found[1].strip() for found in _VARIABLE.finditer(text))
    return tuple(key.lower() for key in keys if key not in _LITERAL)


def expand(text: str, look_up: Callable[[str], str | None], *, live: bool, wild: bool = True) -> Marked | None:
    """Put the values of the variables in; a value's own `*` and `?` are no wildcards.

    Args:
        text: A resource or a value of a condition.
        look_up: Returns the value of a key (in lower case), None where the request does not carry it.
        live: Whether the document's version knows variables.
        wild: Whether `*` and `?` of the text itself are wildcards.

    Returns:
        The characters with their marks, or None where a variable has neither value nor default: it then equals nothing.
    """
    if not live or "${" not in text:
        return tuple((letter, wild and letter in "*?") for letter in text)
    marked: list[tuple[str, bool]] = []
    end = 0
    for found in _VARIABLE.finditer(text):
        marked.extend((letter, wild and letter in "*?") for letter in text[end : found.start()])
        end = found.end()
        key = found[1].strip()
        value = key if key in _LITERAL else look_up(key.lower())
        value = found[2] if value is None else value
        if value is None:
            return None
        marked.extend((letter, False) for letter in value)
    marked.extend((letter, wild and letter in "*?") for letter in text[end:])
    return tuple(marked)
