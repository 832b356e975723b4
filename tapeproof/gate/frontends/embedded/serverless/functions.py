"""What AWS SAM makes of a function.

Source: AWS Serverless Application Model Developer Guide, "AWS::Serverless::Function" and "CloudFormation resources
generated when you specify AWS::Serverless::Function".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.frontends.embedded.serverless.events import Event, Made, made_of_event
from tapeproof.gate.frontends.embedded.serverless.making import (
    arn_of,
    entries_of,
    entry_of,
    given,
    ref_to,
    resource,
    text_of,
)
from tapeproof.gate.frontends.embedded.serverless.roles import Grant, role_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Value

__all__ = ["Function", "made_of_function"]

_PASSED = (
    "FunctionName", "Runtime", "PackageType", "Timeout", "MemorySize", "ReservedConcurrentExecutions", "Environment",
    "LoggingConfig",
)  # fmt: skip
_READ = """
    Role Policies AssumeRolePolicyDocument PermissionsBoundary DeadLetterQueue EventInvokeConfig FunctionUrlConfig
    AutoPublishAlias Events Tracing VpcConfig ImageUri
"""
_OF_NO_ACCOUNT_HERE = """
    Architectures AutoPublishAliasAllProperties AutoPublishCodeSha256 CodeSigningConfigArn CodeUri Description
    EphemeralStorage FileSystemConfigs Handler ImageConfig InlineCode KmsKeyArn Layers PropagateTags
    ProvisionedConcurrencyConfig RecursiveLoop RolePath RuntimeManagementConfig SnapStart SourceKMSKeyArn Tags
    VersionDescription
"""
"""Properties that make no resource and that no policy reads."""
_KNOWN = frozenset({*_PASSED, *_READ.split(), *_OF_NO_ACCOUNT_HERE.split()})
_ACTIONS = {
    "SQS": "sqs:SendMessage",
    "SNS": "sns:Publish",
    "Lambda": "lambda:InvokeFunction",
    "EventBridge": "events:PutEvents",
    "S3Bucket": "s3:PutObject",
}
"""What a function may do where it sends its failures and successes to, by the type of that."""


class Function(NamedTuple):
    """A function as AWS SAM has it.

    Attributes:
        name: Its logical name.
        properties: Its properties, with those of ``Globals``.
    """

    name: str
    properties: Value

    def get(self, *names: str) -> Value | None:
        """Return a property; None when there is none."""
        return entry_of(self.properties, *names)

    @property
    def alias(self) -> str:
        """The logical name of the alias that its events invoke; empty for none."""
        published = text_of(self.get("AutoPublishAlias"))
        return f"{self.name}Alias{published}" if published else ""

    def events(self) -> Iterator[Event]:
        """Yield its events."""
        function, arn = ref_to(self.name), arn_of(self.name)
        if self.alias:
            function = arn = ref_to(self.alias)  # Ref of an alias is its ARN
        for name, event in entries_of(self.get("Events")).items():
            kind, properties = text_of(entry_of(event, "Type")), entry_of(event, "Properties")
            yield Event(f"{self.name}{name}", kind, properties, function, arn)


def made_of_function(function: Function) -> tuple[Made, list[str]]:
    """Return what is made of a function, and what of it is not known here."""
    properties = entries_of(function.properties)
    strange = [f"its property {name}" for name in properties if name not in _KNOWN]
    if function.get("AutoPublishAlias") is not None and not function.alias:
        strange.append("its property AutoPublishAlias")
    made: Made = {function.name: _lambda(function)}
    if function.alias:
        alias = {"Name": function.get("AutoPublishAlias"), "FunctionName": ref_to(function.name)}
        made[function.alias] = resource("AWS::Lambda::Alias", alias)
    grants = list(_dead_letters(function))
    for sent, more in (_invocations(function), _address(function)):
        made |= more
        grants += sent
    kinds = []
    for event in function.events():
        kinds.append(event.kind)
        found = made_of_event(event)
        made |= found or {}
        if found is None:
            strange.append(f"its event {event.kind or 'of no type'}")
    if function.get("Role") is None:
        made[f"{function.name}Role"] = role_for(function.properties, kinds, grants)
    return made, strange


def _lambda(function: Function) -> dict[str, Any]:
    kept = function.get("DeadLetterQueue", "TargetArn")
    image = "Image" if function.get("ImageUri") is not None else None
    properties: dict[str, Any] = {
        "PackageType": image,
        **given(function.properties, *_PASSED),
        "Role": function.get("Role") or arn_of(f"{function.name}Role"),
        "DeadLetterConfig": {"TargetArn": kept} if kept is not None else None,
    }
    return resource("AWS::Lambda::Function", properties)


def _dead_letters(function: Function) -> Iterator[Grant]:
    kept = function.get("DeadLetterQueue", "TargetArn")
    action = _ACTIONS.get(text_of(function.get("DeadLetterQueue", "Type")))
    if kept is not None and action:
        yield Grant(action, kept)


def _invocations(function: Function) -> tuple[list[Grant], Made]:
    """Return what the configuration of asynchronous invocations makes, and what the function may do for it."""
    if function.get("EventInvokeConfig") is None:
        return [], {}
    name = f"{function.name}EventInvokeConfig"
    made: Made = {}
    grants: list[Grant] = []
    destinations: dict[str, Any] = {}
    for outcome in ("OnFailure", "OnSuccess"):
        destination = function.get("EventInvokeConfig", "DestinationConfig", outcome)
        kind, target = text_of(entry_of(destination, "Type")), entry_of(destination, "Destination")
        sent: Any = target
        if destination is not None and target is None and kind in {"SQS", "SNS"}:
            what = "Queue" if kind == "SQS" else "Topic"
            own = f"{name}{outcome}{what}"
            made[own] = resource(f"AWS::{kind}::{what}", {})
            sent = arn_of(own) if kind == "SQS" else ref_to(own)
        if sent is not None:
            destinations[outcome] = {"Destination": sent}
            grants += [Grant(_ACTIONS[kind], sent)] if kind in _ACTIONS else []
    qualifier = function.get("AutoPublishAlias") or "$LATEST"
    config = {"FunctionName": ref_to(function.name), "Qualifier": qualifier, "DestinationConfig": destinations}
    made[name] = resource("AWS::Lambda::EventInvokeConfig", config)
    return grants, made


def _address(function: Function) -> tuple[list[Grant], Made]:
    """Return what the configuration of a function's URL makes."""
    configured = function.get("FunctionUrlConfig")
    if configured is None:
        return [], {}
    properties = {"AuthType": entry_of(configured, "AuthType"), "TargetFunctionArn": ref_to(function.name)}
    return [], {f"{function.name}Url": resource("AWS::Lambda::Url", properties)}
