"""Expressions to values."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator import operators, templates
from tapeproof.gate.engine.evaluator.calls import Calls
from tapeproof.gate.engine.evaluator.collection_values import evaluate_list, evaluate_object, loop_to_list, loop_to_map
from tapeproof.gate.engine.evaluator.conversion import convert, truth
from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.evaluator.marks import add_marks, marks_of, unknown_from
from tapeproof.gate.engine.evaluator.normal_form import compose
from tapeproof.gate.engine.evaluator.sizes import Sizes
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
from tapeproof.gate.engine.evaluator.traversals import evaluate_chain, evaluate_splat
from tapeproof.gate.engine.evaluator.types import type_of, unify_types
from tapeproof.gate.engine.model import Known, Piece, Unknown, Value
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.files import Files
    from tapeproof.gate.engine.evaluator.interfaces import Frame

__all__ = ["Constants", "Evaluator"]

Constants: TypeAlias = dict[int, tuple[Constant, str, Value]]
"""Values of constants: by the identity of the node, the node itself, its file and its value."""

_MOST_STEPS = 600_000
"""How many expressions one root module may take, in all its instances; a large one takes fifty thousand."""
_LARGE = 20_000
_PARTS_OF_A_STEP = 50
_SCALARS = frozenset((str, bool, int, Decimal, type(None)))


class Evaluator:
    """Evaluates expressions of one configuration.

    Args:
        files: What file functions read from.
        parse_template: Makes syntax of a template's text, given the text and its file's name.
        constants: The values of constants that were evaluated before, perhaps for other inputs.
    """

    def __init__(
        self,
        files: Files,
        parse_template: Callable[[str, str], Expression],
        constants: Constants | None = None,
    ) -> None:
        self.files = files
        self.steps = 0
        self.sizes = Sizes()
        self.constants: Constants = {} if constants is None else constants
        chain = partial(evaluate_chain, self)
        self.makers: dict[type, Callable[[Any, Frame], Value]] = {
            Binary: self._binary,
            Call: Calls(self, files, parse_template).call,
            Conditional: self._conditional,
            Constant: self._constant,
            ForList: partial(loop_to_list, self),
            ForMap: partial(loop_to_map, self),
            GetAttribute: chain,
            Index: chain,
            Listing: partial(evaluate_list, self),
            Name: chain,
            Object: partial(evaluate_object, self),
            Parenthesis: lambda node, frame: self.evaluate(node.inner, frame),
            Splat: partial(evaluate_splat, self),
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
        value = self.makers[type(node)](node, frame)
        return value if value.__class__ is not Known or value.value.__class__ in _SCALARS else self._bound(value)

    def _bound(self, value: Value) -> Value:
        """Return a collection, or what stands for it; going through a large one takes steps of its own."""
        bounded, size = self.sizes.bound(value)
        if size > _LARGE:
            self.steps += size // _PARTS_OF_A_STEP
        return bounded

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
        known = self.constants.get(id(node))
        if known is not None and known[1] == frame.file:
            return known[2]
        span = frame.span(node.at)
        pieces = (Piece(node.value, span, node.shifts),) if node.shifts else ()
        value: Value = Known(node.value, span=span, pieces=pieces)
        if isinstance(node.value, str) and not node.value.isascii():
            value = compose(value)
        self.constants[id(node)] = node, frame.file, value  # it keeps the node, so that no other has its identity
        return value

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
