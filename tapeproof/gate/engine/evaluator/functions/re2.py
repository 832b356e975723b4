r"""Patterns of RE2, as Go's ``regexp`` reads them, in the words of Python's engine.

Python's engine takes more than RE2 and means something else by some of it: ``\d``, ``\w`` and ``\s`` know only ASCII in
RE2, ``$`` is the end of the text and not before a last newline, flags hold to the end of their group, and ``a++`` is
refused. What RE2 refuses, and the little of RE2 that is not translated, is a fault.

Source: Go package ``regexp/syntax``, "Syntax".
"""

from __future__ import annotations

import re
from typing import Final

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.re2_classes import (
    LAST,
    PERL,
    POSIX,
    Ranges,
    complement,
    is_unicode_class,
    spell_class,
)
from tapeproof.gate.late_pattern import compile_late

__all__ = ["translate"]

_MOST: Final = 1000
"""The most that RE2 repeats."""
_CONTROL: Final = {"a": 7, "f": 12, "t": 9, "n": 10, "r": 13, "v": 11}
_CODE: Final = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\}|(0[0-7]{0,2}|[1-7][0-7]{1,2})|(.))", re.DOTALL)
_BOUND: Final = re.compile(r"\{(\d+)(,(\d*))?\}")
_OPENING: Final = compile_late(r"\?(?:P?<([A-Za-z_0-9]+)>|([imsU]*)(?:-([imsU]+))?(:)?(?=(\))?))")
_WORDS: Final = "[0-9A-Za-z_]"
_EDGE: Final = f"(?:(?<={_WORDS})(?!{_WORDS})|(?<!{_WORDS})(?={_WORDS}))"
_NO_EDGE: Final = f"(?:(?<={_WORDS})(?={_WORDS})|(?<!{_WORDS})(?!{_WORDS}))"


class _Group:
    """A group that is open: whether ``^`` and ``$`` mean lines in it, and the flags that were set inside it."""

    def __init__(self, lines: bool = False) -> None:
        self.lines = lines
        self.set_flags: list[str] = []


def translate(pattern: str) -> str:
    """Return a pattern that means to Python's ``regex`` what the given one means to RE2.

    Raises:
        Fault: RE2 refuses it, or it is not translated.
    """
    return _Translation(pattern).whole()


