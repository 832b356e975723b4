from __future__ import annotations

import pytest
from audit_log.attributes import number


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("1.2345678901234567890123456789012345678E+3", "1234.5678901234567890123456789012345678"),
        ("0.000", "0"),
        ("-0", "0"),
        ("1.50", "1.5"),
        ("1E+125", "1" + "0" * 125),
        ("1E-130", "0." + "0" * 129 + "1"),
        ("1" * 38 + ".000", "1" * 38),
    ],
)
def test_a_number_keeps_every_digit_that_dynamodb_keeps(text: str, plain: str) -> None:
    assert number(text) == plain


@pytest.mark.parametrize("text", ["1E+126", "1E+999999", "1E+99999999999", "1" * 39, "sNaN", "x", ""])
def test_a_number_that_dynamodb_cannot_hold_has_no_canonical_form(text: str) -> None:
    with pytest.raises(ArithmeticError):
        number(text)
