"""Makes resources of what Terraform hands to CloudFormation, Cloud Control and the AWSCC provider."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Block, Known, Resource, Undecided, Unknown, Variable
from tapeproof.gate.frontends.embedded.intrinsics import terms_of, with_parameters
from tapeproof.gate.frontends.embedded.kinds import CLOUD_CONTROL, TEMPLATES, is_of_awscc
from tapeproof.gate.frontends.embedded.properties import cloudformation_type_of, is_translated, property_of, translate
from tapeproof.gate.frontends.embedded.returns import name_made_for
from tapeproof.gate.frontends.embedded.templates import read_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.gate.engine.model import Span, Stack, Value

__all__ = ["unfold"]

SHOWN_PARAMETERS = "cloudformation_shown_parameters"

_SAM = "AWS::Serverless::"
_CUSTOM = re.compile(r"Custom::.+")
"""What a template calls a resource that a function or a topic provides, after its own taste."""
_HARMLESS = frozenset({"AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"})
"""Transforms that change no resource of AWS's own types: they give functions, and types that are told as not read."""


def unfold(stack: Stack) -> Stack:
    """Return a stack in which every resource that is written in CloudFormation's terms also stands in the provider's.

    What cannot be told apart (a template behind a URL, a type that no table knows) is listed as not read.
    """
    made: list[Resource] = []
    unread: list[Unknown] = []
    parameters: list[Variable] = []
    for resource in stack.resources():
        reader = _READERS.get(resource.type) or (_of_awscc if is_of_awscc(resource.type) else None)
        if reader is None:
            continue
        try:
            for found in reader(stack, resource):
                if isinstance(found, Unknown):
                    unread.append(found)
                elif isinstance(found, Variable):
                    parameters.append(found)
                else:
                    made.append(found)
        except Undecided as undecided:
            place = undecided.value.span if undecided.value.span.line else resource.span
            unread.append(_unread(resource, undecided.why, place))
    if not made and not unread and not parameters:
        return stack
    everything = (*stack.everything, *made)
    return replace(
        stack,
        everything=everything,
        variables=(*stack.variables, *parameters),
        unread=(*stack.unread, *unread),
        names=set(),
        chosen={},
        resolved={},
    )


def _of_template(stack: Stack, resource: Resource) -> Iterator[Resource | Unknown | Variable]:
    body, url = resource["template_body"], resource["template_url"]
    if body.is_unset:
        if not url.is_unset:
            yield _unread(resource, "its template lies behind a URL; give it by template_body", url.span)
        return
    template = read_template(stack, body)
    macros = [name for name in _transforms_of(template) if name not in _HARMLESS]
    if macros:
        yield _unread(resource, f"its template is rewritten by {', '.join(macros)}, which is not run here", body.span)
    yield from _hidden_parameters_of(template, resource)
    yield from _shown_parameters_of(template, resource)
    terms = terms_of(template, resource["parameters"], resource.address)
    strange: set[str] = set()
    for name, declared in template.entry("Resources").entries().items():
        if name.startswith("Fn::"):
            yield _unread(resource, f"its template makes resources by {name}, which is not evaluated", body.span)
            continue
        kind = _CUSTOM.sub("AWS::CloudFormation::CustomResource", declared.entry("Type").text())
        condition = declared.entry("Condition")
        holds = None if condition.is_unset else terms.conditions.holds(condition.text())
        if holds is False:
            continue
        if not is_translated(kind):
            strange.add(kind)
            continue
        made = _build_resource(
            resource, f"{resource.address}/{name}", kind, with_parameters(declared.entry("Properties"), terms)
        )
        made = _with_a_name(made, kind)
        unsure = not condition.is_unset and holds is None
        doubt = Unknown(f"exists only if CloudFormation's condition {condition.text()} holds") if unsure else made.doubt
        yield replace(made, doubt=doubt)
    if strange:
        yield _unread(resource, f"its template holds {', '.join(sorted(strange))}, which no policy reads", body.span)
    if any(kind.startswith(_SAM) for kind in strange):
        why = "AWS SAM makes functions, roles and permissions of what its template holds, which is not done here"
        yield _unread(resource, why, body.span)


def _with_a_name(made: Resource, kind: str) -> Resource:
    """Return a resource with the name that CloudFormation makes for it, where none is written."""
    path, name = name_made_for(made.address, made.type)
    is_named = path in made.attributes or not property_of(kind, path)
    return made if is_named else replace(made, attributes={**made.attributes, path: name})


def _hidden_parameters_of(template: Value, resource: Resource) -> Iterator[Variable]:
    """Yield the parameters that CloudFormation shows to nobody and that have a default, which everybody can read."""
    for name, declared in template.entry("Parameters").entries().items():
        default, hidden = declared.entry("Default"), declared.entry("NoEcho")
        if hidden.known and not hidden.is_unset and hidden.text().lower() == "true" and not default.is_unset:
            block = Block(type="parameter", labels=(name,), span=declared.span)
            yield Variable(
                name=name, module=resource.address, default=default, value=default, sensitive=True, block=block
            )


def _shown_parameters_of(template: Value, resource: Resource) -> Iterator[Resource]:
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
            type=SHOWN_PARAMETERS,
            attributes={"parameters": Known(shown, kind="object", span=given.span)},
            children=(),
            address=f"{resource.address}/Parameters",
        )


def _transforms_of(template: Value) -> list[str]:
    """Return what CloudFormation runs over a template before it reads it."""
    written = template.entry("Transform")
    if written.is_unset:
        return []
    listed = written.elements() if isinstance(written, Known) and isinstance(written.value, tuple) else (written,)
    named = (one.entry("Name") if isinstance(one, Known) and isinstance(one.value, Mapping) else one for one in listed)
    return [one.text() for one in named]


def _of_cloud_control(stack: Stack, resource: Resource) -> Iterator[Resource | Unknown]:
    kind = resource["type_name"].text()
    if is_translated(kind):
        yield _build_resource(resource, resource.address, kind, stack.document(resource["desired_state"]))
    else:
        yield _unread(resource, f"it is {kind}, which no policy reads", resource["type_name"].span)


def _of_awscc(_stack: Stack, resource: Resource) -> Iterator[Resource | Unknown]:
    kind = cloudformation_type_of(resource.type)
    if kind:
        properties = Known(dict(resource.attributes), kind="object", span=resource.span)
        yield _build_resource(resource, resource.address, kind, properties, underscored=True)
    else:
        yield _unread(resource, "no policy reads this type of the awscc provider", resource.span)


def _build_resource(
    origin: Resource, address: str, kind: str, properties: Value, *, underscored: bool = False
) -> Resource:
    type_, attributes = translate(kind, properties, underscored=underscored)
    span = properties.span if properties.span.line else origin.span
    children = tuple(child for child in origin.children if child.type == "lifecycle")
    return Resource(
        type=type_,
        labels=(type_, origin.name),
        attributes=attributes,
        children=children,
        span=span,
        address=address,
        name=origin.name,
        module=origin.module,
        key=origin.key,
        provider=origin.provider,
        doubt=origin.doubt,
    )


def _unread(resource: Resource, why: str, span: Span) -> Unknown:
    return Unknown(f"{resource.address} is not judged: {why}", span=span)


_READERS: dict[str, Callable[[Stack, Resource], Iterator[Resource | Unknown | Variable]]] = {
    **dict.fromkeys(TEMPLATES, _of_template),
    CLOUD_CONTROL: _of_cloud_control,
}
