"""Which instances a resource has, and what a reference to it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import CycleFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.world import World
    from tapeproof.gate.engine.model import Value


def local(world_of: Callable[..., World], expression: str, more: str) -> Value:
    return world_of(f"locals {{\n  it = {expression}\n}}\n{more}").scope.local("it")


def test_the_number_of_a_resources_instances_may_not_depend_on_it(world_of: Callable[..., World]) -> None:
    world = world_of('resource "aws_x" "r" {\n  count = length(aws_x.r)\n}\n')
    with pytest.raises(CycleFault, match=r"the number of aws_x.r depends on itself"):
        world.scope.instances("managed", "aws_x", "r")


@pytest.mark.parametrize(
    ("argument", "expression", "answer"),
    [
        ("", "aws_x.r.arn", "aws_x.r.arn"),
        ("count = 2", "aws_x.r[1].arn", "aws_x.r[1].arn"),
        ("count = 2", "aws_x.r[var.free].arn", "aws_x.r[?].arn"),
        ('for_each = { k = "v" }', 'aws_x.r["k"].arn', 'aws_x.r["k"].arn'),
        ("count = var.free", "aws_x.r[0].arn", "aws_x.r[0].arn"),
        ("count = var.free", "aws_x.r[var.free].arn", "aws_x.r[?].arn"),
    ],
)
def test_a_reference_means_an_instance(
    argument: str, expression: str, answer: str, world_of: Callable[..., World]
) -> None:
    more = f'variable "free" {{}}\nresource "aws_x" "r" {{\n{argument}\n}}\n'
    assert str(local(world_of, expression, more)) == answer


def test_a_resource_that_is_not_enabled_is_null(world_of: Callable[..., World]) -> None:
    more = 'resource "aws_x" "r" {\n  lifecycle {\n    enabled = false\n  }\n}\n'
    assert local(world_of, "aws_x.r", more).is_null


def test_a_fault_is_made_an_unknown_and_a_cycle_is_reported(world_of: Callable[..., World]) -> None:
    world = world_of("locals {\n  bad = 1 / 0\n  loop = local.loop\n}\n")
    assert world.scope.safely(world.scope.local, "bad").why == "it cannot be evaluated: division by zero"
    assert not world.faults
    assert "depends on itself" in world.scope.safely(world.scope.local, "loop").why
    assert [unknown.span.line for unknown in world.faults.values()] == [3]
