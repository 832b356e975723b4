from __future__ import annotations

from tapeproof.verifier.lane_times import recent_since, young_since


def test_a_lane_may_be_young_for_the_sealers_grace_and_recent_for_as_long_as_a_write_takes() -> None:
    sealed = 1_763_877_600_000_000_000
    assert int(young_since(sealed)) == sealed - 20 * 60 * 10**9
    assert int(recent_since(sealed)) == sealed - 600 * 10**9
    assert young_since(0) == recent_since(0) == b"0" * 19
    assert young_since(sealed) < recent_since(sealed) < b"%019d" % sealed
