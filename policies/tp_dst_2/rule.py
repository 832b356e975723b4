"""Nothing else keeps a resource when the stack is destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.retention import (
    DELETE_IT,
    deletion_policy_in,
    forgotten_by,
    is_answerable,
    retentions,
    settings_of,
)
from tapeproof.gate.engine.model import Finding, Undecided, Verdict
from tapeproof.gate.engine.rule import judge_all, over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.aws.retention import Retention
    from tapeproof.gate.engine.model import Block, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about settings that keep something, lifecycles, CloudFormation and ``removed`` blocks."""
    yield from _resources(stack, parameters)
    for removed in stack.blocks_of("removed"):
        yield from _check_removed_block(removed)


@over(lambda stack: filter(is_answerable, stack.resources()))
def _resources(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    yield from judge_all((_settings(resource, stack), _find_forgotten(resource), _template(resource)), iter)


def _settings(resource: Resource, stack: Stack) -> Iterator[Finding]:
    def of_retention(retention: Retention) -> Iterator[Finding]:
        fix = retention.way_out_for(resource)
        for value in settings_of(resource, retention):
            yield resource.fails(value, retention.tell(value), fix=fix, expected=fix)

    live = stack.front_end == "live"  # an account does not know what Terraform would do
    relevant = (one for one in retentions(resource.type) if not live or one.known_to == "aws")
    yield from judge_all(relevant, of_retention)


def _template(resource: Resource) -> Iterator[Finding]:
    if not resource.type.startswith("aws_cloudformation_stack"):
        return
    template = resource["template_body"]
    if template.is_unset and not resource["template_url"].is_unset:
        raise Undecided(resource["template_url"], "the template lies behind a URL; give it as template_body")
    found = None if template.is_unset else deletion_policy_in(template.text())
    if found and found.computed:
        raise Undecided(template, f"CloudFormation computes a deletion policy in the template; write {DELETE_IT}")
    if found:
        message = "a deletion policy in the template keeps a resource when its stack goes"
        yield resource.fails(template.place_of(found.written), message, fix=DELETE_IT, expected=DELETE_IT)


def _find_forgotten(resource: Resource) -> Iterator[Finding]:
    def of_lifecycle(lifecycle: Block) -> Iterator[Finding]:
        destroy = lifecycle["destroy"]
        if not destroy.is_unset and not destroy.boolean():
            message = "destroy = false lets OpenTofu forget the resource, which then stays for ever"
            yield resource.fails(destroy, message, fix="remove destroy", expected="absent or true", observed="false")

    yield from judge_all(resource.blocks("lifecycle"), of_lifecycle)


def _check_removed_block(removed: Block) -> Iterator[Finding]:
    address = f"removed.{'.'.join(removed.labels)}".rstrip(".")
    try:
        fault = forgotten_by(removed)
        if fault is not None:
            yield Finding(Verdict.FAIL, fault.message, address, fault.span, fault.fix, fault.expected, fault.observed)
    except Undecided as undecided:
        yield Finding(Verdict.UNKNOWN, undecided.why, address, undecided.value.span)
