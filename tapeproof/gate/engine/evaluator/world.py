"""A root module with all its modules: the place where references between them meet."""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.access import reference
from tapeproof.gate.engine.evaluator.blocks import static_address
from tapeproof.gate.engine.evaluator.expansion import Expansion, InstanceKey, expand, without_keys
from tapeproof.gate.engine.evaluator.expressions import Evaluator
from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.evaluator.scope import Scope
from tapeproof.gate.engine.evaluator.surroundings import Place
from tapeproof.gate.engine.model import Known, Origin, Ref, Span, Unknown, Value
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.configuration import Configuration, Declared
    from tapeproof.gate.engine.evaluator.expressions import Constants
    from tapeproof.gate.engine.evaluator.files import Files
    from tapeproof.gate.engine.evaluator.instance import Instance
    from tapeproof.gate.engine.evaluator.literals import Written
    from tapeproof.gate.engine.evaluator.syntax import Expression

__all__ = ["Inputs", "Loader", "ModuleNotHereError", "World"]

_MOST_MODULES = 5_000
_META = frozenset({"source", "version", "count", "for_each", "providers", "depends_on"})


class ModuleNotHereError(Exception):
    """A module's source is not on this disk; the message says what it is."""


class Loader(Protocol):
    """Finds and reads modules."""

    def module(self, source: str, caller: Configuration, address: str, version: str = "") -> Configuration:
        """Return what a module declares.

        Args:
            source: Its source as written.
            caller: The module that calls it.
            address: The call's address without instance keys, ``a.b``, as Terraform's own manifest names it.
            version: The version that is asked for; empty where none is, or it is not known.

        Raises:
            ModuleNotHereError: It comes from elsewhere and is not installed here.
            GateError: It is here and cannot be read.
        """
        ...


class Inputs(NamedTuple):
    """What a root module is given: values of its variables by name, the workspace, and attributes of data sources."""

    values: Mapping[str, Value]
    workspace: str = "default"
    data: Mapping[str, Value] = {}


