"""The evaluator, asked as the console is asked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.configuration import configuration
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.files import Files
from tapeproof.gate.engine.evaluator.world import Inputs, World
from tapeproof.gate.frontends.hcl.parser import parse_expression, parse_hcl, parse_template
from tests.conformance.gate.engine.oracle import REFUSED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def ours(expressions: Sequence[str], folder: Path) -> list[object]:
    main = folder / "main.tf"
    declared = configuration(
        folder, str(folder), [(str(main), parse_hcl(main.read_text(encoding="utf-8"), str(main)))], []
    )
    world = World(declared, None, Inputs({}), Files(folder), parse_template)  # type: ignore[arg-type]
    return [_evaluated(one, world) for one in expressions]


def _evaluated(expression: str, world: World) -> object:
    try:
        value = world.evaluator.evaluate(parse_expression(expression, "console"), world.scope.frame("console"))
    except (Fault, SourceError):
        return REFUSED
    return value.plain()


def rounded(value: object) -> object:
    """Return a value with fractions cut to as many digits as anybody configures anything with."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [rounded(element) for element in value]
    if isinstance(value, dict):
        return {key: rounded(value[key]) for key in sorted(value)}
    return value
