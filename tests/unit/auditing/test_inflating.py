from __future__ import annotations

import gzip
import zlib

import pytest

from tapeproof.auditing.inflating import inflater

GZIP = 31
"""Window bits that ask for a gzip member (zlib's manual, inflateInit2)."""
DATA = b"a line\n" * 1_000


def test_a_member_is_inflated_in_pieces_as_large_as_was_asked_for() -> None:
    member, pending, pieces = inflater(GZIP), gzip.compress(DATA), []
    while not member.eof:
        pieces.append(member.decompress(pending, 100))
        pending = member.unconsumed_tail
    assert b"".join(pieces) == DATA
    assert max(map(len, pieces)) <= 100


def test_what_stands_behind_a_member_is_left_for_the_next() -> None:
    member = inflater(GZIP)
    assert member.decompress(gzip.compress(DATA) + b"next") == DATA
    assert (member.eof, member.unused_data) == (True, b"next")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"no gzip" * 10,
        lambda data: data[:3] + bytes([data[3] | 0x80]) + data[4:],
        lambda data: data[:-5] + bytes([data[-5] ^ 1]) + data[-4:],
        lambda data: data[:20] + b"\xff" * 20 + data[40:],
    ],
    ids=["another format", "a flag that must be zero", "another checksum", "another content"],
)
def test_damage_is_an_error_of_the_standard_library_whatever_inflates(damage: object) -> None:
    with pytest.raises(zlib.error):
        inflater(GZIP).decompress(damage(gzip.compress(DATA)))  # type: ignore[operator]


def test_a_member_that_ends_too_early_has_no_end() -> None:
    member = inflater(GZIP)
    member.decompress(gzip.compress(DATA)[:-4])
    assert not member.eof
