"""Expressions and small modules, evaluated as the front end evaluates them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.configuration import configuration
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.files import Files
from tapeproof.gate.engine.evaluator.world import Inputs, World
from tapeproof.gate.frontends.hcl.parser import parse_expression, parse_hcl, parse_template

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.gate.engine.model import Value

KNOWN_AFTER_APPLY = """
variable "free" {}
variable "secret" {
  default   = "hunter2"
  sensitive = true
}
resource "aws_sqs_queue" "q" {}
"""
"""What expressions may refer to: a variable without a value, a secret, and a resource."""


syntax_of = lru_cache(lambda text: parse_hcl(text, "main.tf"))
"""The same few texts are read for hundreds of tests."""


class NoModules:
    """A loader for configurations that call no modules."""

    def module(self, source: str, caller: object, address: str, version: str = "") -> object:
        raise AssertionError(f"{caller} calls {address} from {source}")


@pytest.fixture
def world_of(tmp_path: Path) -> Callable[..., World]:
    """Return a function that makes a world of the text of one file."""

    def make(text: str, **inputs: Value) -> World:
        declared = configuration(tmp_path, "root", [("main.tf", syntax_of(text))], [])
        return World(declared, NoModules(), Inputs(inputs), Files(tmp_path, "root"), parse_template)  # type: ignore[arg-type]

    return make


@pytest.fixture
def evaluate(world_of: Callable[..., World]) -> Callable[[str], Value]:
    """Return a function that evaluates an expression, in a module that has something unknown and something secret."""
    world = world_of(KNOWN_AFTER_APPLY)
    frame = world.scope.frame("main.tf")
    return lambda text: world.evaluator.evaluate(parse_expression(text, "main.tf"), frame)


@pytest.fixture
def plain(evaluate: Callable[[str], Value]) -> Callable[[str], object]:
    """Return a function that evaluates an expression to plain Python; ``Fault`` is what Terraform refuses."""

    def make(text: str) -> object:
        try:
            return evaluate(text).plain()
        except Fault:
            return Fault

    return make
