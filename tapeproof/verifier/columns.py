"""The entries of a lane as columns, which one pattern cuts out of a whole text: half of what it costs line by line."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.layout import PLACES, PLAIN, is_unescaped
from tapeproof.verifier.streams import entry_time

if TYPE_CHECKING:
    from re import Pattern

__all__ = ["Columns", "match_entries", "split_entries"]

_HEX_DIGITS = b"0123456789abcdef"
_SEQ = b'","_seq":'
_SAID = itemgetter(*(PLACES[name] for name in ("act", "fn", "pay", "rec")))
_UNSAID = (None, None, None, None)
_ACT = rb'((?!BATCH")TEXT)'
_LOOSE = (
    rb'","_seq":(0|[1-9][0-9]{0,9}),"act":"ACT","evt":"TEXT","fn":"(TEXT)","key":"TEXT",'
    rb'(?:"obs":\{"account":"[0-9]{12}"\},|)"pay":"(HASH)",(?:"rec":"(HASH)",|)"req":"TEXT","src":"TEXT",'
    rb'"sseq":(?:null|"TEXT"),"ts":"([0-9]{19})","v":1\}'
)  # fmt: skip
"""``layout.PLAIN`` in text that ``is_unescaped``, where all between two quotation marks is what it says, but for hashes
and ends of lines."""


class Columns(NamedTuple):
    """Lines that begin like the entries of a lane, and what each says.

    Attributes:
        lines: The lines.
        heads: What each has up to the end of ``_prev``.
        seqs: What each has where ``_seq`` is; nothing where another member is.
        acts: What was decided. Here and in the next three, a line has None unless it is one decision that observes at
            most the account; here it has None as well where it was not asked.
        functions: Who decided.
        pays: Hashes of payloads.
        recs: Hashes of records, None also where nothing was stored.
        times: What each has where ``ts`` is.
    """

    lines: list[bytes]
    heads: list[bytes]
    seqs: list[bytes]
    acts: list[bytes]
    functions: list[bytes]
    pays: list[bytes]
    recs: list[bytes]
    times: list[bytes]

    def cut(self, start: int, end: int) -> Columns:
        """Return the lines from one on and before another."""
        return Columns._make(column[start:end] for column in self)


def split_entries(text: bytes, at: int, *, acts: bool = True) -> Columns:
    """Split text into entries.

    Args:
        text: Lines, each with its end.
        at: Where the quotation mark is that ends ``_prev``.
        acts: Whether it is asked what was decided: each column costs.
    """
    found = _split_at_once(text, at, acts=acts) if is_unescaped(text) else None
    return found or match_entries(text.split(b"\n")[:-1], at)


def match_entries(lines: list[bytes], at: int) -> Columns:
    """Do the same with entries that may hold anything, one by one."""
    said = [_SAID(match) if match else _UNSAID for match in map(PLAIN.fullmatch, lines, repeat(at))]
    return _of(lines, at, said)


def _of(lines: list[bytes], at: int, said: list[tuple[Any, ...]]) -> Columns:
    acts, functions, pays, recs = ([one[number] for one in said] for number in range(len(_UNSAID)))
    heads, seqs = [line[:at] for line in lines], [_seq_of(line, at) for line in lines]
    return Columns(lines, heads, seqs, acts, functions, pays, recs, list(map(entry_time, lines)))


def _seq_of(line: bytes, at: int) -> bytes:
    start = at + len(_SEQ)
    return line[start : max(start, line.find(b",", start))] if line.startswith(_SEQ, at) else b""


def _split_at_once(text: bytes, at: int, *, acts: bool) -> Columns | None:
    """Split text that ``is_unescaped``; None when only a look at each line can tell what it is."""
    pattern = _pattern(at, acts=acts)
    pieces, width = pattern.split(text), pattern.groups + 1
    gaps, lines, heads, seqs, *decided, functions, pays, recs, times = (
        pieces[number::width] for number in range(width)
    )
    hashes = b"".join(filter(None, [*pays, *recs]))
    if hashes.translate(None, _HEX_DIGITS) or b"\n" in b"".join(lines):  # six times as fast as to count ends of lines
        return None
    told = decided or [[None] * len(lines)]
    columns = Columns._make([lines, heads, seqs, *told, functions, pays, recs, times])
    return _fill(columns, gaps, at) if any(gaps) else columns


def _fill(columns: Columns, gaps: list[bytes], at: int) -> Columns | None:
    """Return the columns with the lines of other layouts that are between theirs."""
    parts, start = list[Columns](), 0
    for end, gap in enumerate(gaps):
        if gap.endswith(b"\n"):
            others = gap.split(b"\n")[:-1]
            parts += columns.cut(start, end), _of(others, at, [_UNSAID] * len(others))
            start = end
        elif gap:
            return None
    parts.append(columns.cut(start, len(columns.lines)))
    return Columns._make(list(chain.from_iterable(column)) for column in zip(*parts, strict=True))


@lru_cache(maxsize=256)
def _pattern(at: int, *, acts: bool) -> Pattern[bytes]:
    """Return the pattern of a line; there are as many as there are lengths of lanes' names."""
    line = (rb"((\{(?s:.{%d}))" % (at - 1) + _LOOSE + rb")\n").replace(b"ACT", _ACT if acts else _ACT[1:-1])
    return re.compile(line.replace(b"TEXT", rb'[^"]*+').replace(b"HASH", rb"(?s:.{64})"))
