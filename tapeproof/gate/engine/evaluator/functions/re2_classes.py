"""Classes of characters as RE2 has them: ranges of code points, and the categories and scripts of Unicode.

Source: Go package ``regexp/syntax``, "Syntax" (``perl_groups.go`` holds the ranges).
"""

from __future__ import annotations

import re
from typing import Final

from tapeproof.gate.late_pattern import compile_late

__all__ = ["LAST", "PERL", "POSIX", "Ranges", "complement", "is_unicode_class", "spell_class"]

Ranges = list[tuple[int, int]]

LAST: Final = 0x10FFFF
_DIGIT: Final = [(0x30, 0x39)]
_SPACE: Final = [(0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20)]
_WORD: Final = [(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)]
PERL: Final[dict[str, Ranges]] = {"d": _DIGIT, "s": _SPACE, "w": _WORD}
POSIX: Final[dict[str, Ranges]] = {
    "alnum": [(0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)],
    "alpha": [(0x41, 0x5A), (0x61, 0x7A)],
    "ascii": [(0x00, 0x7F)],
    "blank": [(0x09, 0x09), (0x20, 0x20)],
    "cntrl": [(0x00, 0x1F), (0x7F, 0x7F)],
    "digit": _DIGIT,
    "graph": [(0x21, 0x7E)],
    "lower": [(0x61, 0x7A)],
    "print": [(0x20, 0x7E)],
    "punct": [(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)],
    "space": [(0x09, 0x0D), (0x20, 0x20)],
    "upper": [(0x41, 0x5A)],
    "word": _WORD,
    "xdigit": [(0x30, 0x39), (0x41, 0x46), (0x61, 0x66)],
}
_SCRIPTS: Final = frozenset(
    """
    Arabic Armenian Bengali Common Cyrillic Devanagari Georgian Greek Han Hangul Hebrew Hiragana Katakana Latin Tamil
    Thai
    """.split()  # noqa: SIM905 - a table of words
)
_CATEGORY: Final = compile_late(r"C[cfos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?")


def is_unicode_class(name: str) -> bool:
    """Return whether a name is a category or a script that is known here: ``Lu``, ``Greek``."""
    return _CATEGORY.fullmatch(name) is not None or name in _SCRIPTS


def complement(ranges: Ranges) -> Ranges:
    """Return every other character."""
    found: Ranges = []
    free = 0
    for low, high in ranges:
        if low > free:
            found.append((free, low - 1))
        free = high + 1
    return [*found, (free, LAST)]


def spell_class(ranges: Ranges, named: str, *, negated: bool) -> str:
    """Return a class as Python's ``regex`` spells it.

    Args:
        ranges: Its ranges of code points.
        named: Its categories and scripts, as they are written inside brackets.
        negated: Whether it is everything else.
    """
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1] and not named and not negated:
        return re.escape(chr(ranges[0][0]))
    members = "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)
    return f"[{'^' * negated}{members}{named}]"
