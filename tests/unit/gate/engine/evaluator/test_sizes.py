"""What is nested in itself again and again is unknown in the end, and is never gone through."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator import sizes
from tapeproof.gate.engine.model import Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.world import World


@pytest.mark.parametrize(
    "step",
    [
        "[{0}, {0}]",
        "{{ a = {0}, b = {0} }}",
        "[for k in [1, 2] : {0}]",
        "{{ for k in [1, 2] : k => {0} }}",
        "concat({0}, {0})",
        "tolist([{0}, {0}])",
        "try([{0}, {0}], null)",
    ],
)
def test_what_doubles_itself_is_unknown_in_the_end(
    step: str, world_of: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "_MOST_PARTS", 5_000)
    chain = "\n".join(f"l{at} = {step.format(f'local.l{at - 1}')}" for at in range(1, 60))
    value = world_of(f'locals {{\nl0 = ["x", "y"]\n{chain}\n}}').scope.local("l59")
    assert any(isinstance(part, Unknown) and "more than 5,000 parts" in part.why for part in islice(value.parts(), 100))


def test_what_is_just_small_enough_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "_MOST_PARTS", 4)
    pair = Known((Known(1), Known(2)), kind="tuple")
    assert sizes.Sizes().bound(Known((pair,), kind="tuple"))[1] == 4
    assert isinstance(sizes.Sizes().bound(Known((pair, Known(3)), kind="tuple"))[0], Unknown)


def test_long_texts_count_for_what_they_hold() -> None:
    text = Known("x" * 1_000_000)
    assert sizes.Sizes().bound(Known((text,), kind="tuple"))[1] == 10_002
