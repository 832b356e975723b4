"""Parameters of a template: those that CloudFormation hides, and what is given for those that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Block, Known, Resource, Variable
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Value

__all__ = ["hidden_parameters_of", "shown_parameters_of"]

_SHOWN = "cloudformation_shown_parameters"


def hidden_parameters_of(template: Value, resource: Resource) -> Iterator[Variable]:
    """Yield the parameters that CloudFormation shows to nobody and that have a default, which everybody can read."""
    for name, declared in template.entry("Parameters").entries().items():
        default, hidden = declared.entry("Default"), declared.entry("NoEcho")
        if hidden.known and not hidden.is_unset and hidden.text().lower() == "true" and not default.is_unset:
            block = Block(type="parameter", labels=(name,), span=declared.span)
            yield Variable(
                name=name, module=resource.address, default=default, value=default, sensitive=True, block=block
            )


def shown_parameters_of(template: Value, resource: Resource) -> Iterator[Resource]:
    """Yield what is given for parameters that CloudFormation shows to everyone who may describe the stack."""
    given = resource["parameters"]
    if not isinstance(given, Known) or given.is_unset:
        return
    declared = template.entry("Parameters")
    names = {} if declared.is_unset else declared.entries()
    shown = {
        name: value for name, value in given.entries().items() if name in names and names[name].entry("NoEcho").is_unset
    }
    if shown:
        yield replace(
            resource,
            type=_SHOWN,
            attributes={"parameters": Known(shown, kind="object", span=given.span)},
            children=(),
            address=f"{resource.address}/Parameters",
        )
