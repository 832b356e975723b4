"""Nothing else keeps a resource when the stack is destroyed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.aws.functions import value_at
from tapeproof.gate.aws.tables import rows
from tapeproof.gate.engine.model import Finding, Undecided, Verdict
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Resource, Stack, Value
    from tapeproof.gate.engine.rule import Parameters

_RETAIN = re.compile(r"""["']?(?:DeletionPolicy|UpdateReplacePolicy)["']?\s*:\s*["']?(?:Retain\w*|Snapshot)""")


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about retention flags, CloudFormation deletion policies and ``removed`` blocks."""
    yield from _flags(stack, parameters)
    yield from _templates(stack, parameters)
    for removed in stack.blocks_of("removed"):
        yield from _removed(removed)


@cache
def _by_type() -> dict[str, list[dict[str, str]]]:
    table: dict[str, list[dict[str, str]]] = {}
    for row in rows("retained"):
        table.setdefault(row["resource_type"], []).append(row)
    return table


@each(*_by_type())
def _flags(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    def of_row(row: dict[str, str]) -> Iterator[Finding]:
        values = list(value_at(resource, row["attribute"]))
        yield from judge_all(values, lambda value: of_value(row, value))

    def of_value(row: dict[str, str], value: Value) -> Iterator[Finding]:
        setting = row["absent_means"] if value.is_unset else value.text()
        if setting == row["kept_when"] or (row["kept_when"] == "*" and not value.is_unset):
            name = row["attribute"].rpartition(".")[2]
            other = {"true": "false", "false": "true"}.get(row["kept_when"], row["absent_means"])
            fix = f"{name} = {other}" if other in {"true", "false"} else f"remove {name}"
            message = f"{name} {'is not set' if value.is_unset else '= ' + setting}: {row['reason']}"
            yield resource.fails(value, message, fix=fix, expected=fix, observed=setting)

    live = stack.front_end == "live"  # an account does not know what Terraform would do
    yield from judge_all((row for row in _by_type()[resource.type] if not live or row["known_to"] == "aws"), of_row)


@each("aws_cloudformation_stack", "aws_cloudformation_stack_set")
def _templates(resource: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    template = resource["template_body"]
    found = None if template.is_unset else _RETAIN.search(template.text())
    if found:
        message = "a deletion policy in the template keeps a resource when its stack goes"
        place = template.place_of(found[0])
        yield resource.fails(place, message, fix="DeletionPolicy: Delete", expected="DeletionPolicy: Delete")


def _removed(removed: Block) -> Iterator[Finding]:
    address = f"removed.{'.'.join(removed.labels)}".rstrip(".")
    try:
        destroy = removed.at("lifecycle.destroy")
        if not destroy.is_unset and not destroy.boolean():
            message = "destroy = false lets Terraform forget the resource, which then stays for ever"
            yield Finding(Verdict.FAIL, message, address, destroy.span, "destroy = true", "destroy = true", "false")
    except Undecided as undecided:
        yield Finding(Verdict.UNKNOWN, undecided.why, address, undecided.value.span)
