"""What a plan says of the configuration: which expression made an attribute, and what that refers to in the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.evaluator.derived import IDENTIFYING, identifying_argument
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.record import field, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["NOT_FOLLOWED", "Configuration", "Reference", "Scope"]

_KEY = r'\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]'
_STEP = re.compile(rf"module\.([\w-]+)({_KEY})?\.?")
_RESOURCE = re.compile(rf"((?:data\.)?[a-z][\w-]*\.[\w-]+)({_KEY})?(?:\.(.*))?", re.DOTALL)
_ROUNDS = 50


class Reference(NamedTuple):
    """A resource's address and the attribute of it; both empty for what cannot be followed any further."""

    resource: str
    path: str = ""


NOT_FOLLOWED = Reference("")
"""A local value, or anything else whose definition a plan does not hold."""


class Configuration:
    """The ``configuration`` part of a plan, and the addresses that the plan leads to."""

    def __init__(self, data: Mapping[str, Any], addresses: frozenset[str] = frozenset()) -> None:
        self._root: Mapping[str, Any] = data.get("root_module", {})
        self._addresses = addresses

    def scope(self, module: str) -> Scope:
        """Return the module at an address such as ``module.trade["a"].module.queue``."""
        here = Scope(self._root, "", self._addresses)
        rest = module
        while rest:
            step = _STEP.match(rest)
            if step is None:
                return Scope({}, module, self._addresses)
            here = here.enter_module(step[1], step[2] or "")
            rest = rest[step.end() :]
        return here


@record(slots=False)
class Scope:
    """One instance of a module.

    Attributes:
        body: Its configuration.
        module: Its address; empty for the root.
        addresses: Of every resource that the plan leads to.
        parent: The module that calls it.
        call: By which name it does.
        key: With which instance key, in brackets.
    """

    body: Mapping[str, Any]
    module: str
    addresses: frozenset[str] = field(repr=False)
    parent: Scope | None = None
    call: str = ""
    key: str = ""

    def enter_module(self, name: str, key: str) -> Scope:
        """Return an instance of a module that this one calls."""
        body = self.body.get("module_calls", {}).get(name, {}).get("module", {})
        return Scope(body, f"{self.module}.module.{name}{key}".removeprefix("."), self.addresses, self, name, key)

    def find_declaration(self, mode: str, type_: str, name: str) -> Mapping[str, Any] | None:
        """Return the configuration of a resource, or None when the plan does not hold it."""
        for resource in self.body.get("resources", []):
            if (resource["mode"], resource["type"], resource["name"]) == (mode, type_, name):
                found: Mapping[str, Any] = resource
                return found
        return None

    def follow(
        self, expression: object, key: str = "", repeated: object = None, rounds: int = _ROUNDS
    ) -> set[Reference]:
        """Return what an expression refers to in the end, through variables and outputs of modules.

        Args:
            expression: As the plan has it; one without references gives nothing.
            key: Instance key, in brackets, of what the expression is part of: ``each.key`` selects by it.
            repeated: The ``for_each`` expression that ``each`` belongs to.
            rounds: How many modules it may still pass through.
        """
        references = _references(expression)
        selecting = [one for one in references if one.partition(".")[0] in {"each", "count"}]
        others = [one for one in references if one not in selecting]
        found: set[Reference] = set()
        for reference in others:
            found.update(self._one(reference, key if selecting else "", rounds) if rounds else (NOT_FOLLOWED,))
        if not others:
            for reference in selecting:
                found.update(self._each(reference, key, repeated, rounds))
        return found

    def _one(self, reference: str, key: str, rounds: int) -> Iterator[Reference]:
        head, _, rest = reference.partition(".")
        if head == "var":
            yield from self._variable(_name(rest), rounds)
        elif head == "module":
            yield from self._output(reference, key, rounds)
        elif head not in {"path", "terraform"}:
            match = _RESOURCE.fullmatch(reference)
            if match is None or head == "local":
                yield NOT_FOLLOWED
            else:
                yield from self._behind(match, key, rounds) or (self._bind_reference(match, key),)

    def _behind(self, match: re.Match[str], key: str, rounds: int) -> tuple[Reference, ...]:
        """Return what stands behind an argument or id that is another's, or a data source that looks one up."""
        path = match[3] or ""
        *mode, type_, name = match[1].split(".")
        managed = not mode
        declared = self.find_declaration("managed" if managed else "data", type_, name) or {}
        given = declared.get("expressions") or {}
        argument = path if managed and path in given else identifying_argument(declared.get("mode", ""), type_, given)
        if not argument or not path or (managed and path not in {"id", argument}):
            return ()
        found = self.follow(given.get(argument), match[2] or key, declared.get("for_each_expression"), rounds - 1)
        if len(found) != 1:
            return ()
        (only,) = found
        if managed:
            return (only,) if only.resource else ()
        of_same_type = only.resource.split(".")[-2:-1] == [type_] and ".data." not in f".{only.resource}"
        return (Reference(only.resource, path),) if of_same_type and only.path in IDENTIFYING else ()

    def _bind_reference(self, match: re.Match[str], key: str) -> Reference:
        """Return a reference to one instance where it is clear which; to all of them where no key selects one."""
        address = f"{self.module}.{match[1]}".removeprefix(".")
        path = match[3] or ""
        if match[2] and match[2] != "[*]":
            return Reference(address + match[2], path)
        if key and address not in self.addresses:
            return Reference(address + key, path) if address + key in self.addresses else NOT_FOLLOWED
        return Reference(address, path)

    def _each(self, reference: str, key: str, repeated: object, rounds: int) -> Iterator[Reference]:
        """Follow ``each.value.arn`` where ``for_each`` is a resource."""
        _, selected, path = (*reference.split(".", 2), "", "")[:3]
        sources = self.follow(repeated, rounds=rounds - 1) if selected == "value" and rounds else set()
        followed = [source for source in sources if source.resource and not source.path]
        if len(followed) != 1 or len(sources) != 1 or followed[0].resource + key not in self.addresses:
            yield NOT_FOLLOWED
        else:
            yield Reference(followed[0].resource + key, path)

    def _variable(self, name: str, rounds: int) -> Iterator[Reference]:
        if self.parent is None:
            yield NOT_FOLLOWED
            return
        call = self.parent.body.get("module_calls", {}).get(self.call, {})
        expression = call.get("expressions", {}).get(name)
        yield from self.parent.follow(expression, self.key, call.get("for_each_expression"), rounds - 1)

    def _output(self, reference: str, key: str, rounds: int) -> Iterator[Reference]:
        step = _STEP.match(reference)
        rest = reference[step.end() :] if step else ""
        if step is None or not rest:
            yield NOT_FOLLOWED
            return
        inner = self.enter_module(step[1], step[2] or key)
        output = inner.body.get("outputs", {}).get(_name(rest), {})
        yield from inner.follow(output.get("expression"), rounds=rounds - 1)


def _references(expression: object) -> Sequence[str]:
    """Return the references of an expression, without those that are the beginning of another one."""
    references = expression.get("references", []) if isinstance(expression, dict) else []
    return [one for one in references if not any(other.startswith((f"{one}.", f"{one}[")) for other in references)]


def _name(path: str) -> str:
    return re.split(r"[.\[]", path, maxsplit=1)[0]
