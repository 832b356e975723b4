"""Names hold the environment's suffix, so that two environments can live in one account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.naming import NAMEABLE, holds_suffix, name_of, nameable
from tapeproof.gate.engine.model import Undecided, Unknown
from tapeproof.gate.engine.rule import over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@over(nameable)
def judge(resource: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when the variable's text does not stand in the name, through whatever locals and modules."""
    variable, name = parameters["suffix_variable"], name_of(resource)
    attribute = NAMEABLE[resource.type].attribute
    expected = f"a name that holds var.{variable}"
    if name.known and name.is_unset:
        message = f"has no {attribute}, so its name holds no var.{variable}"
        yield resource.fails(name, message, fix=f"set {attribute}", expected=expected, observed="no name")
    elif not holds_suffix(stack, name, variable):
        doubt = next((piece.content for piece in name.pieces_of_text() if isinstance(piece.content, Unknown)), None)
        if doubt is not None and not name.comes_from(f"var.{variable}"):
            raise Undecided(name, doubt.why)
        message = f"the name does not hold var.{variable}"
        yield resource.fails(name, message, fix=f"add ${{var.{variable}}} to it", expected=expected)
