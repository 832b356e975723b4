"""From an evaluated configuration to the model that rules judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.blocks import contents
from tapeproof.gate.engine.evaluator.expansion import expand
from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.evaluator.interfaces import Frame
from tapeproof.gate.engine.evaluator.literals import literals_of
from tapeproof.gate.engine.evaluator.refusals import refused_by_preconditions, refused_declarations
from tapeproof.gate.engine.evaluator.type_expressions import type_text
from tapeproof.gate.engine.model import Block, Literal, Output, Resource, Span, Stack, Unknown, Value, Variable
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.evaluator.configuration import Declared
    from tapeproof.gate.engine.evaluator.scope import Scope
    from tapeproof.gate.engine.evaluator.world import World

__all__ = ["stack_of"]

_DECLARATION = frozenset({"default", "type"})
_LONGEST = 40
_WHAT = {
    "action": "no policy is about what actions do",
    "list": "no policy is about queries",
    "language": "no policy is about the language's own settings",
}
"""Why blocks that Terraform knows are not judged (Terraform documentation, "Configuration blocks")."""


def stack_of(world: World, root: str, lines: Mapping[str, tuple[str, ...]], literals: tuple[Literal, ...]) -> Stack:
    """Return the model of a root module.

    Args:
        world: The configuration.
        root: The root module as the user named it.
        lines: Source by file.
        literals: Literal text of variable files.
    """
    resources: list[Resource] = []
    blocks: list[Block] = []
    variables: list[Variable] = []
    outputs: list[Output] = []
    written: dict[str, tuple[Literal, ...]] = {}
    strange: dict[Span, Unknown] = {}
    for scope in _scopes(world):
        for mode, type_, name in scope.configuration.resources:
            resources.extend(_resources(scope, mode, type_, name))
        blocks.extend(_others(scope))
        variables.extend(_variable(scope, name) for name in scope.configuration.variables)
        outputs.extend(_output(scope, name) for name in scope.configuration.outputs)
        if scope.configuration.shown not in written:
            written[scope.configuration.shown] = tuple(literals_of(scope.configuration, scope.address, world.written))
        strange |= {unknown.span: unknown for unknown in refused_declarations(scope)}
        strange |= {unknown.span: unknown for unknown in map(_unread_block, scope.configuration.strange)}
        _settle(scope)
    return Stack(
        root=root,
        front_end="hcl",
        everything=tuple(resources),
        blocks=tuple(blocks),
        variables=tuple(variables),
        outputs=tuple(outputs),
        literals=(*literals, *(literal for group in written.values() for literal in group)),
        lines={**lines, **world.evaluator.files.lines},
        unread=(
            *world.unread.values(),
            *world.faults.values(),
            *strange.values(),
            *refused_by_preconditions(resources),
        ),
    )


def _unread_block(declared: Declared) -> Unknown:
    """Return what is said of a block that no policy knows; the rest of its module is judged all the same."""
    block = declared.block
    name = " ".join([block.type[:_LONGEST], *(f'"{label[:_LONGEST]}"' for label in block.labels)])
    what = _WHAT.get(block.type, "it is no block that Terraform 1.14 or OpenTofu 1.11 documents")
    return Unknown(f"the block {name} is not judged: {what}", span=Span(declared.file, *block.at))


def _scopes(world: World) -> Iterator[Scope]:
    """Yield every module instance, callers before the called."""
    waiting = [world.scope]
    while waiting:
        scope = waiting.pop(0)
        yield scope
        for name in scope.configuration.calls:
            try:
                _, children = world.children(scope, name)
            except CycleFault as fault:
                world.report(fault)
                continue
            waiting.extend(children or ())


def _resources(scope: Scope, mode: str, type_: str, name: str) -> Iterator[Resource]:
    try:
        instances = scope.instances(mode, type_, name)
    except CycleFault as fault:
        scope.world.report(fault)
        return
    for instance in instances:
        yield instance.resource()


def _others(scope: Scope) -> Iterator[Block]:
    """Yield the other top-level blocks, actions, and module calls; of calls only the arguments Terraform defines."""
    actions = [declared for declared in scope.configuration.strange if declared.block.type == "action"]
    for declared in (*scope.configuration.others, *actions):
        for frame in _frames(scope, declared):
            yield _block(scope, declared, frame)
    for declared in scope.configuration.calls.values():
        frame = scope.frame(declared.file)
        body = declared.block.body
        kept = tuple(attribute for attribute in body.attributes if attribute.name in {"source", "version"})
        found = contents(scope.world.evaluator, body._replace(attributes=kept), frame)
        yield found.block("module", declared.block.labels, declared.block, frame)


def _frames(scope: Scope, declared: Declared) -> Iterator[Frame]:
    """Yield where a block is evaluated: once for each key of its ``for_each`` (import; OpenTofu: provider)."""
    frame = scope.frame(declared.file)
    if declared.block.body.attribute("for_each") is None:
        yield frame
        return
    try:
        keys = expand(scope.world.evaluator, declared.block.body, frame).keys
    except CycleFault as fault:
        scope.world.report(fault)
        return
    for key in keys:
        yield frame.with_names(dict(key.names))


def _block(scope: Scope, declared: Declared, frame: Frame) -> Block:
    type_ = declared.block.type
    try:
        found = contents(scope.world.evaluator, declared.block.body, frame)
    except CycleFault as fault:
        scope.world.report(fault)
        return Block(type=type_, labels=declared.block.labels, span=frame.span(declared.block.at))
    return found.block(type_, declared.block.labels, declared.block, frame)


def _variable(scope: Scope, name: str) -> Variable:
    declared = scope.configuration.variables[name]
    body = declared.block.body
    frame = Frame(None, declared.file)
    default, type_ = body.expression("default"), body.expression("type")
    kept = tuple(attribute for attribute in body.attributes if attribute.name not in _DECLARATION)
    # Conditions of validations refer to the variable; rules only need to know that they are there.
    outline = tuple(block._replace(body=block.body._replace(attributes=())) for block in body.blocks)
    found = contents(scope.world.evaluator, body._replace(attributes=kept, blocks=outline), frame)
    return Variable(
        name=name,
        module=scope.address,
        type="any" if type_ is None else type_text(type_),
        default=None if default is None else scope.world.evaluator.attempt(default, frame),
        value=scope.safely(scope.variable, name),
        sensitive=getattr(body.expression("sensitive"), "value", False) is True,
        block=found.block("variable", declared.block.labels, declared.block, frame),
    )


def _output(scope: Scope, name: str) -> Output:
    declared = scope.configuration.outputs[name]
    body = declared.block.body
    return Output(
        name=name,
        module=scope.address,
        value=_place_output(scope.safely(scope.output, name), declared),
        sensitive=getattr(body.expression("sensitive"), "value", False) is True,
        span=Span(declared.file, *declared.block.at),
    )


def _place_output(value: Value, declared: Declared) -> Value:
    return value if value.span.line else replace(value, span=Span(declared.file, *declared.block.at))


def _settle(scope: Scope) -> None:
    """Evaluate what nothing asked for, so that a cycle is found wherever it is."""
    for name in scope.configuration.local_values:
        try:
            scope.local(name)
        except CycleFault as fault:
            scope.world.report(fault)
        except Fault:
            continue
        except RecursionError:
            scope.world.report(Fault(f"local.{name} is nested too deeply to be evaluated"))
            return
