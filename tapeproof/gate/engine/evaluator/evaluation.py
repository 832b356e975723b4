"""Evaluating an expression that stands alone, where there is nothing to refer to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.expressions import Evaluator
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.files import Files
from tapeproof.gate.engine.evaluator.interfaces import Frame

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.syntax import Expression
    from tapeproof.gate.engine.model import Value

__all__ = ["constant_value"]


def constant_value(node: Expression, file: str) -> Value:
    """Return the value of an expression of a variable file; one that Terraform would refuse is unknown.

    Args:
        node: The expression.
        file: The file it is in.
    """
    return Evaluator(Files(Path()), _no_templates).attempt(node, Frame(None, file))


def _no_templates(text: str, file: str) -> Expression:
    raise Fault(f"templates cannot be read here ({file}, {len(text)} characters)")
