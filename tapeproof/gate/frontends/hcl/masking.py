"""Prepare HCL for python-hcl2 without moving a character.

python-hcl2's grammar takes most of HCL, but not all of it where it is legal: comments in the middle of an expression,
newlines inside parentheses and interpolations, ``${~`` strip markers, some escapes. And its patterns for heredocs take
quadratic time on hostile input. So the text it gets is a mask of the same length: comments are blanks, the literal text
of strings is a row of letters, and a heredoc is a quoted string. Every position stays what it was, and whoever lowers
the tree takes names and literal text from the original by position.

Source: HCL Native Syntax Specification, "Lexical Elements", "Template Expressions".
"""

from __future__ import annotations

import re
from typing import NoReturn

from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.late_pattern import compile_late

__all__ = ["DEEPEST", "Heredoc", "Masked", "MaskingError", "mask"]

DEEPEST = 250
"""How many brackets and templates may be open at once; more is no configuration, but an attack on the stack."""

_FILL = "x"
_CODE = compile_late(r'["\n(){}\[\]]|!!|\bcore::|#|//|/\*|<<-?(?=[^\W\d])|[^\x00-\x7f]+')
_MARKER = re.compile(r"<<(-?)([^\W\d][\w.-]*)[ \t]*\r?\n")
_QUOTED = re.compile(r'["\n]|\\.|\$\$\{|%%\{|[$%]\{', re.DOTALL)
_UNQUOTED = re.compile(r"\$\$\{|%%\{|[$%]\{")
_FOR = re.compile(r"\s*for\s+[^\W\d]")
_NOTHING = {"!!", "core::"}
"""What the grammar does not have, and what means nothing: two negations, the namespace of built-in functions."""
_COMMENTS = {"#": "\n", "//": "\n", "/*": "*/"}
_CLOSES = {")": "(", "]": "[", "}": "{"}


class MaskingError(Exception):
    """The text is no HCL: ``position`` is where, and the message why."""

    def __init__(self, reason: str, position: int) -> None:
        self.position = position
        super().__init__(reason)


class Heredoc(NamedTuple):
    """Where the body of a heredoc begins and ends, and whether its indentation is taken away (``<<-``)."""

    start: int
    end: int
    flush: bool


class Masked(NamedTuple):
    """What python-hcl2 gets, and what the mask hides.

    Attributes:
        text: As long as the original.
        heredocs: By position of their opening marker.
        strips: Positions of ``~`` strip markers.
    """

    text: str
    heredocs: dict[int, Heredoc]
    strips: frozenset[int]


class _Open(NamedTuple):
    """Something that is open: a bracket, a ``$`` template sequence, a ``"`` string or a ``<`` heredoc."""

    kind: str
    position: int
    end: int = 0


def mask(text: str) -> Masked:
    """Return the mask of some HCL.

    Raises:
        MaskingError: A string, comment, heredoc or bracket is not closed, or too many are open at once.
    """
    return _Masker(text).run()


