from __future__ import annotations

import hashlib
import io

import pytest

from tapeproof.evidence.verifier.comparison import Comparison


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"a\nb\nc\nd\n", ""),
        (b"a\nX\nc\nd\n", "line 2: the evidence gives b"),
        (b"a\nb\nc\nX\n", "line 4: the evidence gives d"),
        (b"a\nb\nc\n", "line 4: the evidence gives d"),
        (b"a\nb\nc\nd\ne\n", "line 5: the evidence gives no such line"),
        (b"a\nb\nc\nd", "line 4: the evidence gives d"),
        (b"", "line 1: the evidence gives a"),
    ],
)
def test_a_file_that_differs_from_what_it_should_hold_is_told_by_line(file: bytes, told: str) -> None:
    comparison = Comparison(io.BytesIO(file))
    comparison.take(b"a\nb\n")
    comparison.take(b"c\nd\n")
    comparison.finish()
    assert comparison.difference == told
    assert comparison.sha256 == hashlib.sha256(file).hexdigest()
