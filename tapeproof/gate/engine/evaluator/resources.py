"""A module instance's resources: which instances each has, and what a reference to one means.

Source: Terraform language, "References to Named Values", "Resources".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.access import reference
from tapeproof.gate.engine.evaluator.expansion import Expansion, expand, shown_key
from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.evaluator.instance import Instance
from tapeproof.gate.engine.evaluator.named_values import NamedValues
from tapeproof.gate.engine.evaluator.syntax import GetAttribute, Index
from tapeproof.gate.engine.model import NOWHERE, Known, Origin, Span, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.configuration import Configuration
    from tapeproof.gate.engine.evaluator.interfaces import Evaluation, Frame, Steps
    from tapeproof.gate.engine.evaluator.surroundings import Place, Surroundings

__all__ = ["Resources", "require_name"]

_INSTANCE = re.compile(r"\[[^\]]*\]$")


class Resources(NamedValues):
    """The resources of a module instance, beside its named values; each is expanded once, when it is first asked for.

    Args:
        world: The whole configuration.
        configuration: What the module declares.
        place: Where and how it is called.
    """

    def __init__(self, world: Surroundings, configuration: Configuration, place: Place) -> None:
        super().__init__(world, configuration, place)
        self.expansions: dict[tuple[str, str, str], list[Instance] | None] = {}
        self.kinds: dict[tuple[str, str, str], Expansion] = {}

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

    def given(self, address: str) -> Value | None:
        """Return what an attribute of a data source is given to be, by its address; None where nothing is given."""
        return self.world.data.get(address)

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

    def refer_to_resource(self, mode: str, type_: str, steps: Steps, frame: Frame) -> tuple[Value, Steps]:
        """Return what a reference to a resource means, and the steps that are left to take from there."""
        name = require_name(type_, steps)
        rest = steps[1:]
        instances = self.instances(mode, type_, name)
        expansion = self.kinds[mode, type_, name]
        if expansion.kind == "single":
            return reference(instances[0].address, "", NOWHERE), rest
        declared = self.configuration.resources[mode, type_, name]
        span = Span(declared.file, *declared.block.at)
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
                return reference(f"{chosen}[{shown_key(key.value)}]", "", NOWHERE), steps[1:]
            return reference(f"{chosen}[?]", "", NOWHERE), steps[1:]
        why = expansion.why.reason if expansion.why is not None else "it is not known"
        return Unknown(why, f"{address}", origins=frozenset({Origin(address)})), steps


def require_name(name: str, steps: Steps) -> str:
    """Return the name that has to follow another one.

    Raises:
        Fault: None does.
    """
    if not steps or not isinstance(steps[0], GetAttribute):
        raise Fault(f"{name!r} must be followed by a name")
    return steps[0].name
