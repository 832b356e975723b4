"""Expressions to values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator import operators, templates
from tapeproof.gate.engine.evaluator.access import attribute_of, index_of
from tapeproof.gate.engine.evaluator.conversion import convert, truth
from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.evaluator.functions import Invocation, invoke
from tapeproof.gate.engine.evaluator.interfaces import Frame
from tapeproof.gate.engine.evaluator.iteration import pairs
from tapeproof.gate.engine.evaluator.marks import add_marks, lift_value, marks_of, place_value, unknown_from
from tapeproof.gate.engine.evaluator.syntax import (
    Binary,
    Call,
    Conditional,
    Constant,
    Expression,
    ForList,
    ForMap,
    GetAttribute,
    Index,
    Listing,
    Name,
    Object,
    Parenthesis,
    Splat,
    Template,
    Unary,
)
from tapeproof.gate.engine.evaluator.types import STRING, type_of, unify_types
from tapeproof.gate.engine.model import Known, Piece, Ref, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.files import Files

__all__ = ["Evaluator"]

_MOST_STEPS = 600_000
"""How many expressions one root module may take, in all its instances; a large one takes fifty thousand."""


class Evaluator:
    """Evaluates expressions of one configuration.

    Args:
        files: What file functions read from.
        parse_template: Makes syntax of a template's text, given the text and its file's name.
    """

    def __init__(self, files: Files, parse_template: Callable[[str, str], Expression]) -> None:
        self.files = files
        self.parse_template = parse_template
        self.steps = 0
        self.makers: dict[type, Callable[[Any, Frame], Value]] = {
            Binary: self._binary,
            Call: self._call,
            Conditional: self._conditional,
            Constant: self._constant,
            ForList: self._for_list,
            ForMap: self._for_map,
            GetAttribute: self._chain,
            Index: self._chain,
            Listing: self._evaluate_list,
            Name: self._chain,
            Object: self._object,
            Parenthesis: lambda node, frame: self.evaluate(node.inner, frame),
            Splat: self._splat,
            Template: lambda node, frame: templates.template(self, node, frame),
            Unary: lambda node, frame: operators.unary(
                node.operator, self.evaluate(node.operand, frame), frame.span(node.at)
            ),
        }

    def evaluate(self, node: Expression, frame: Frame) -> Value:
        """Return the value of an expression.

        Raises:
            Fault: Terraform would refuse it.
            SourceError: The whole configuration takes too long.
        """
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise SourceError(frame.file, f"the root takes more than {_MOST_STEPS:,} steps to evaluate", *node.at[:2])
        return self.makers[type(node)](node, frame)

    def attempt(self, node: Expression, frame: Frame) -> Value:
        """Return the value of an expression; one that Terraform would refuse is unknown, and says why.

        Raises:
            CycleFault: It depends on itself.
        """
        try:
            return self.evaluate(node, frame)
        except CycleFault:
            raise
        except Fault as fault:
            return Unknown(f"it cannot be evaluated: {fault}", span=frame.span(node.at))

    def _constant(self, node: Constant, frame: Frame) -> Value:
        span = frame.span(node.at)
        pieces = (Piece(node.value, span, node.shifts),) if node.shifts else ()
        return Known(node.value, span=span, pieces=pieces)

    def _evaluate_list(self, node: Listing, frame: Frame) -> Value:
        elements = tuple(self.evaluate(item, frame) for item in node.items)
        return Known(elements, kind="tuple", span=frame.span(node.at))

    def _object(self, node: Object, frame: Frame) -> Value:
        entries: dict[str, Value] = {}
        pairs: list[tuple[Value, Value]] = []
        unknown = False
        for key_node, value_node in node.items:
            given = self.evaluate(key_node, frame)
            key = self._key(given)
            pairs.append((given, self.evaluate(value_node, frame)))
            unknown = unknown or key is None
            entries[key or ""] = pairs[-1][1]
        if unknown:
            return Unknown("a key of this object is not known", span=frame.span(node.at), pairs=tuple(pairs))
        origins = marks_of([given for given, _ in pairs]).origins
        return Known(entries, kind="object", span=frame.span(node.at), origins=origins)

    @staticmethod
    def _key(value: Value) -> str | None:
        key = convert(value, STRING)
        if isinstance(key, Known) and key.value is None:
            raise Fault("a key cannot be null")
        return key.text() if isinstance(key, Known) else None

    def _binary(self, node: Binary, frame: Frame) -> Value:
        # A long `a + b + c` is as deep as it has operators: go down its left side without recursing.
        chain = []
        while isinstance(node, Binary):
            chain.append(node)
            node = node.left
        value = self.evaluate(node, frame)
        for step in reversed(chain):
            value = operators.binary(step.operator, value, self._right(step, value, frame), frame.span(step.at))
        return value

    def _right(self, node: Binary, left: Value, frame: Frame) -> Value:
        """Return the right operand; where the left one has decided already, its faults do not matter."""
        decisive = {"&&": False, "||": True}.get(node.operator)
        decided = decisive is not None and isinstance(left, Known) and left.value is decisive
        if not decided:
            return self.evaluate(node.right, frame)
        try:
            return self.evaluate(node.right, frame)
        except CycleFault:
            raise
        except Fault:
            return left

    def _conditional(self, node: Conditional, frame: Frame) -> Value:
        condition = self.evaluate(node.condition, frame)
        answer = truth(condition)
        if answer is None:
            return self._either(condition, node, frame)
        chosen, other = (node.then, node.otherwise) if answer else (node.otherwise, node.then)
        value = self.evaluate(chosen, frame)
        if isinstance(value, Known) and value.value is not None and not isinstance(value.value, str):
            value = self._like(value, other, frame)
        return replace(value, sensitive=True) if condition.sensitive else value

    def _either(self, condition: Value, node: Conditional, frame: Frame) -> Value:
        """Return what an unknown condition chooses: it is known only when both branches are the same."""
        branches = [self.attempt(branch, frame) for branch in (node.then, node.otherwise)]
        if all(branch.known for branch in branches) and branches[0].plain() == branches[1].plain():
            return branches[0]
        unknown = unknown_from((condition,), frame.span(node.at))
        return add_marks(unknown, marks_of(branches))

    def _like(self, value: Known, other: Expression, frame: Frame) -> Value:
        """Return the chosen branch converted to the type that both branches have."""
        try:
            type_ = unify_types((type_of(value), type_of(self.evaluate(other, frame))))
        except Fault:
            return value
        return value if type_ is None else convert(value, type_)

    def _call(self, node: Call, frame: Frame) -> Value:
        name = node.name.removeprefix("core::")
        span = frame.span(node.at)
        if name in {"try", "can"}:
            return self._evaluate_try(name, node, frame)
        if name.startswith("provider::"):
            return Unknown(f"{name}() is a function of a provider, which the gate does not run", span=span)
        arguments = self._arguments(node, frame)
        if arguments is None:
            return Unknown(f"the arguments of {name}() are not known", span=span)
        call = Invocation(name, span, marks_of(arguments), self.files, self._render)
        return invoke(name, arguments, call)

    def _arguments(self, node: Call, frame: Frame) -> list[Value] | None:
        arguments = [self.evaluate(argument, frame) for argument in node.arguments]
        if not node.expand:
            return arguments
        *given, last = arguments
        if not isinstance(last, Known):
            return None
        if not isinstance(last.value, tuple):
            raise Fault("only a list can be expanded into arguments")
        return [*given, *last.value]

    def _evaluate_try(self, name: str, node: Call, frame: Frame) -> Value:
        if not node.arguments or (name == "can" and len(node.arguments) > 1):
            raise Fault(f"{name} takes {'one argument' if name == 'can' else 'at least one argument'}")
        span = frame.span(node.at)
        fault: Fault | None = None
        for argument in node.arguments:
            try:
                value = self.evaluate(argument, frame)
            except CycleFault:
                raise
            except Fault as refused:
                fault = refused
                continue
            if name == "can":
                return unknown_from((value,), span) if _may_be_refused(value) else lift_value(True, span)
            return value
        if name == "can":
            return lift_value(False, span)
        raise Fault(f"try finds nothing that can be evaluated: {fault}")

    def _render(self, text: str, file: str, variables: Value) -> Value:
        if not isinstance(variables, Known):
            return unknown_from((variables,), variables.span)
        try:
            node = self.parse_template(text, file)
        except SourceError as error:
            raise Fault(str(error)) from error
        return self.evaluate(node, Frame(None, file, dict(variables.entries())))

    def _chain(self, node: Expression, frame: Frame) -> Value:
        """Return a name with any attributes and indexes after it."""
        whole = node
        steps: list[GetAttribute | Index] = []
        while isinstance(node, (GetAttribute, Index)):
            steps.append(node)
            node = node.of
        steps.reverse()
        if not isinstance(node, Name):
            value = self.evaluate(node, frame)
        elif node.name in frame.names:
            value = frame.names[node.name]
        elif frame.scope is None:
            raise Fault(f"{node.name} is not defined here")
        else:
            value, steps = frame.scope.resolve(node.name, steps, frame)
        for step in steps:
            value = self.step(value, step, frame)
        return place_value(value, frame.span(whole.at))

    def step(self, value: Value, step: GetAttribute | Index, frame: Frame) -> Value:
        """Return one attribute or element of a value."""
        span = frame.span(step.at)
        if isinstance(step, Index):
            return index_of(value, self.evaluate(step.key, frame), span)
        return self._attribute(value, step.name, frame, step.at)

    def _attribute(self, value: Value, name: str, frame: Frame, at: Any) -> Value:  # noqa: ANN401 - a place
        if isinstance(value, Ref) and not value.path and frame.scope is not None:
            return frame.scope.attribute(value, name, frame.span(at))
        found = attribute_of(value, name, frame.span(at))
        return found if frame.scope is None else frame.scope.follow_nested(found)

    def _splat(self, node: Splat, frame: Frame) -> Value:
        return self._spread(self.evaluate(node.of, frame), node, frame)

    def _spread(self, value: Value, node: Splat, frame: Frame) -> Value:
        """Return the steps of a splat taken from each element; anything but a list counts as a list of one."""
        span = frame.span(node.at)
        if isinstance(value, Known) and value.value is None:
            return Known((), kind="tuple", span=span)
        if isinstance(value, Known) and isinstance(value.value, tuple):
            elements: tuple[Value, ...] = value.value
        elif isinstance(value, Known) or (isinstance(value, Ref) and not value.path):
            elements = (value,)
        else:
            blocks = frame.scope.spread(value, span) if isinstance(value, Ref) and frame.scope else None
            if blocks is None:
                return unknown_from((value,), span)
            elements = blocks
        return Known(tuple(self._apply_splat(element, node, frame) for element in elements), kind="tuple", span=span)

    def _apply_splat(self, value: Value, node: Splat, frame: Frame) -> Value:
        for step in node.steps:
            if isinstance(step, str):
                value = self._attribute(value, step, frame, node.at)
            elif isinstance(step, Splat):
                value = self._spread(value, step, frame)
            else:
                value = index_of(value, self.evaluate(step, frame), frame.span(node.at))
        return value

    def _for_list(self, node: ForList, frame: Frame) -> Value:
        collection = self.evaluate(node.collection, frame)
        span = frame.span(node.at)
        if not isinstance(collection, Known):
            return unknown_from((collection,), span)
        elements: list[Value] = []
        for key, value in pairs(collection):
            inner = frame.with_pair(node.key, key, node.value, value)
            wanted = self._meets_condition(node.condition, inner)
            if wanted is None:
                return Unknown("it is not known which elements the condition takes", span=span)
            if wanted:
                elements.append(self.evaluate(node.body, inner))
        return Known(tuple(elements), kind="tuple", span=span)

    def _meets_condition(self, condition: Expression | None, frame: Frame) -> bool | None:
        if condition is None:
            return True
        return truth(self.evaluate(condition, frame))

    def _for_map(self, node: ForMap, frame: Frame) -> Value:
        collection = self.evaluate(node.collection, frame)
        span = frame.span(node.at)
        if not isinstance(collection, Known):
            return unknown_from((collection,), span)
        grouped: dict[str, list[Value]] = {}
        names: list[Value] = []
        for key, value in pairs(collection):
            inner = frame.with_pair(node.key, key, node.value, value)
            wanted = self._meets_condition(node.condition, inner)
            if wanted is False:
                continue
            names.append(self.evaluate(node.name, inner))
            name = self._key(names[-1])
            if wanted is None or name is None:
                return Unknown("it is not known which keys the loop makes", span=span)
            grouped.setdefault(name, []).append(self.evaluate(node.body, inner))
        # The keys came from somewhere too; whoever goes through the map takes that from the map itself.
        return replace(self._build_map(grouped, node, frame), origins=marks_of(names).origins)

    @staticmethod
    def _build_map(grouped: dict[str, list[Value]], node: ForMap, frame: Frame) -> Value:
        span = frame.span(node.at)
        if node.group:
            listed = {name: Known(tuple(values), kind="tuple", span=span) for name, values in grouped.items()}
            return Known(listed, kind="object", span=span)
        double = next((name for name, values in grouped.items() if len(values) > 1), None)
        if double is not None:
            raise Fault(f"the loop makes the key {double!r} twice")
        return Known({name: values[0] for name, values in grouped.items()}, kind="object", span=span)


def _may_be_refused(value: Value) -> bool:
    """Return whether what is not known of a value may yet turn out to be a fault; a reference stands for a value."""
    return any(
        not piece.content.is_reference
        for part in value.parts()
        if not isinstance(part, Known)
        for piece in part.pieces_of_text()
        if not isinstance(piece.content, str)
    )
