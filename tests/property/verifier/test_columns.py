"""Entries that are split all at once are what a look at each line alone says that they are."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeproof.log.layout import AFTER_LINK
from tapeproof.verifier.columns import match_entries, split_entries
from tests.unit.log.world import World


def written() -> list[bytes]:
    """Entries of one lane, of every layout, the first of them the lane's first."""
    world = World()
    writer = world.writer()
    told: list[dict[str, Any]] = [
        {},
        {"account": "123456789012"},
        {"why": "late"},
        {"account": "123456789012"},
        {"sseq": None},
    ]
    made = [[world.decision(sseq=None) if "sseq" in one else world.decision(extra=one)] for one in told]
    again = [made[1], [world.decision(), world.decision()], [world.decision()]]  # DUPLICATE, BATCH
    return [world.write(writer, *batch)[0].entry_bytes for batch in (*made, *again)]


LINES = written()
AT = AFTER_LINK + len(re.match(rb'\{"_lane":"([^"]*)', LINES[0])[1])  # type: ignore[index] # every entry has one
PUT = [
    b"",
    b"\n",
    b'"',
    b"\\",
    b"\x00",
    b"\x1f",
    b"\x7f",
    b"\xc3\xa9",
    b"\xff",
    b"A",
    b"0",
    b"{",
    b"\n#L x 1\n",
    b'","',
]


def alike(text: bytes) -> bool:
    """Whether both ways of reading agree, but for lines that do not begin as any entry does."""
    lines = text.split(b"\n")[:-1]
    one, other = (
        [row for row in zip(*columns, strict=True) if row[0].startswith(b"{")]
        for columns in (split_entries(text, AT), match_entries(lines, AT))
    )
    return one == other and split_entries(text, AT).lines == lines and is_same_without_acts(text)


def is_same_without_acts(text: bytes) -> bool:
    """Whether nothing else is told, or told otherwise, where it is not asked what was decided."""
    asked, unasked = split_entries(text, AT), split_entries(text, AT, acts=False)
    return unasked._replace(acts=asked.acts) == asked


def test_what_the_writer_writes_is_split_into_what_it_says() -> None:
    columns = split_entries(b"".join(line + b"\n" for line in LINES), AT)
    assert columns.lines == LINES
    usual = [1, 3, 4, 7]
    assert columns.acts == [b"RECORDED" if at in usual else None for at in range(len(LINES))]
    assert columns == match_entries(LINES, AT)
    assert columns.recs[1] in LINES[1]
    assert columns.heads == [line[:AT] for line in LINES]
    assert columns.seqs == [b"%d" % number for number in range(len(LINES))]
    assert columns.cut(3, 5).heads == columns.heads[3:5]


def test_what_was_decided_is_not_told_where_it_is_not_asked() -> None:
    assert split_entries(LINES[1] + b"\n", AT, acts=False).acts == [None]


@pytest.mark.parametrize("text", [b"", b"\n", b"\n\n", b"{\n", b"#L lane 1\n"])
def test_what_is_no_entry_is_a_line_that_says_nothing(text: bytes) -> None:
    assert alike(text)
    assert split_entries(text, AT).lines == text.split(b"\n")[:-1]


@pytest.mark.parametrize("put", PUT, ids=repr)
@pytest.mark.parametrize("line", range(8))
def test_no_byte_anywhere_is_taken_for_something_else(line: int, put: bytes) -> None:
    text, start = b"".join(one + b"\n" for one in LINES), sum(len(one) + 1 for one in LINES[:line])
    for at in range(start + line % 3, start + len(LINES[line]) + 1, 3):  # each third, others in each line
        assert alike(text[:at] + put + text[at + 1 :] if at + 1 < len(text) else text)


@given(st.integers(0, 2**32), st.lists(st.sampled_from(PUT), min_size=1, max_size=4))
def test_nor_are_several(seed: int, puts: list[bytes]) -> None:
    rng = random.Random(seed)
    text = b"".join(rng.choice(LINES) + b"\n" for _ in range(6))
    for put in puts:
        at = rng.randrange(len(text))
        text = text[:at] + put + text[at + rng.randrange(3) :]
    assert alike(text if text.endswith(b"\n") else text + b"\n")
