"""What names mean in a module instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.world import World


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("var.nope", "there is no variable 'nope'"),
        ("local.nope", "there is no local value 'nope'"),
        ("path.nope", "there is no path.nope"),
        ("terraform.nope", "there is no terraform.nope"),
        ("aws_x.nope", "there is no resource aws_x.nope"),
        ("data.aws_x.nope", "there is no data source aws_x.nope"),
        ("module.nope", "there is no module 'nope'"),
        ("each.key", "each is not defined here"),
        ("count.index", "count is not defined here"),
        ("var", "'var' must be followed by a name"),
        ("var[0]", "'var' must be followed by a name"),
    ],
)
def test_a_name_that_means_nothing_is_refused(expression: str, why: str, world_of: Callable[..., World]) -> None:
    with pytest.raises(Fault, match=why.replace("[", r"\[")):
        world_of(f"locals {{\n  it = {expression}\n}}\n").scope.local("it")
