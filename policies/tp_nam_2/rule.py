"""Names say what a thing is, what it is for, and where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.naming import NAMEABLE, breaks_convention, name_of, nameable
from tapeproof.gate.engine.rule import over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@over(nameable)
def judge(resource: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when a name is not ``<resource-type>-<purpose>-<environment_suffix>``."""
    variable, name = parameters["suffix_variable"], name_of(resource)
    expected = f"{NAMEABLE[resource.type].words[0]}-<purpose>-${{var.{variable}}}"
    if name.known and name.is_unset:
        attribute = NAMEABLE[resource.type].attribute
        message = f"has no {attribute}, so AWS or Terraform makes one up"
        yield resource.fails(resource, message, fix=f'{attribute} = "{expected}"', expected=expected)
        return
    wrong = breaks_convention(stack, resource, variable)
    if wrong:
        yield resource.fails(name, f"the name {wrong}", fix=f'"{expected}"', expected=expected)
