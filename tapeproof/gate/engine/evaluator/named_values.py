"""A module instance's variables, local values and outputs, and what else has a name but is no resource.

Source: Terraform language, "References to Named Values".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.evaluator.interfaces import Frame
from tapeproof.gate.engine.evaluator.marks import Marks, add_marks
from tapeproof.gate.engine.evaluator.type_expressions import type_from
from tapeproof.gate.engine.evaluator.types import ANY
from tapeproof.gate.engine.model import Known, Origin, Span, Unknown, Value
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.configuration import Configuration
    from tapeproof.gate.engine.evaluator.surroundings import Place, Surroundings
    from tapeproof.gate.engine.evaluator.syntax import Nested

__all__ = ["NamedValues"]


class NamedValues:
    """The values of a module instance that have a name; each is evaluated once, when it is first asked for.

    Args:
        world: The whole configuration.
        configuration: What the module declares.
        place: Where and how it is called.
    """

    def __init__(self, world: Surroundings, configuration: Configuration, place: Place) -> None:
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

    def frame(self, file: str) -> Frame:
        """Return where expressions of one of the module's files are evaluated."""
        raise NotImplementedError

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