class _Translation:
    def __init__(self, pattern: str) -> None:
        self.pattern, self.here = pattern, 0
        self.out: list[str] = []
        self.groups = [_Group()]
        self.repeatable = False

    def fault(self, why: str) -> Fault:
        return Fault(f"{self.pattern!r} is no regular expression of Terraform's: {why}")

    def whole(self) -> str:
        while self.here < len(self.pattern):
            self._next()
        if len(self.groups) > 1:
            raise self.fault("missing )")
        return "".join((*self.out, ")" * len(self.groups[0].set_flags)))

    def _next(self) -> None:
        char = self.pattern[self.here]
        special = {"\\": self._escape, "[": self._class, "(": self._open, ")": self._close, "|": self._or}
        if char in special:
            special[char]()
        elif char in "*+?" or (char == "{" and _BOUND.match(self.pattern, self.here)):
            self._repeat()
        elif char in "^$":
            self.here += 1
            self._put(r"\Z" if char == "$" and not self.groups[-1].lines else char)
        else:
            self.here += 1
            self._put("." if char == "." else re.escape(char))

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.repeatable = True

    def _repeat(self) -> None:
        if not self.repeatable:
            raise self.fault("there is nothing to repeat, or it is repeated already")
        bound = _BOUND.match(self.pattern, self.here)
        text = bound[0] if bound else self.pattern[self.here]
        counts = [int(count) for count in (bound[1], bound[3]) if count] if bound else []
        if any(count > _MOST for count in counts) or sorted(counts) != counts:
            raise self.fault(f"{text} is no count of repetitions")
        self.here += len(text)
        lazy = self.pattern.startswith("?", self.here)
        self.here += lazy
        self._put(text + "?" * lazy)
        self.repeatable = False

    def _open(self) -> None:
        self.here += 1
        lines = self.groups[-1].lines
        if not self.pattern.startswith("?", self.here):
            self.out.append("(")
            self.groups.append(_Group(lines))
            self.repeatable = False
            return
        found = _OPENING.match(self.pattern, self.here)
        if not found or "U" in found[0].partition("<")[0] or not (found[1] or found[4] or found[5]):
            raise self.fault("what RE2 does not have stands behind (?")
        self.here = found.end()
        self.repeatable = False
        if found[1]:
            self.out.append(f"(?P<{found[1]}>")
            self.groups.append(_Group(lines))
            return
        lines = (lines or "m" in (found[2] or "")) and "m" not in (found[3] or "")
        flags = f"(?{found[2] or ''}{'-' + found[3] if found[3] else ''}:"
        self.out.append(flags)
        if found[4]:
            self.groups.append(_Group(lines))
            return
        self.here += 1  # the flags hold to the end of the group that they stand in
        self.groups[-1].set_flags.append(flags)
        self.groups[-1].lines = lines

    def _close(self) -> None:
        self.here += 1
        if len(self.groups) == 1:
            raise self.fault("unexpected )")
        self._put(")" * (len(self.groups.pop().set_flags) + 1))

    def _or(self) -> None:
        self.here += 1
        flags = self.groups[-1].set_flags
        self.out.append(")" * len(flags) + "|" + "".join(flags))
        self.repeatable = False

    def _escape(self) -> None:
        following = self.pattern[self.here + 1 : self.here + 2]
        if following == "Q":
            end = self.pattern.find(r"\E", self.here)
            quoted = self.pattern[self.here + 2 : end if end >= 0 else None]
            self.here = len(self.pattern) if end < 0 else end + 2
            for char in quoted:
                self._put(re.escape(char))
            return
        edges = {"A": r"\A", "z": r"\Z", "b": _EDGE, "B": _NO_EDGE}
        if following in edges:
            self.here += 2
            self._put(edges[following])
            return
        ranges, named = self._set()
        self._put(spell_class(ranges, named, negated=False))

    def _set(self) -> tuple[Ranges, str]:
        """Return the characters that an escape stands for, and the property that it names."""
        following = self.pattern[self.here + 1 : self.here + 2]
        if following.lower() in PERL:
            self.here += 2
            ranges = PERL[following.lower()]
            return (ranges if following.islower() else complement(ranges)), ""
        if following in ("p", "P"):
            found = re.compile(r"\\[pP](?:\{(\^?)(\w+)\}|(\w))").match(self.pattern, self.here)
            name = found and (found[2] or found[3])
            if not found or not name or not is_unicode_class(name):
                raise self.fault("no class of characters that is known stands behind \\p")
            self.here = found.end()
            return [], rf"\{'P' if (following == 'P') != bool(found[1]) else 'p'}{{{name}}}"
        code = self._character()
        return [(code, code)], ""

    def _character(self) -> int:
        """Return the one character that stands here, escaped or not."""
        char = self.pattern[self.here]
        if char != "\\":
            self.here += 1
            return ord(char)
        found = _CODE.match(self.pattern, self.here)
        if not found:
            raise self.fault("it ends in a backslash")
        self.here = found.end()
        digits, octal, plain = found[1] or found[2], found[3], found[4]
        if digits or octal:
            code = int(digits, 16) if digits else int(octal, 8)
            if code <= LAST:
                return code
        elif plain in _CONTROL:
            return _CONTROL[plain]
        elif plain.isascii() and not plain.isalnum():
            return ord(plain)
        raise self.fault(f"{found[0]} is no escape of RE2's")

    def _class(self) -> None:
        self.here += 1
        negated = self.pattern.startswith("^", self.here)
        self.here += negated
        ranges: Ranges = []
        named: list[str] = []
        first = True
        while first or not self.pattern.startswith("]", self.here):
            if self.here >= len(self.pattern):
                raise self.fault("missing ]")
            first = False
            more, name = self._member()
            ranges += more
            named.append(name)
        self.here += 1
        self._put(spell_class(ranges, "".join(named), negated=negated))

    def _member(self) -> tuple[Ranges, str]:
        posix = re.compile(r"\[:(\^?)(\w+):\]").match(self.pattern, self.here)
        if posix:
            if posix[2] not in POSIX:
                raise self.fault(f"{posix[0]} is no class")
            self.here = posix.end()
            return (complement(POSIX[posix[2]]) if posix[1] else POSIX[posix[2]]), ""
        if re.compile(r"\\[dDsSwWpP]").match(self.pattern, self.here):
            return self._set()
        low = self._character()
        if not self.pattern.startswith("-", self.here) or self.pattern.startswith("-]", self.here):
            return [(low, low)], ""
        self.here += 1
        if self.here >= len(self.pattern):
            raise self.fault("missing ]")
        high = self._character()
        if high < low:
            raise self.fault("a range runs backwards")
        return [(low, high)], ""
