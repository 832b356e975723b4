"""Values in nested blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.paths import value_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


@pytest.mark.parametrize(("path", "found"), [("a.b.c", [1, 2]), ("a.d", [None]), ("x.y", [])])
def test_a_path_leads_to_the_values_of_every_block(
    stack_of: Callable[[str], Stack], path: str, found: list[int]
) -> None:
    (resource,) = stack_of('resource "aws_x" "x" {\n a {\n b {\n c = 1\n}\n b {\n c = 2\n}\n}\n}').resources()
    assert [value.plain() for value in value_at(resource, path)] == found
