"""Makes text that others wrote safe to show: on a terminal, and in a line that a CI system reads for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["count_of", "escape_lines", "escape_text", "find_nearest"]


def count_of(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts: ``1 policy``, ``2 policies``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def find_nearest(word: str, known: Iterable[str]) -> str:
    """Return the word that was probably meant by one that is none; empty where none is near."""
    import difflib  # noqa: PLC0415 - only what is misspelt needs it

    return next(iter(difflib.get_close_matches(word, list(known), n=1)), "")


def escape_text(content: object) -> str:
    """Return a text that a terminal shows as it is, on one line.

    What moves the cursor, colours, hides or turns letters around (control characters, line breaks, bidirectional
    marks) is shown as its escape, so that a name cannot paint a verdict and a line break cannot start a CI command.
    """
    text = str(content)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def escape_lines(text: str) -> str:
    """Return a text of several lines, each as :func:`escape_text` shows it."""
    return "\n".join(map(escape_text, text.split("\n")))
