from __future__ import annotations

from tapeproof.evidence.provenance import clock_of


def test_the_clock_of_a_build_is_the_one_it_is_told() -> None:
    assert clock_of({"SOURCE_DATE_EPOCH": "1790000000"}).iso() == "2026-09-21T14:13:20Z"
