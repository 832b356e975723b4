"""Makes of a template of AWS SAM the template that its transform makes, as far as policies read it.

Source: AWS Serverless Application Model Developer Guide, "Globals section", "AWS::Serverless::SimpleTable",
"AWS::Serverless::LayerVersion", "AWS::Serverless::Api", "AWS::Serverless::HttpApi".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model import Known, Value
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.record import replace
from tapeproof.gate.frontends.embedded.serverless.functions import Function, made_of_function
from tapeproof.gate.frontends.embedded.serverless.machines import made_of_machine
from tapeproof.gate.frontends.embedded.serverless.making import (
    entries_of,
    entry_of,
    given,
    listed_in,
    resource,
    text_of,
    value,
)

if TYPE_CHECKING:
    from tapeproof.gate.frontends.embedded.serverless.events import Made

__all__ = ["SAM", "Expanded", "expand_template"]

SAM = "AWS::Serverless::"
_KEPT = ("Condition", "DeletionPolicy")
_DECIDING = frozenset({"Auth", "DefinitionBody", "DefinitionUri", "Domain"})
"""Properties of an API that may hold a policy, or invoke functions."""


class Expanded(NamedTuple):
    """A template after AWS SAM.

    Attributes:
        template: The template.
        left: What is not known here, as ends of sentences.
    """

    template: Value
    left: tuple[str, ...]


def expand_template(template: Value) -> Expanded:
    """Return a template in which what AWS SAM makes stands in place of its own types."""
    declared = entries_of(entry_of(template, "Resources"))
    made: dict[str, Value] = {}
    left: list[str] = []
    for name, one in declared.items():
        kind = text_of(entry_of(one, "Type"))
        if not kind.startswith(SAM):
            made.setdefault(name, one)
            continue
        shared = entry_of(template, "Globals", kind.removeprefix(SAM))
        found, strange = _made_of(name, kind.removeprefix(SAM), _merged(shared, entry_of(one, "Properties")))
        left += [f"what AWS SAM makes of {name} is not known here: {why}" for why in strange]
        kept = given(one, *_KEPT)
        made |= {logical: value({**kept, **declaration}, one.span) for logical, declaration in found.items()}
    _notify(declared, made, template)
    entries = {**entries_of(template), "Resources": Known(made, kind="object", span=template.span)}
    return Expanded(Known(entries, kind="object", span=template.span), tuple(left))


def _made_of(name: str, kind: str, properties: Value) -> tuple[Made, list[str]]:
    if kind == "Function":
        return made_of_function(Function(name, properties))
    if kind == "StateMachine":
        return made_of_machine(name, properties)
    if kind == "SimpleTable":
        passed = given(properties, "TableName", "SSESpecification", "PointInTimeRecoverySpecification")
        return {name: resource("AWS::DynamoDB::Table", passed)}, []
    if kind == "LayerVersion":
        stays = text_of(entry_of(properties, "RetentionPolicy")) != "Delete"
        named: dict[str, Any] = {**given(properties, "LayerName"), "SkipDestroy": stays}
        return {name: resource("AWS::Lambda::LayerVersion", named)}, []
    if kind in {"Api", "HttpApi"}:
        strange = [f"its property {one}" for one in entries_of(properties) if one in _DECIDING]
        type_ = "AWS::ApiGateway::RestApi" if kind == "Api" else "AWS::ApiGatewayV2::Api"
        return {name: resource(type_, given(properties, "Name"))}, strange
    return {}, [f"it is {SAM}{kind}"]


def _merged(shared: Value | None, own: Value | None) -> Value:
    """Return properties with what is global: maps are merged, lists joined, of anything else a resource's own holds."""
    if shared is None or own is None:
        return own if own is not None else shared if shared is not None else Known({}, kind="object")
    if not (isinstance(shared, Known) and isinstance(own, Known)):
        return own
    if isinstance(shared.value, tuple) and isinstance(own.value, tuple):
        return replace(own, value=(*shared.value, *own.value))
    if not (isinstance(shared.value, Mapping) and isinstance(own.value, Mapping)):
        return own
    both = dict(shared.value)
    for name, part in own.value.items():
        both[name] = _merged(both.get(name), part)
    return replace(own, value=both)


def _notify(declared: Mapping[str, Value], made: dict[str, Value], template: Value) -> None:
    """Let the buckets of a template tell the functions whose events they are."""
    told: dict[str, list[Any]] = {}
    for name, one in declared.items():
        if text_of(entry_of(one, "Type")) != f"{SAM}Function":
            continue
        shared = entry_of(template, "Globals", "Function")
        for event in Function(name, _merged(shared, entry_of(one, "Properties"))).events():
            bucket = text_of(entry_of(event.properties, "Bucket", "Ref"))
            if event.kind == "S3" and bucket in made:
                told.setdefault(bucket, []).append({"Function": event.arn})
    for bucket, functions in told.items():
        properties = dict(entries_of(entry_of(made[bucket], "Properties")))
        notified = entry_of(made[bucket], "Properties", "NotificationConfiguration")
        before = listed_in(entry_of(notified, "LambdaConfigurations"))
        changed = {**entries_of(notified), "LambdaConfigurations": [*before, *functions]}
        properties["NotificationConfiguration"] = value(changed, made[bucket].span)
        made[bucket] = value({**entries_of(made[bucket]), "Properties": properties}, made[bucket].span)
