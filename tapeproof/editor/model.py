"""A root module as it was last read whole, so that a keystroke has only the resources judged that it changed.

What follows for other resources from such a change is told when the root is read whole again, after a pause.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.engine.evaluator.instance import Instance
from tapeproof.gate.engine.placing import place
from tapeproof.gate.engine.runner import judge
from tapeproof.gate.frontends.hcl.inputs import Variables
from tapeproof.gate.frontends.hcl.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from tapeproof.editor.moving import Change
    from tapeproof.gate.engine.by_path import Override
    from tapeproof.gate.engine.environment import Environment
    from tapeproof.gate.engine.evaluator.configuration import Declared
    from tapeproof.gate.engine.evaluator.scope import Scope
    from tapeproof.gate.engine.evaluator.syntax import Nested, Source
    from tapeproof.gate.engine.evaluator.world import World
    from tapeproof.gate.engine.model import Resource, Stack
    from tapeproof.gate.engine.policy import Policy
    from tapeproof.gate.engine.report import Result
    from tapeproof.gate.frontends.hcl.sources import Sources

__all__ = ["Asked", "Model", "Quick", "judge_change", "read_model"]

_SLOW_SECONDS = 0.02
"""A policy that takes longer (those that follow every event and permission) waits for a pause."""
_MODES = {"resource": "managed", "data": "data"}


class Model(NamedTuple):
    """A root module in its first environment.

    Attributes:
        world: What was worked out.
        stack: What rules see of it.
        policies: The quick policies that have something to say of resources of a type.
        parameters: What the project sets for policies.
        overrides: What it sets for them on some paths only.
    """

    world: World
    stack: Stack
    policies: Mapping[str, Sequence[Policy]]
    parameters: Mapping[str, Mapping[str, Any]]
    overrides: Sequence[Override]


class Quick(NamedTuple):
    """What a keystroke gave.

    Attributes:
        results: What quick policies say of the resources that it changed.
        resources: Their addresses.
        policies: The ids of those policies.
    """

    results: tuple[Result, ...] = ()
    resources: frozenset[str] = frozenset()
    policies: frozenset[str] = frozenset()


class Asked(NamedTuple):
    """What is asked of a model.

    Attributes:
        policies: The policies; those from elsewhere run apart, and so not with every keystroke.
        parameters: What the project sets for them.
        overrides: What it sets for them on some paths only.
        slow: Whether a policy is slow, by its id; filled in for those that are not in it.
    """

    policies: Sequence[Policy]
    parameters: Mapping[str, Mapping[str, Any]]
    overrides: Sequence[Override]
    slow: dict[str, bool]


def read_model(root: Path, environment: Environment, sources: Sources, asked: Asked) -> Model | None:
    """Return the model of a root module, with what its quick policies are about.

    Args:
        root: Its folder.
        environment: What it is read with.
        sources: Reads files, drafts among them.
        asked: What is asked.

    Raises:
        GateError: The root cannot be read.
    """
    reader = Reader(sources)
    stack = reader.read(root, Variables(environment.files, {}), environment.workspace, environment.data)
    if reader.world is None:
        return None
    policies, parameters, overrides, slow = asked
    types = {resource.address: resource.type for resource in stack.everything}
    about: dict[str, list[Policy]] = {}
    for policy in policies:
        if policy.id not in slow:
            slow[policy.id] = policy.foreign or _takes_long(stack, policy, parameters)
        if not slow[policy.id]:
            for type_ in {types[one.resource] for one in judge(stack, [policy], parameters) if one.resource in types}:
                about.setdefault(type_, []).append(policy)
    return Model(reader.world, stack, about, parameters, overrides)


def _takes_long(stack: Stack, policy: Policy, parameters: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether a policy takes too long for a keystroke, without what others worked out for it."""
    alone = replace(stack, names=set(), chosen={}, resolved={})
    began = time.thread_time()
    judge(alone, [policy], parameters)
    return time.thread_time() - began > _SLOW_SECONDS


def judge_change(model: Model, file: str, source: Source, lines: Sequence[str], change: Change) -> Quick:
    """Return what quick policies say of the resources that a change of a file touches.

    Args:
        model: The root module before it.
        file: The file, as results name it.
        source: Its syntax after the change.
        lines: Its lines after the change.
        change: What changed since the model was read.
    """
    touched = {_key(block): block for block in _list_touched(source, change, len(lines))}
    made = {
        resource.address: resource
        for scope in _list_scopes(model.world)
        for resource in _evaluate_again(scope, file, touched)
    }
    if not made:
        return Quick()
    policies = {policy.id: policy for resource in made.values() for policy in model.policies.get(resource.type, ())}
    stack = replace(
        model.stack,
        everything=tuple(made.get(resource.address, resource) for resource in model.stack.everything),
        lines={**model.stack.lines, file: tuple(lines)},
        names=set(),
        chosen={},
        resolved={},
    )
    found = judge(stack, list(policies.values()), model.parameters, place(stack, model.overrides))
    return Quick(tuple(one for one in found if one.resource in made), frozenset(made), frozenset(policies))


def _key(block: Nested) -> tuple[str, ...]:
    return (_MODES.get(block.type, block.type), *block.labels)


def _list_touched(source: Source, change: Change, last: int) -> Iterator[Nested]:
    """Yield the blocks that stand on lines which changed: each goes on to the line before the next one."""
    blocks = sorted(source.body.blocks, key=lambda block: block.at[0])
    ends = [*(block.at[0] - 1 for block in blocks[1:]), last]
    for block, end in zip(blocks, ends, strict=True):
        if block.type in _MODES and block.at[0] <= max(change.last_after, change.first) and end >= change.first:
            yield block


def _list_scopes(world: World) -> Iterator[Scope]:
    yield world.scope
    for _, children in world.called.values():
        yield from children or ()


def _evaluate_again(scope: Scope, file: str, touched: Mapping[tuple[str, ...], Nested]) -> Iterator[Resource]:
    for key, declared in scope.configuration.resources.items():
        block = touched.get(key)
        if declared.file != file or block is None:
            continue
        for instance in scope.expansions.get(key) or ():
            yield Instance(scope, key[0], _replace_block(declared, block), instance.key).resource()


def _replace_block(declared: Declared, block: Nested) -> Declared:
    return declared._replace(block=block)
