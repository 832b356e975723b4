"""Makes resources of what Terraform hands to CloudFormation, Cloud Control and the AWSCC provider."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Known, Resource, Undecided, Unknown, Variable
from tapeproof.gate.engine.record import replace
from tapeproof.gate.frontends.embedded.composites import Part, Whole, parts_of
from tapeproof.gate.frontends.embedded.intrinsics import terms_of, with_parameters
from tapeproof.gate.frontends.embedded.kinds import CLOUD_CONTROL, ELSEWHERE, STACK_SETS, TEMPLATES, is_of_awscc
from tapeproof.gate.frontends.embedded.parameters import hidden_parameters_of, shown_parameters_of
from tapeproof.gate.frontends.embedded.properties import (
    cloudformation_type_of,
    is_translated,
    names_of,
    property_of,
    translate,
    underscore,
)
from tapeproof.gate.frontends.embedded.returns import name_made_for
from tapeproof.gate.frontends.embedded.templates import read_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.gate.engine.model import Span, Stack, Value

__all__ = ["unfold"]

_CUSTOM = re.compile(r"Custom::.+")
"""What a template calls a resource that a function or a topic provides, after its own taste."""
_LOOP = "Fn::ForEach::"
_MADE_BY_SAM = "AWS::Serverless-2016-10-31"
_HARMLESS = frozenset({"AWS::LanguageExtensions", _MADE_BY_SAM})
"""Transforms that change no resource of AWS's own types, or whose types are read here."""
_NOTHING_TO_JUDGE = frozenset(
    {
        "AWS::CDK::Metadata",
        "AWS::CloudFormation::WaitCondition",
        "AWS::CloudFormation::WaitConditionHandle",
        "AWS::Lambda::Version",
    }
)
"""Types that make nothing by themselves, or only what is judged as part of another resource."""


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
    yield from hidden_parameters_of(template, resource)
    yield from shown_parameters_of(template, resource)
    if _MADE_BY_SAM in _transforms_of(template):
        from tapeproof.gate.frontends.embedded.serverless.expanding import (  # noqa: PLC0415 - few templates are of SAM
            expand_template,
        )

        template, left = expand_template(template)
        yield from (_unread(resource, why, body.span) for why in left)
    strange: set[str] = set()
    yield from _resources_of(template, resource, strange)
    if strange:
        yield _unread(resource, f"its template holds {', '.join(sorted(strange))}, which no policy reads", body.span)


def _resources_of(template: Value, resource: Resource, strange: set[str]) -> Iterator[Resource | Unknown]:
    """Yield the resources of a template, and add the types that no table knows to those that are strange."""
    named = resource["name"] if resource.type == "aws_cloudformation_stack" else Known(None)
    terms = terms_of(template, resource["parameters"], resource.address, named)
    entries = template.entry("Resources").entries()
    if any(name.startswith(_LOOP) for name in entries):
        from tapeproof.gate.frontends.embedded.loops import unroll  # noqa: PLC0415 - few templates have loops

        entries = unroll(entries, terms.parameters)
    for name, declared in entries.items():
        if name.startswith("Fn::"):
            why = f"its template makes resources by {name}, which is not evaluated"
            yield _unread(resource, why, resource["template_body"].span)
            continue
        kind = _CUSTOM.sub("AWS::CloudFormation::CustomResource", declared.entry("Type").text())
        condition = declared.entry("Condition")
        holds = None if condition.is_unset else terms.conditions.holds(condition.text())
        if holds is False:
            continue
        if not is_translated(kind):
            strange.update({kind} - _NOTHING_TO_JUDGE)
            continue
        unsure = not condition.is_unset and holds is None
        doubt = Unknown(f"exists only if CloudFormation's condition {condition.text()} holds") if unsure else None
        properties, policy = (with_parameters(declared.entry(one), terms) for one in ("Properties", "DeletionPolicy"))
        kept = policy.text() if isinstance(policy, Known) and isinstance(policy.value, str) else ""
        for made in _build_all(resource, Whole(kind, properties, f"{resource.address}/{name}", kept, str)):
            yield replace(made, doubt=doubt) if unsure else made


def _with_a_name(made: Resource, kind: str, origin: Resource) -> Resource:
    """Return a resource with the name that CloudFormation makes for it, where none is written: of its stack's name."""
    path, name = name_made_for(made.address, made.type)
    if path in made.attributes or not property_of(kind, path):
        return made
    holds = replace(name, origins=name.origins | origin["name"].origins, span=made.span)
    return replace(made, attributes={**made.attributes, path: holds})


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
        yield from _build_all(
            resource, Whole(kind, stack.document(resource["desired_state"]), resource.address, "", str)
        )
    else:
        yield _unread(resource, f"it is {kind}, which no policy reads", resource["type_name"].span)


def _of_elsewhere(_stack: Stack, resource: Resource) -> Iterator[Unknown]:
    yield _unread(resource, "CloudFormation makes what it holds of a template that lies elsewhere", resource.span)


def _of_stack_set(stack: Stack, resource: Resource) -> Iterator[Unknown]:
    """Yield that it is not read where the stack set, whose template would be judged, is not of this configuration."""
    if not stack.resolve(resource["stack_set_name"], "aws_cloudformation_stack_set"):
        yield from _of_elsewhere(stack, resource)


def _of_awscc(_stack: Stack, resource: Resource) -> Iterator[Resource | Unknown]:
    kind = cloudformation_type_of(resource.type)
    if kind:
        properties = Known(dict(resource.attributes), kind="object", span=resource.span)
        yield from _build_all(resource, Whole(kind, properties, resource.address, "", underscore))
    else:
        yield _unread(resource, "no policy reads this type of the awscc provider", resource.span)


def _build_all(origin: Resource, whole: Whole) -> Iterator[Resource]:
    """Yield the resources of the provider that a resource of CloudFormation is."""
    for part in parts_of(whole):
        made = _build_resource(origin, whole, part)
        yield made if is_of_awscc(origin.type) else _with_a_name(made, part.kind, origin)


def _build_resource(origin: Resource, whole: Whole, part: Part) -> Resource:
    type_, attributes = translate(part.kind, part.properties, underscored=whole.spell is underscore)
    span = part.properties.span if part.properties.span.line else origin.span
    children = tuple(child for child in origin.children if child.type == "lifecycle")
    return Resource(
        type=type_,
        labels=(type_, origin.name),
        attributes=attributes,
        children=children,
        span=span,
        address=whole.address + part.suffix,
        name=origin.name,
        module=origin.module,
        key=origin.key,
        provider=origin.provider,
        doubt=origin.doubt,
        names=names_of(part.kind, underscored=whole.spell is underscore),
    )


def _unread(resource: Resource, why: str, span: Span) -> Unknown:
    return Unknown(f"{resource.address} is not judged: {why}", span=span)


_READERS: dict[str, Callable[[Stack, Resource], Iterator[Resource | Unknown | Variable]]] = {
    **dict.fromkeys(TEMPLATES, _of_template),
    **dict.fromkeys(STACK_SETS, _of_stack_set),
    **dict.fromkeys(ELSEWHERE, _of_elsewhere),
    CLOUD_CONTROL: _of_cloud_control,
}
