"""What AWS SAM makes of a state machine.

Source: AWS Serverless Application Model Developer Guide, "AWS::Serverless::StateMachine" and "CloudFormation resources
generated when you specify AWS::Serverless::StateMachine".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model import Known, Value
from tapeproof.gate.frontends.embedded.serverless.making import arn_of, entries_of, entry_of, resource
from tapeproof.gate.frontends.embedded.serverless.roles import role_for

if TYPE_CHECKING:
    from tapeproof.gate.frontends.embedded.serverless.events import Made

__all__ = ["made_of_machine"]

_READ = frozenset(
    {"Definition", "DefinitionSubstitutions", "Name", "Policies", "Role", "Tracing", "Type"}
    | {
        "AutoPublishAlias",
        "DeploymentPreference",
        "Logging",
        "PropagateTags",
        "RolePath",
        "Tags",
        "UseAliasAsEventTarget",
    }
)
"""Properties that are read here, and those that make nothing that a policy reads."""
_SERVICE = "states.amazonaws.com"


def made_of_machine(name: str, properties: Value) -> tuple[Made, list[str]]:
    """Return the declarations that take a machine's place, and what is not known of it.

    Args:
        name: Its logical name.
        properties: Its properties, with those of ``Globals``.
    """
    made: Made = {}
    role: Any = entry_of(properties, "Role")
    if role is None:
        made[f"{name}Role"] = role_for(properties, [], [], service=_SERVICE)
        role = arn_of(f"{name}Role")
    definition = entry_of(properties, "Definition")
    substitutions = entry_of(properties, "DefinitionSubstitutions")
    told = {
        "StateMachineName": entry_of(properties, "Name"),
        "DefinitionString": None if definition is None else _substituted(definition, substitutions),
        "RoleArn": role,
    }
    made[name] = resource("AWS::StepFunctions::StateMachine", told)
    return made, [f"its property {one}" for one in entries_of(properties) if one not in _READ]


def _substituted(part: Value, substitutions: Value | None) -> Any:  # noqa: ANN401 - plain Python with values in it
    """Return a part of a definition in which CloudFormation puts the substitutions into its texts."""
    inner = part.value if isinstance(part, Known) else None
    if isinstance(inner, Mapping):
        return {name: _substituted(one, substitutions) for name, one in inner.items()}
    if isinstance(inner, tuple):
        return [_substituted(one, substitutions) for one in inner]
    if isinstance(inner, str) and "${" in inner and substitutions is not None:
        return {"Fn::Sub": [part, dict(entries_of(substitutions))]}
    return part
