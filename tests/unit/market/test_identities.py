from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tapeproof.market.identities import identity_text


def test_pairs_are_written_by_name_whatever_their_order() -> None:
    assert identity_text([("sequence", "7"), ("channel", "A")]) == "channel=A;sequence=7"
    assert identity_text([]) == ""


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_breaks_a_key_and_two_texts_never_meet(one: str, other: str) -> None:
    first, second = (identity_text([("id", text)]) for text in (one, other))
    assert "#" not in first
    assert len(first) <= 300
    if "?" not in one + other and one.isprintable() and other.isprintable():
        assert (first == second) is (one == other)
