"""Reasons: safe to print, whatever a stranger sent, and with the book that they break."""

from __future__ import annotations

import pytest

from tapeproof.market.errors import Rejection, StoreError, UnknownVenueError, describe_value, mark_broken_book


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "'plain'"),
        ("\x1b[31mred\n", "'\\x1b[31mred\\n'"),
        ("ä\u202e", "'\\xe4\\u202e'"),
        ("x" * 100, f"'{'x' * 48}' and 52 characters more"),
        ({"a": 1}, "an object of 1 members"),
        ([1, 2], "a list of 2"),
        (None, "None"),
        (1 << 200, "an integer of 201 bits"),
        (7, "7"),
    ],
)
def test_a_value_is_shown_short_and_in_ascii(value: object, text: str) -> None:
    assert describe_value(value) == text
    assert describe_value(value).isascii()
    assert describe_value(value).isprintable()


def test_a_reason_is_its_code_and_its_sentence() -> None:
    error = Rejection("bad-side", "side must be buy or sell")
    assert error.reason == "bad-side: side must be buy or sell"
    assert "REJECTED" in error.diagnostics()
    assert (error.item, error.book) == (None, None)


def test_a_rejection_of_a_book_message_names_the_book_and_another_error_passes() -> None:
    with pytest.raises(Rejection) as caught, mark_broken_book("A-B", "l2"):
        raise Rejection("bad-levels", "no list")
    assert caught.value.book == ("A-B", "l2")
    with pytest.raises(ValueError, match="other"), mark_broken_book("A-B", "l2"):
        raise ValueError("other")


def test_an_unknown_venue_says_how_one_is_added() -> None:
    error = UnknownVenueError("\x00nobody")
    assert error.code == "unknown-venue"
    assert "tapeproof/1" in error.diagnostics()
    assert error.reason.isprintable()


def test_a_table_that_does_not_answer_is_another_status_than_a_rejection() -> None:
    assert Rejection.exit_status != StoreError.exit_status
