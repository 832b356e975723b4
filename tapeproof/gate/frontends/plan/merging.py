"""One attribute of a planned resource: its value, what of it is not known yet, and the expression it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model import Known, Origin, Ref, Span, Unknown, Value
from tapeproof.gate.engine.record import record, replace
from tapeproof.gate.frontends.plain import inner, value_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from tapeproof.gate.frontends.plan.configuration import Scope

__all__ = ["Place", "Planned"]

_LATER = "it is known only after apply"


@record(slots=False)
class Planned:
    """One place in a plan, which keeps four structures in parallel.

    Attributes:
        value: From ``planned_values``.
        unknown: From ``after_unknown``.
        expression: From ``configuration``; None where it does not say.
        sensitive: From ``sensitive_values``.
        path: Of the block that this is, dotted and with a dot at its end; empty for the resource.
        filled: Paths of the lists and blocks that the provider fills in where nobody writes them.
    """

    value: Any
    unknown: Any = False
    expression: Any = None
    sensitive: Any = False
    path: str = ""
    filled: Collection[str] = ()

    def merge_value(self, place: Place) -> Value:
        """Return the value, with a reference or an unknown in each place that is known only after apply."""
        if self.unknown is True:
            return self._later(place)
        if isinstance(self.value, list):
            elements = [self._element(at).merge_value(place) for at in range(len(self.value))]
            return Known(tuple(elements), kind="tuple", span=place.span, sensitive=self.sensitive is True)
        if isinstance(self.value, dict) or (isinstance(self.unknown, dict) and self.unknown):
            names = {**(self.value or {}), **(self.unknown if isinstance(self.unknown, dict) else {})}
            entries = {name: self._entry(name).merge_value(place) for name in names if self._is_written(name)}
            return Known(entries, kind="object", span=place.span, sensitive=self.sensitive is True)
        found = value_of(self.value, place.span, sensitive=self.sensitive)
        followed = place.scope.follow(self.expression, place.key, place.repeated)
        sources = frozenset(Origin(*reference) for reference in followed if ".data." in f".{reference.resource}")
        # A known value keeps what data sources it came from. It is found among resources by its text: an expression
        # over several of them does not say which one.
        return replace(found, origins=sources) if sources else found

    def _later(self, place: Place) -> Value:
        followed = place.scope.follow(self.expression, place.key, place.repeated)
        origins = frozenset(Origin(*reference) for reference in followed if reference.resource)
        hidden = self.sensitive is True
        if len(followed) == len(origins) == 1:
            (only,) = followed
            if only.path:
                return Ref(only.resource, only.path, span=place.span, origins=origins, sensitive=hidden)
        return Unknown(_LATER, span=place.span, origins=origins, sensitive=hidden)

    def _entry(self, name: str) -> Planned:
        expression = self.expression
        within = isinstance(expression, dict) and "references" not in expression and "constant_value" not in expression
        return Planned(
            (self.value or {}).get(name),
            inner(self.unknown, name),
            expression.get(name) if within else expression,
            inner(self.sensitive, name),
            f"{self.path}{name}.",
            self.filled,
        )

    def _element(self, at: int) -> Planned:
        expression = self.expression
        if isinstance(expression, list):
            expression = expression[at] if len(expression) == len(self.value) else None
        unknown, sensitive = inner(self.unknown, at), inner(self.sensitive, at)
        return Planned(self.value[at], unknown, expression, sensitive, self.path, self.filled)

    def _is_written(self, name: str) -> bool:
        """Return whether an attribute of a block is set; what a provider fills in counts as absent."""
        expression = self.expression
        if not isinstance(expression, dict) or "references" in expression or "constant_value" in expression:
            return True
        return name in expression or isinstance((self.value or {}).get(name), list) or self._is_repeated(name)

    def _is_repeated(self, name: str) -> bool:
        """Return whether something is made of blocks, and it is not known of how many.

        A plan leaves dynamic blocks out of its configuration, and what it says of their number is what it says of a
        block that the provider fills in. Of both, and of no attribute that is one value, the marks are a list.
        """
        marks = self.sensitive.get(name) if isinstance(self.sensitive, dict) else None
        return inner(self.unknown, name) is True and marks == [] and f"{self.path}{name}" not in self.filled


@record(slots=False)
class Place:
    """Where an expression stands.

    Attributes:
        scope: The module.
        span: What messages name.
        key: Instance key of the resource, in brackets.
        repeated: Its ``for_each`` expression.
    """

    scope: Scope
    span: Span
    key: str = ""
    repeated: Any = None
