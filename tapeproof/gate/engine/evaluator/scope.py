"""A module instance: what its references mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.interfaces import Frame, Steps
from tapeproof.gate.engine.evaluator.resources import Resources, require_name
from tapeproof.gate.engine.evaluator.surroundings import NOWHERE, Place, Surroundings
from tapeproof.gate.engine.evaluator.syntax import GetAttribute, Index
from tapeproof.gate.engine.evaluator.types import STRING
from tapeproof.gate.engine.model import Known, Unknown

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.configuration import Configuration
    from tapeproof.gate.engine.evaluator.expansion import Expansion
    from tapeproof.gate.engine.model import Ref, Span, Value

__all__ = ["Modules", "Scope"]

_MODES = {"resource": "managed", "data": "data", "ephemeral": "ephemeral"}


class Modules(Surroundings, Protocol):
    """The whole configuration, which knows the instances of each module call too."""

    def children(self, scope: Scope, name: str) -> tuple[Expansion, list[Scope] | None]:
        """Return the instances of a module call; None for a module that is not here."""
        ...

    def unread_module(self, scope: Scope, name: str) -> Unknown:
        """Return the unknown that stands for an output of a module that is not here."""
        ...


class Scope(Resources):
    """One instance of a module; everything in it is evaluated once, when it is first asked for.

    Args:
        world: The whole configuration.
        configuration: What the module declares.
        place: Where and how it is called; nothing for the root.
    """

    world: Modules

    def __init__(self, world: Modules, configuration: Configuration, place: Place = NOWHERE) -> None:
        super().__init__(world, configuration, place)

    def frame(self, file: str) -> Frame:
        """Return where expressions of one of the module's files are evaluated."""
        return Frame(self, file)

    def resolve(self, name: str, steps: Steps, frame: Frame) -> tuple[Value, Steps]:
        """Return what a name means, and the steps that are left to take from there.

        Raises:
            Fault: It means nothing.
        """
        if name in self.families:
            return self.families[name](require_name(name, steps)), steps[1:]
        if name == "module":
            return self._of_module(steps, frame)
        if name in {"each", "count", "self"}:
            raise Fault(f"{name} is not defined here")
        if name in _MODES:
            return self.refer_to_resource(_MODES[name], require_name(name, steps), steps[1:], frame)
        return self.refer_to_resource("managed", name, steps, frame)

    def attribute(self, value: Value, name: str, span: Span) -> Value:
        """Return an attribute of a reference to a whole resource."""
        return self.world.attribute(value, name, span)

    def follow_nested(self, value: Value) -> Value:
        """Return what a reference into nested blocks is configured to be; anything else as it is."""
        return self.world.follow_nested(value)

    def spread(self, value: Ref, span: Span) -> tuple[Value, ...] | None:
        """Return references to each of the nested blocks a reference stands for; None when they are not known."""
        return self.world.spread(value, span)

    def _of_module(self, steps: Steps, frame: Frame) -> tuple[Value, Steps]:
        name = require_name("module", steps)
        rest = steps[1:]
        expansion, children = self.world.children(self, name)
        if children is None:
            return self.world.unread_module(self, name), rest
        if expansion.kind in {"single", "none"}:
            return self._output_of(children[0], rest) if children else (Known(None), rest)
        if rest and isinstance(rest[0], Index):
            return self._indexed_module(expansion, children, rest, frame, name)
        if expansion.kind == "unknown":
            return Unknown(f"the instances of module.{name} are not known", f"module.{name}"), rest
        outputs = [_all_outputs(child) for child in children]
        if expansion.kind == "count":
            return Known(tuple(outputs), kind="tuple"), rest
        pairs = zip(expansion.keys, outputs, strict=True)
        return Known({str(key.key): value for key, value in pairs}, kind="object"), rest

    def _indexed_module(
        self, expansion: Expansion, children: list[Scope], steps: Steps, frame: Frame, name: str
    ) -> tuple[Value, Steps]:
        step = steps[0]
        key = self.world.evaluator.evaluate(step.key, frame) if isinstance(step, Index) else None
        if expansion.kind == "unknown":
            return self._output_of(children[0], steps[1:])
        if not isinstance(key, Known):
            return Unknown(f"it is not known which instance of module.{name} is meant", ""), steps[1:]
        wanted = convert(key, STRING)
        if wanted.is_null:
            raise Fault("an index cannot be null")
        for instance, child in zip(expansion.keys, children, strict=True):
            if str(instance.key) == wanted.text():
                return self._output_of(child, steps[1:])
        raise Fault(f"module.{name} has no instance {wanted.text()!r}")

    @staticmethod
    def _output_of(child: Scope, steps: Steps) -> tuple[Value, Steps]:
        if steps and isinstance(steps[0], GetAttribute):
            return child.output(steps[0].name), steps[1:]
        return _all_outputs(child), steps


def _all_outputs(scope: Scope) -> Value:
    values = {name: scope.safely(scope.output, name) for name in scope.configuration.outputs}
    return Known(values, kind="object")
