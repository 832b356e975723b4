"""A module instance: what its references mean."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tapeproof.gate.engine.evaluator.access import reference
from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.expansion import Expansion, expand, shown_key
from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.evaluator.instance import Instance
from tapeproof.gate.engine.evaluator.interfaces import Frame, Steps
from tapeproof.gate.engine.evaluator.marks import Marks, add_marks
from tapeproof.gate.engine.evaluator.syntax import Attribute, GetAttribute, Index
from tapeproof.gate.engine.evaluator.type_expressions import type_from
from tapeproof.gate.engine.evaluator.types import ANY, STRING
from tapeproof.gate.engine.model import Known, Origin, Span, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.configuration import Configuration
    from tapeproof.gate.engine.evaluator.interfaces import Evaluation
    from tapeproof.gate.engine.evaluator.syntax import Nested
    from tapeproof.gate.engine.model import Ref

__all__ = ["Place", "Scope", "Surroundings"]

_MODES = {"resource": "managed", "data": "data", "ephemeral": "ephemeral"}
_INSTANCE = re.compile(r"\[[^\]]*\]$")


class Place(NamedTuple):
    """Where a module instance is called from.

    Attributes:
        address: ``module.a["x"].module.b``; empty for the root.
        arguments: The call's arguments, and where they are evaluated.
        providers: What the module's provider names mean in the root module.
        doubt: Why it is not known whether the instance exists.
        folders: Folders of the modules around it.
    """

    address: str = ""
    arguments: Mapping[str, tuple[Attribute, Frame]] | None = None
    providers: Mapping[str, str] = {}
    doubt: Unknown | None = None
    folders: tuple[Path, ...] = ()


_NOWHERE = Place()


class Surroundings(Protocol):
    """The whole configuration, as one module instance of it knows it."""

    @property
    def root(self) -> Path:
        """The root module's folder."""
        ...

    @property
    def workspace(self) -> str:
        """The chosen workspace."""
        ...

    @property
    def inputs(self) -> Mapping[str, Value]:
        """Values of the root module's variables by name."""
        ...

    @property
    def evaluator(self) -> Evaluation:
        """What gives expressions their values."""
        ...

    def relative(self, folder: Path) -> str:
        """Return a module's folder relative to the root module."""
        ...

    def register(self, instances: Iterable[Instance]) -> None:
        """Make instances known by their addresses."""
        ...

    def attribute(self, value: Value, name: str, span: Span) -> Value:
        """Return an attribute of a reference to a whole resource."""
        ...

    def follow_nested(self, value: Value) -> Value:
        """Return what a reference into nested blocks is configured to be; anything else as it is."""
        ...

    def spread(self, value: Ref, span: Span) -> tuple[Value, ...] | None:
        """Return references to each of the nested blocks a reference stands for; None when they are not known."""
        ...

    def report(self, fault: Fault) -> None:
        """Remember something that Terraform would refuse of the configuration as a whole."""
        ...

    def children(self, scope: Scope, name: str) -> tuple[Expansion, list[Scope] | None]:
        """Return the instances of a module call; None for a module that is not here."""
        ...

    def unread_module(self, scope: Scope, name: str) -> Unknown:
        """Return the unknown that stands for an output of a module that is not here."""
        ...