class _Masker:
    def __init__(self, text: str) -> None:
        self.text = text
        self.out = list(text)
        self.open: list[_Open] = []
        self.heredocs: dict[int, Heredoc] = {}
        self.strips: set[int] = set()
        self.here = 0

    def run(self) -> Masked:
        if self.text.startswith("\ufeff"):
            self.out[0], self.here = " ", 1
        while self.here < len(self.text):
            inside = self.open[-1].kind if self.open else ""
            if inside in {'"', "<"}:
                self._literal(self.open[-1])
            else:
                self._code()
        if self.open:
            what = {'"': "a string", "<": "a heredoc", "$": "a template sequence"}
            last = self.open[-1]
            raise MaskingError(f"{what.get(last.kind, 'a bracket')} is not closed", last.position)
        return Masked("".join(self.out), self.heredocs, frozenset(self.strips))

    def _code(self) -> None:
        """Go on to the next character of code that matters, and take it."""
        found = _CODE.search(self.text, self.here)
        if found is None:
            self.here = len(self.text)
            return
        sign, start = found[0], found.start()
        self.here = found.end()
        if sign == "\n":
            if self.open and self.open[-1].kind != "{":
                self.out[start] = " "
        elif sign in "([{":
            loop = sign == "{" and _FOR.match(self.text, self.here)
            self._push("f" if loop else sign, start)
        elif sign in ")]}":
            self._close(sign, start)
        elif sign == '"':
            self._push(sign, start)
        elif sign.startswith("<<"):
            self._heredoc(start)
        elif sign in _NOTHING:
            self.out[start : self.here] = " " * len(sign)
        elif sign in _COMMENTS:
            self._comment(sign, start)
        else:
            self._word(start, sign)

    def _comment(self, sign: str, start: int) -> None:
        end = self.text.find(_COMMENTS[sign], self.here)
        if end < 0 and sign == "/*":
            raise MaskingError("a comment is not closed", start)
        end = len(self.text) if end < 0 else end + (2 if sign == "/*" else 0)
        self.out[start:end] = " " * (end - start)
        self.here = end

    def _literal(self, inside: _Open) -> None:
        """Go on to the end of a string's literal text, or to the next sequence in it."""
        heredoc = inside.kind == "<"
        end = inside.end if heredoc else len(self.text)
        found = (_UNQUOTED if heredoc else _QUOTED).search(self.text, self.here, end)
        if found is None and not heredoc:
            raise MaskingError("a string is not closed", inside.position)
        start = end if found is None else found.start()
        self._fill(self.here, start)
        if found is None:
            self._end_heredoc(inside)
        elif found[0] == '"':
            self.here = found.end()
            self.open.pop()
        elif found[0] == "\n":
            raise MaskingError("a quoted string cannot span lines; use a heredoc", inside.position)
        elif found[0] in {"${", "%{"}:
            self._push("$", start)
            self.here = self._strip(found.end())
        else:
            self._fill(start, found.end())
            self.here = found.end()

    def _heredoc(self, start: int) -> None:
        opening = _MARKER.match(self.text, start)
        if opening is None:
            raise MaskingError("a heredoc's marker must end its line", start)
        closing = re.compile(rf"^[ \t]*({re.escape(opening[2])})[ \t]*\r?$", re.MULTILINE)
        found = closing.search(self.text, opening.end())
        if found is None:
            raise MaskingError(f"the heredoc {opening[2]} is not closed", start)
        self.heredocs[start] = Heredoc(opening.end(), found.start(), bool(opening[1]))
        self._push("<", start, found.end(1) - 1)
        self.out[start] = '"'
        self._fill(start + 1, opening.end())
        self.here = opening.end()

    def _end_heredoc(self, inside: _Open) -> None:
        self.out[inside.end] = '"'
        self.here = inside.end + 1
        self.open.pop()

    def _close(self, sign: str, start: int) -> None:
        kind = self.open[-1].kind if self.open else ""
        expected = _CLOSES[sign]
        if kind != expected and not (sign == "}" and kind in {"f", "$"}):
            self._refuse(sign, start)
        if kind == "$" and self.text[start - 1] == "~":
            self.strips.add(start - 1)
            self.out[start - 1] = " "
        self.open.pop()

    def _strip(self, position: int) -> int:
        """Take the strip marker that opens a sequence, if there is one, and return what follows."""
        if self.text.startswith("~", position):
            self.strips.add(position)
            self.out[position] = " "
            return position + 1
        return position

    def _push(self, kind: str, position: int, end: int = 0) -> None:
        if len(self.open) >= DEEPEST:
            raise MaskingError(f"more than {DEEPEST} brackets and templates are open at once", position)
        self.open.append(_Open(kind, position, end))

    def _word(self, start: int, word: str) -> None:
        """Put letters that only the grammar does not know in their ASCII place."""
        for offset, letter in enumerate(word):
            if letter.isalnum() or f"a{letter}".isidentifier():
                self.out[start + offset] = _FILL

    def _fill(self, start: int, end: int) -> None:
        self.out[start:end] = _FILL * (end - start)

    def _refuse(self, sign: str, position: int) -> NoReturn:
        if not self.open:
            raise MaskingError(f"{sign!r} closes nothing", position)
        raise MaskingError(f"{sign!r} does not close what is open", position)