class World:
    """Evaluates one root module.

    Args:
        configuration: What the root module declares.
        loader: Finds and reads the others.
        inputs: What the root module is given.
        files: What functions read from.
        parse_template: Makes syntax of a template's text.
        constants: The values of constants that were evaluated before, perhaps for other inputs.
        written: The literal text that was found before, by the identity of what it was found in.
    """

    def __init__(
        self,
        configuration: Configuration,
        loader: Loader,
        inputs: Inputs,
        files: Files,
        parse_template: Callable[[str, str], Expression],
        *,
        constants: Constants | None = None,
        written: Mapping[int, Written] = MappingProxyType({}),
    ) -> None:
        self.loader = loader
        self.written = written
        self.inputs = inputs.values
        self.root = configuration.folder
        self.workspace = inputs.workspace
        self.data = inputs.data
        self.evaluator = Evaluator(files, parse_template, constants)
        self.instances: dict[str, Instance] = {}
        self.modules = 0
        self.faults: dict[str, Unknown] = {}
        self.unread: dict[tuple[str, int], Unknown] = {}
        self.called: dict[tuple[str, str], tuple[Expansion, list[Scope] | None]] = {}
        self.scope = Scope(self, configuration)

    def relative(self, folder: Path) -> str:
        """Return a module's folder as ``path.module`` shows it: relative to the root module."""
        return os.path.relpath(folder, self.root)

    def register(self, instances: Iterable[Instance]) -> None:
        """Make instances known by their addresses."""
        for instance in instances:
            self.instances[instance.address] = instance

    def attribute(self, value: Value, name: str, span: Span) -> Value:
        """Return an attribute of a reference to a whole resource."""
        if not isinstance(value, Ref):
            return value
        instance = self.instances.get(value.resource)
        if instance is None:
            return reference(value.resource, name, span)
        return instance.attribute(name, span)

    def follow_nested(self, value: Value) -> Value:
        """Return what a reference into nested blocks is configured to be; anything else as it is."""
        if not isinstance(value, Ref) or "." not in value.path:
            return value
        instance = self.instances.get(value.resource)
        configured = None if instance is None else instance.find_nested(value.path)
        return value if configured is None else configured

    def spread(self, value: Ref, span: Span) -> tuple[Value, ...] | None:
        """Return references to each of the nested blocks a reference stands for; None when they are not known."""
        instance = self.instances.get(value.resource)
        count = None if instance is None or not value.path else instance.count_of(value.path)
        if count is None:
            return None
        return tuple(reference(value.resource, f"{value.path}.{position}", span) for position in range(count))

    def report(self, fault: Fault) -> None:
        """Remember something that Terraform would refuse of the configuration as a whole."""
        span = fault.span if isinstance(fault, CycleFault) else Span()
        self.faults.setdefault(str(fault), Unknown(f"the configuration is refused: {fault}", span=span))

    def children(self, scope: Scope, name: str) -> tuple[Expansion, list[Scope] | None]:
        """Return the instances of a module call; None for a module that is not here.

        Raises:
            Fault: There is no such call.
        """
        key = (scope.address, name)
        if key not in self.called:
            declared = scope.configuration.calls.get(name)
            if declared is None:
                raise Fault(f"there is no module {name!r}")
            self.called[key] = self._expand_call(scope, name, declared)
        return self.called[key]

    def unread_module(self, scope: Scope, name: str) -> Unknown:
        """Return the unknown that stands for an output of a module that is not here."""
        address = f"{scope.address}.module.{name}" if scope.address else f"module.{name}"
        return Unknown(f"{address} is not on this disk", address, origins=frozenset({Origin(address)}))

    def _expand_call(self, scope: Scope, name: str, declared: Declared) -> tuple[Expansion, list[Scope] | None]:
        body = declared.block.body
        expansion = expand(self.evaluator, body, scope.frame(declared.file))
        source = body.expression("source")
        try:
            configuration = self._module(scope, declared, name)
        except ModuleNotHereError as error:
            span = Span(declared.file, *(source.at if source is not None else declared.block.at))
            key = (span.file, span.line)
            self.unread.setdefault(key, Unknown(f"module {name!r} is not judged: {error}", span=span))
            return expansion, None
        return expansion, [self._child(scope, declared, configuration, key) for key in expansion.keys]

    def _read_source(self, scope: Scope, declared: Declared, source: Expression | None) -> str:
        """Return a module's source, which OpenTofu evaluates from variables and locals.

        Raises:
            ModuleNotHereError: It is not known.
        """
        value = None if source is None else self.evaluator.attempt(source, scope.frame(declared.file))
        if isinstance(value, Known) and isinstance(value.value, str) and value.value:
            return value.value
        raise ModuleNotHereError(f"its source is not known: {value.why}" if value and value.why else "it has no source")

    def _child(self, scope: Scope, declared: Declared, configuration: Configuration, key: InstanceKey) -> Scope:
        block = declared.block
        local = f"module.{block.labels[0]}{key.suffix}"
        frame = scope.frame(declared.file).with_names(dict(key.names))
        self.modules += 1
        if self.modules > _MOST_MODULES:
            raise SourceError(declared.file, f"there are more than {_MOST_MODULES} module instances", *block.at[:2])
        place = Place(
            f"{scope.address}.{local}" if scope.address else local,
            {attribute.name: (attribute, frame) for attribute in block.body.attributes if attribute.name not in _META},
            self._providers(scope, declared),
            key.doubt or scope.place.doubt,
            (*scope.place.folders, scope.configuration.folder),
        )
        if configuration.folder in place.folders:
            raise SourceError(declared.file, f"module {block.labels[0]!r} includes itself", *block.at[:2])
        return Scope(self, configuration, place)

    def _module(self, scope: Scope, declared: Declared, name: str) -> Configuration:
        body = declared.block.body
        source = self._read_source(scope, declared, body.expression("source"))
        path = ".".join([*without_keys(scope.address).split(".")[1::2], name])
        wanted = body.expression("version")
        value = None if wanted is None else self.evaluator.attempt(wanted, scope.frame(declared.file))
        version = value.value if isinstance(value, Known) and isinstance(value.value, str) else ""
        return self.loader.module(source, scope.configuration, path, version)

    @staticmethod
    def _providers(scope: Scope, declared: Declared) -> dict[str, str]:
        """Return the provider names of the called module in terms of the root module's."""
        passed = declared.block.body.expression("providers")
        names = dict(scope.place.providers)
        for key, value in getattr(passed, "items", ()):
            inner = static_address(key) or str(getattr(key, "value", ""))
            names[inner] = scope.provider(static_address(value) or str(getattr(value, "value", "")))  # JSON has strings
        return names
