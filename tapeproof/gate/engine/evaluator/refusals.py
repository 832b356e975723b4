"""Conditions by which authors refuse a configuration: what Terraform will not plan is not judged as if it did.

Source: Terraform documentation, "Custom conditions": ``validation``, ``precondition``. A ``check`` only warns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.fault import CycleFault
from tapeproof.gate.engine.evaluator.syntax import Call
from tapeproof.gate.engine.model import Known, Span, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.engine.evaluator.configuration import Declared
    from tapeproof.gate.engine.evaluator.scope import Scope
    from tapeproof.gate.engine.evaluator.syntax import Expression
    from tapeproof.gate.engine.model import Resource

__all__ = ["refused_by_preconditions", "refused_declarations"]


def refused_declarations(scope: Scope) -> Iterator[Unknown]:
    """Yield what is said of each variable and output whose condition surely does not hold."""
    for name, declared in scope.configuration.variables.items():
        yield from _of_declaration(scope, f"{scope.address}.var.{name}".lstrip("."), "validation", declared)
    for name, declared in scope.configuration.outputs.items():
        yield from _of_declaration(scope, f"{scope.address}.output.{name}".lstrip("."), "precondition", declared)


def _of_declaration(scope: Scope, name: str, type_: str, declared: Declared) -> Iterator[Unknown]:
    frame = scope.frame(declared.file)
    for block in declared.block.body.blocks:
        written = block.body.expression("condition") if block.type == type_ else None
        if written is None:
            continue
        message = block.body.expression("error_message")
        try:
            # Nearly all conditions hold, and of what holds neither the message nor what it asks for matters.
            if not _is_false(scope.world.evaluator.attempt(written, frame)) or _asks_for_a_file(written):
                continue
            told = None if message is None else scope.world.evaluator.attempt(message, frame)
        except CycleFault as fault:
            scope.world.report(fault)
            continue
        yield _refusal(name, type_, told, frame.span(block.at))


def _asks_for_a_file(node: Expression) -> bool:
    """Return whether an expression asks if a file is there.

    What is judged is the source; a package is built later, on another machine, and nobody can tell whether it will be.
    """
    waiting: list[Expression] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Call) and part.name == "fileexists":
            return True
        waiting += [field for field in part if isinstance(field, tuple)]
    return False


def refused_by_preconditions(resources: Iterable[Resource]) -> Iterator[Unknown]:
    """Yield what is said of each resource and data source whose precondition surely does not hold."""
    for resource in resources:
        for lifecycle in resource.children:
            for block in lifecycle.children if lifecycle.type == "lifecycle" else ():
                holds = block.attributes.get("condition")
                if block.type == "precondition" and holds is not None and _is_false(holds):
                    yield _refusal(resource.address, block.type, block.attributes.get("error_message"), block.span)


def _is_false(value: Value) -> bool:
    return isinstance(value, Known) and (value.value is False or value.value == "false")


def _refusal(name: str, type_: str, message: Value | None, span: Span) -> Unknown:
    told = isinstance(message, Known) and isinstance(message.value, str) and not message.sensitive
    said = f": {' '.join(message.text().split())}" if told and message is not None else ""
    why = f"Terraform refuses the configuration, as the {type_} of {name} does not hold{said}"
    return Unknown(why, span=span)
