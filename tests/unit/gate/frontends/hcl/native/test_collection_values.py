"""The signs between a name and its value."""

from __future__ import annotations

import pytest

from tapeproof.gate.frontends.hcl.native.collection_values import CollectionValues
from tapeproof.gate.frontends.hcl.positions import Positions


@pytest.mark.parametrize(
    ("text", "signs", "taken"),
    [("= 1", "=", True), ("== 1", "=", False), ("=> 1", "=:", False), (": 1", "=:", True), (":: 1", "=:", False)],
)
def test_a_sign_of_assignment_is_told_from_longer_ones(text: str, signs: str, taken: bool) -> None:
    assert CollectionValues(text, Positions(text)).assigns(signs) is taken
