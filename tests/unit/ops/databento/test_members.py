"""Members of DBN records, read exactly."""

from __future__ import annotations

import pytest

from tapeproof.ops.databento.members import decimal_text


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (0, "0"),
        (1, "0.000000001"),
        (-37_630_000_000, "-37.63"),
        (3_720_250_000_000, "3720.25"),
        (-1, "-0.000000001"),
        (100_000_000_000, "100"),
        ((1 << 63) - 2, "9223372036.854775806"),
        (-(1 << 63), "-9223372036.854775808"),
    ],
)
def test_a_price_keeps_all_its_digits(units: int, text: str) -> None:
    assert decimal_text(units) == text
