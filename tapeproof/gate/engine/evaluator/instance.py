"""One instance of a resource or data source; its attributes are evaluated when they are asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.access import reference
from tapeproof.gate.engine.evaluator.blocks import contents, static_address
from tapeproof.gate.engine.evaluator.derived import DERIVING, LOOKING_UP, derived_expression
from tapeproof.gate.engine.evaluator.fault import CycleFault
from tapeproof.gate.engine.evaluator.iam_document import iam_document
from tapeproof.gate.engine.evaluator.marks import Marks, add_marks
from tapeproof.gate.engine.evaluator.syntax import Constant, Name
from tapeproof.gate.engine.model import Block, Known, Origin, Resource, Span, Value

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.configuration import Declared
    from tapeproof.gate.engine.evaluator.expansion import InstanceKey
    from tapeproof.gate.engine.evaluator.interfaces import Module

__all__ = ["Instance"]

_META = frozenset({"count", "for_each"})
_DOCUMENT = "aws_iam_policy_document"
_POSITION = re.compile("[0-9]{1,9}")
_RENDERED = {"json", "minified_json"}


class Instance:
    """One instance.

    Args:
        scope: Its module.
        mode: ``managed``, ``data`` or ``ephemeral``.
        declared: Its block.
        key: Which instance it is.
    """

    def __init__(self, scope: Module, mode: str, declared: Declared, key: InstanceKey) -> None:
        self.scope = scope
        self.mode = mode
        self.declared = declared
        self.key = key
        self.type, self.name = declared.block.labels
        prefix = {"data": "data.", "ephemeral": "ephemeral."}.get(mode, "")
        local = f"{prefix}{self.type}.{self.name}{key.suffix}"
        self.address = f"{scope.address}.{local}" if scope.address else local
        self.frame = scope.frame(declared.file).with_names(
            {**dict(key.names), "self": reference(self.address, "", self._span)}
        )
        self.values: dict[str, Value | None] = {}
        self._attributes = {attribute.name: attribute for attribute in reversed(declared.block.body.attributes)}
        self._document: Value | None = None
        self._evaluated: Block | None = None

    @property
    def _span(self) -> Span:
        return Span(self.declared.file, *self.declared.block.at)

    def attribute(self, name: str, span: Span) -> Value:
        """Return an attribute as another resource sees it: what is configured, or a reference to what will be.

        Args:
            name: The attribute.
            span: Where it is asked for.

        Raises:
            CycleFault: It depends on itself.
        """
        if self.type == _DOCUMENT and self.mode == "data" and name in _RENDERED:
            return self._render_document().at(span)
        given = self.scope.given(f"{self.address}.{name}") if self.mode == "data" else None
        if given is not None:
            return add_marks(given.at(span), Marks(frozenset({Origin(self.address, name)})))
        if name not in self._attributes or name in _META:
            derived = self._derive(name) if self.type in DERIVING else None
            if derived is None and self.mode == "data" and self.type in LOOKING_UP:
                derived = self._look_up(name, span)
            return derived or reference(self.address, name, span)
        value = self.value(name)
        if isinstance(value, Known) and value.value is None:
            return reference(self.address, name, span)
        return add_marks(value, Marks(frozenset({Origin(self.address, name)})))

    def _look_up(self, name: str, span: Span) -> Value | None:
        """Return what the resource tells that a data source finds, if it is one of this configuration."""
        from tapeproof.gate.engine.evaluator.looked_up import resource_looked_up  # noqa: PLC0415 - few are

        names = self.frame.scope
        given = {one: self.scope.safely(self.value, one) for one in self._attributes if one not in _META}
        found = None if names is None else resource_looked_up(self.type, given, names, span)
        return None if found is None or names is None else names.attribute(found, name, span)

    def _derive(self, name: str) -> Value | None:
        """Return what the provider makes of the configuration alone; None where only apply tells."""
        block = self.declared.block
        expression = derived_expression(self.mode, self.type, name, block.body, block.at)
        if expression is None:
            return None
        if name in self.values:
            raise CycleFault(f"{self.address}.{name} depends on itself", self._span)
        self.values[name] = None
        try:
            value = self.scope.evaluation.attempt(expression, self.frame)
        finally:
            del self.values[name]
        return add_marks(value, Marks(frozenset({Origin(self.address, name)})))

    def find_nested(self, path: str) -> Value | None:
        """Return what is configured in nested blocks, ``versioning.0.enabled``; None when nothing is.

        Args:
            path: Block types, positions and at last an attribute.
        """
        steps = path.split(".")
        block: Block | None = self._block()
        while block is not None and len(steps) > 1:
            type_, *steps = steps
            position = int(steps.pop(0)) if steps and _POSITION.fullmatch(steps[0]) else 0
            found = [child for child in block.children if child.type == type_]
            block = found[position] if position < len(found) and type_ not in block.uncertain else None
        if block is None or not steps or steps[0] not in block.attributes:
            return None
        value = block.attributes[steps[0]]
        if isinstance(value, Known) and value.value is None:
            return None
        return add_marks(value, Marks(frozenset({Origin(self.address, path)})))

    def count_of(self, type_: str) -> int | None:
        """Return how many nested blocks of a type are configured; None when it is not known, or there are none."""
        block = self._block()
        count = sum(child.type == type_ for child in block.children)
        return count if count and type_ not in block.uncertain else None

    def value(self, name: str) -> Value:
        """Return a configured attribute.

        Raises:
            CycleFault: It depends on itself.
        """
        if name in self.values:
            known = self.values[name]
            if known is None:
                raise CycleFault(f"{self.address}.{name} depends on itself", self._span)
            return known
        attribute = self._attributes.get(name)
        if attribute is None:
            return Known(None, span=self._span)
        self.values[name] = None
        try:
            value = self.scope.evaluation.attempt(attribute.expression, self.frame.within(attribute.file))
        except CycleFault:
            del self.values[name]
            raise
        self.values[name] = value
        return value

    def resource(self) -> Resource:
        """Return the instance as rules see it."""
        block = self._block()
        return Resource(
            type=self.type,
            labels=self.declared.block.labels,
            attributes=block.attributes,
            children=block.children,
            uncertain=block.uncertain,
            span=self._span,
            address=self.address,
            name=self.name,
            module=self.scope.address,
            key=self.key.key,
            mode=self.mode,
            provider=self._provider(),
            doubt=self.key.doubt or self.scope.doubt,
        )

    def _block(self) -> Block:
        if self._evaluated is None:
            self._evaluated = self._contents()
        return self._evaluated

    def _contents(self) -> Block:
        body, names = self.declared.block.body, {attribute.name for attribute in self.declared.block.body.attributes}
        plain = frozenset(names - {"depends_on", "provider"})
        result = contents(self.scope.evaluation, body, self.frame, skip=plain)
        ordered = {}
        for attribute in body.attributes:
            name = attribute.name
            if name in _META:
                continue
            ordered[name] = (
                result.attributes[name] if name in result.attributes else self.scope.safely(self.value, name)
            )
        result.attributes = ordered
        return result.block(self.type, self.declared.block.labels, self.declared.block, self.frame)

    def _render_document(self) -> Value:
        if self._document is None:
            self._document = iam_document(self._block(), self.address)
        return self._document

    def _provider(self) -> str:
        node = self.declared.block.body.expression("provider")
        if isinstance(node, Constant):
            return self.scope.provider(str(node.value))
        if node is None or isinstance(node, Name):
            return self.scope.provider(node.name if node is not None else self.type.partition("_")[0])
        return self.scope.provider(static_address(node))
