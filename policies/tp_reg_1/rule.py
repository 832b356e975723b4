"""Everything is in the region that was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.regions import is_provider_implied, placed_in, placing_types, region_of
from tapeproof.gate.engine.model import Finding, Undecided, Verdict
from tapeproof.gate.engine.rule import judge_all, over
from tapeproof.gate.engine.scope import AWS_PROVIDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.aws.regions import Placing
    from tapeproof.gate.engine.model import Block, Resource, Stack, Value
    from tapeproof.gate.engine.rule import Parameters


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about providers in, and resources replicated to, other regions."""
    providers = [block for block in stack.blocks_of("provider") if block.labels and block.labels[0] in AWS_PROVIDERS]
    for provider in providers:
        yield from _provider(provider, parameters)
    for name in AWS_PROVIDERS:
        if is_provider_implied(name, stack):
            message = f'no default provider "{name}" is declared, so the region comes from whoever runs Terraform'
            yield Finding(Verdict.UNKNOWN, message, expected=_format_expected(parameters))
    yield from _resources(stack, parameters)


def _provider(provider: Block, parameters: Parameters) -> Iterator[Finding]:
    address, region = f"provider.{provider.labels[0]}", provider["region"]
    try:
        if region.is_unset:
            message = "the provider names no region, so it comes from whoever runs Terraform"
            yield Finding(Verdict.UNKNOWN, message, address, provider.span, "region = var.region")
        elif region.text() not in parameters["allowed_regions"]:
            message = f"{region.text()} is not an allowed region"
            fix = f'"{parameters["allowed_regions"][0]}"'
            yield Finding(Verdict.FAIL, message, address, region.span, fix, _format_expected(parameters), region.text())
        else:
            yield Finding(Verdict.PASS, "", address, region.span, "", _format_expected(parameters), region.text())
    except Undecided as undecided:
        yield Finding(Verdict.UNKNOWN, undecided.why, address, undecided.value.span)


def _list_placed(stack: Stack) -> Iterator[Resource]:
    """Yield what puts something somewhere, and what has a region of its own (as all have in AWS provider 6)."""
    for resource in stack.resources("aws_*", "awscc_*"):
        if resource.type in placing_types() or "region" in resource:
            yield resource


@over(_list_placed)
def _resources(resource: Resource, _stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    allowed, expected = parameters["allowed_regions"], _format_expected(parameters)

    def of_placing(placing: Placing) -> Iterator[Finding]:
        return judge_all(placed_in(resource, placing), lambda value: of_value(placing, value))

    def of_value(placing: Placing, value: Value) -> Iterator[Finding]:
        region = region_of(placing, value)
        if region and region not in allowed:
            message = f"{placing.places} {region}, which is not an allowed region"
            yield resource.fails(value, message, fix=f"use {expected}", expected=expected)

    yield from judge_all(placing_types().get(resource.type, ()), of_placing)
    own = resource["region"]
    if not own.is_unset and own.text() not in allowed:
        message = f"it is in {own.text()}, whatever the provider's region is, and that is not an allowed region"
        yield resource.fails(own, message, fix="remove region", expected=expected)


def _format_expected(parameters: Parameters) -> str:
    return " or ".join(parameters["allowed_regions"])
