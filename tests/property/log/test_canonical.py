from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.log.canonical import MAX_INTEGER, canonical
from tapeproof.log.errors import NotCanonicalError
from tests.effort import cases

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(max_codepoint=127))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=cases(300))
@given(VALUES)
def test_inside_the_profile_the_standard_library_writes_rfc_8785(value: Any) -> None:  # noqa: ANN401 - any JSON
    assert canonical(value) == rfc8785.dumps(value)
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"a": 1.5}, r"\$\.a: float"),
        ([2**53], r"\$\[0\]: the integer"),
        ({"é": 1}, "not ASCII"),
        ({"a": {"b": [b"x"]}}, r"\$\.a\.b\[0\]: bytes"),
        ("\ud800", "lone surrogate"),
        ({1: 2}, "not ASCII"),
    ],
)
def test_what_has_no_canonical_form_is_refused_with_its_place(value: Any, reason: str) -> None:  # noqa: ANN401 - any value
    with pytest.raises(NotCanonicalError, match=reason):
        canonical(value)