class Scope:
    """One instance of a module; everything in it is evaluated once, when it is first asked for.

    Args:
        world: The whole configuration.
        configuration: What the module declares.
        place: Where and how it is called; nothing for the root.
    """

    def __init__(
        self,
        world: Surroundings,
        configuration: Configuration,
        place: Place = _NOWHERE,
    ) -> None:
        self.world = world
        self.configuration = configuration
        self.place = place
        self.address = place.address
        self.known: dict[tuple[str, str], Value | None] = {}
        self.families: dict[str, Callable[[str], Value]] = {
            "var": self.variable,
            "local": self.local,
            "path": self._path,
            "terraform": self._terraform,
        }
        self.expansions: dict[tuple[str, str, str], list[Instance] | None] = {}
        self.kinds: dict[tuple[str, str, str], Expansion] = {}

    def frame(self, file: str) -> Frame:
        """Return where expressions of one of the module's files are evaluated."""
        return Frame(self, file)

    # -- what names mean -------------------------------------------------------------------------------------------

    def resolve(self, name: str, steps: Steps, frame: Frame) -> tuple[Value, Steps]:
        """Return what a name means, and the steps that are left to take from there.

        Raises:
            Fault: It means nothing.
        """
        if name in self.families:
            return self.families[name](_require_name(name, steps)), steps[1:]
        if name == "module":
            return self._of_module(steps, frame)
        if name in {"each", "count", "self"}:
            raise Fault(f"{name} is not defined here")
        if name in _MODES:
            return self._of_resource(_MODES[name], _require_name(name, steps), steps[1:], frame)
        return self._of_resource("managed", name, steps, frame)

    def variable(self, name: str) -> Value:
        """Return a variable's value.

        Raises:
            Fault: It is not declared, or its value does not fit its type.
        """
        return self._once("var", name, self._variable)

    def local(self, name: str) -> Value:
        """Return a local value.

        Raises:
            Fault: It is not declared, or cannot be evaluated.
        """
        return self._once("local", name, self._local)

    def output(self, name: str) -> Value:
        """Return an output's value, as the calling module sees it.

        Raises:
            Fault: It is not declared, or cannot be evaluated.
        """
        return self._once("output", name, self._output)

    def _once(self, kind: str, name: str, make: Callable[[str], Value]) -> Value:
        key = (kind, name)
        if key in self.known:
            value = self.known[key]
            if value is None:
                prefix = f"{self.address}." if self.address else ""
                raise CycleFault(f"{prefix}{kind}.{name} depends on itself", self._declared_at(kind, name))
            return value
        self.known[key] = None
        try:
            value = make(name)
        except (Fault, RecursionError):
            del self.known[key]
            raise
        self.known[key] = value
        return value

    def _declared_at(self, kind: str, name: str) -> Span:
        local = self.configuration.local_values.get(name) if kind == "local" else None
        if local is not None:
            return Span(local.attribute.file or local.file, *local.attribute.at)
        table = self.configuration.variables if kind == "var" else self.configuration.outputs
        declared = table.get(name)
        return Span() if declared is None else Span(declared.file, *declared.block.at)

    def _variable(self, name: str) -> Value:
        declared = self.configuration.variables.get(name)
        if declared is None:
            raise Fault(f"there is no variable {name!r}")
        body, file = declared.block.body, declared.file
        value = self._find_input(name, declared.block, file)
        type_node = body.expression("type")
        try:
            type_ = ANY if type_node is None else type_from(type_node, self.world.evaluator, file)
            value = convert(value, type_)
        except Fault as fault:
            raise Fault(f"var.{name}: {fault}") from fault
        sensitive = getattr(body.expression("sensitive"), "value", False) is True
        if not self.address:
            return add_marks(value, Marks(frozenset({Origin(f"var.{name}")}), sensitive=sensitive))
        return add_marks(value, Marks(sensitive=sensitive))

    def _find_input(self, name: str, block: Nested, file: str) -> Value:
        """Return what sets a variable: the call or the inputs, then the default, then nothing."""
        given = self._from_caller(name)
        default = block.body.expression("default")
        nullable = getattr(block.body.expression("nullable"), "value", True) is not False
        empty = isinstance(given, Known) and given.value is None
        if given is not None and not (empty and not nullable and default is not None):
            return given
        if default is not None:
            value = self.world.evaluator.evaluate(default, Frame(None, file))
            return (
                value
                if not self.address
                else add_marks(value, Marks(frozenset({Origin(f"{self.address}.var.{name}")})))
            )
        prefix = f"{self.address}." if self.address else ""
        return Unknown(f"{prefix}var.{name} has no value", f"{prefix}var.{name}")

    def _from_caller(self, name: str) -> Value | None:
        if self.place.arguments is None:
            return self.world.inputs.get(name)
        if name not in self.place.arguments:
            return None
        attribute, frame = self.place.arguments[name]
        return self.world.evaluator.evaluate(attribute.expression, frame.within(attribute.file))

    def _local(self, name: str) -> Value:
        declared = self.configuration.local_values.get(name)
        if declared is None:
            raise Fault(f"there is no local value {name!r}")
        file = declared.attribute.file or declared.file
        return self.world.evaluator.evaluate(declared.attribute.expression, self.frame(file))

    def _output(self, name: str) -> Value:
        declared = self.configuration.outputs.get(name)
        if declared is None:
            raise Fault(f"there is no output {name!r}")
        attribute = declared.block.body.attribute("value")
        if attribute is None:
            raise Fault(f"output {name!r} has no value")
        value = self.world.evaluator.evaluate(attribute.expression, self.frame(attribute.file or declared.file))
        sensitive = getattr(declared.block.body.expression("sensitive"), "value", False) is True
        return replace(value, sensitive=True) if sensitive else value

    def _path(self, name: str) -> Value:
        root = self.world.root
        if name == "cwd":
            return Known(str(root))
        if name == "root":
            return Known(".")
        if name == "module":
            return Known(self.world.relative(self.configuration.folder))
        raise Fault(f"there is no path.{name}")

    def _terraform(self, name: str) -> Value:
        if name == "workspace":
            return Known(self.world.workspace)
        raise Fault(f"there is no terraform.{name}")

    # -- resources -------------------------------------------------------------------------------------------------

    def instances(self, mode: str, type_: str, name: str) -> list[Instance]:
        """Return the instances of a resource.

        Raises:
            Fault: It is not declared.
            CycleFault: How many there are depends on the resource itself.
        """
        key = (mode, type_, name)
        if key in self.expansions:
            instances = self.expansions[key]
            if instances is None:
                block = self.configuration.resources[key]
                place = Span(block.file, *block.block.at)
                raise CycleFault(f"the number of {type_}.{name} depends on itself", place)
            return instances
        declared = self.configuration.resources.get(key)
        if declared is None:
            prefix = "data source" if mode == "data" else "resource"
            raise Fault(f"there is no {prefix} {type_}.{name}")
        self.expansions[key] = None
        try:
            expansion = expand(self.world.evaluator, declared.block.body, self.frame(declared.file))
        except (Fault, RecursionError):
            del self.expansions[key]
            raise
        instances = [Instance(self, mode, declared, instance) for instance in expansion.keys]
        self.expansions[key], self.kinds[key] = instances, expansion
        self.world.register(instances)
        return instances

    @property
    def evaluation(self) -> Evaluation:
        """What gives its expressions their values."""
        return self.world.evaluator

    @property
    def doubt(self) -> Unknown | None:
        """Why it is not known whether the module instance exists."""
        return self.place.doubt

    def attribute(self, value: Value, name: str, span: Span) -> Value:
        """Return an attribute of a reference to a whole resource."""
        return self.world.attribute(value, name, span)

    def follow_nested(self, value: Value) -> Value:
        """Return what a reference into nested blocks is configured to be; anything else as it is."""
        return self.world.follow_nested(value)

    def spread(self, value: Ref, span: Span) -> tuple[Value, ...] | None:
        """Return references to each of the nested blocks a reference stands for; None when they are not known."""
        return self.world.spread(value, span)

    def _of_resource(self, mode: str, type_: str, steps: Steps, frame: Frame) -> tuple[Value, Steps]:
        name = _require_name(type_, steps)
        rest = steps[1:]
        instances = self.instances(mode, type_, name)
        expansion = self.kinds[mode, type_, name]
        declared = self.configuration.resources[mode, type_, name]
        span = Span(declared.file, *declared.block.at)
        if expansion.kind == "single":
            return reference(instances[0].address, "", Span()), rest
        if expansion.kind == "none":
            return Known(None, span=span), rest
        if expansion.kind == "unknown":
            return self._unknown_instance(instances[0].address, expansion, rest, frame)
        elements = [
            (key.key, reference(one.address, "", span)) for key, one in zip(expansion.keys, instances, strict=True)
        ]
        if expansion.kind == "count":
            return Known(tuple(element for _, element in elements), kind="tuple"), rest
        entries = {str(key): element for key, element in elements if key is not None}
        return Known(entries, kind="object"), rest

    def _unknown_instance(self, address: str, expansion: Expansion, steps: Steps, frame: Frame) -> tuple[Value, Steps]:
        """Return what is meant by a resource of which it is not known which instances it has."""
        if steps and isinstance(steps[0], Index):
            key = self.world.evaluator.evaluate(steps[0].key, frame)
            chosen = _INSTANCE.sub("", address)
            if isinstance(key, Known) and isinstance(key.value, (str, int)):
                return reference(f"{chosen}[{shown_key(key.value)}]", "", Span()), steps[1:]
            return reference(f"{chosen}[?]", "", Span()), steps[1:]
        why = expansion.why.reason if expansion.why is not None else "it is not known"
        return Unknown(why, f"{address}", origins=frozenset({Origin(address)})), steps

    # -- modules ---------------------------------------------------------------------------------------------------

    def _of_module(self, steps: Steps, frame: Frame) -> tuple[Value, Steps]:
        name = _require_name("module", steps)
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

    def provider(self, name: str) -> str:
        """Return what a provider's name in this module is called in the root module."""
        return self.place.providers.get(name, name)

    def safely(self, make: Callable[[str], Value], name: str) -> Value:
        """Return what ``make`` makes of a name; a fault becomes an unknown that says why."""
        try:
            return make(name)
        except CycleFault as fault:
            self.world.report(fault)
            return Unknown(f"it cannot be evaluated: {fault}")
        except Fault as fault:
            return Unknown(f"it cannot be evaluated: {fault}")
        except RecursionError:
            return Unknown("it is nested too deeply to be evaluated")


def _require_name(name: str, steps: Steps) -> str:
    if not steps or not isinstance(steps[0], GetAttribute):
        raise Fault(f"{name!r} must be followed by a name")
    return steps[0].name


def _all_outputs(scope: Scope) -> Value:
    values = {name: scope.safely(scope.output, name) for name in scope.configuration.outputs}
    return Known(values, kind="object")
