"""Calls of functions, and the two that look at faults: try and can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.evaluator.functions import FUNCTIONS, Invocation, invoke
from tapeproof.gate.engine.evaluator.interfaces import Frame
from tapeproof.gate.engine.evaluator.marks import lift_value, unknown_from
from tapeproof.gate.engine.evaluator.normal_form import compose
from tapeproof.gate.engine.evaluator.written_arns import TAKING_APART, take_apart
from tapeproof.gate.engine.model import Known, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.files import Files
    from tapeproof.gate.engine.evaluator.interfaces import Evaluation
    from tapeproof.gate.engine.evaluator.syntax import Call, Expression

__all__ = ["Calls"]

_MAKE_STRINGS = frozenset(
    ("csvdecode", "fileset", "formatlist", "jsondecode", "regex", "regexall", "split", "transpose", "yamldecode")
)
"""Functions that return collections of strings which no argument held."""


class Calls:
    """Evaluates calls.

    Args:
        evaluator: What gives the arguments their values.
        files: What file functions read from.
        parse_template: Makes syntax of a template's text, given the text and its file's name.
    """

    def __init__(self, evaluator: Evaluation, files: Files, parse_template: Callable[[str, str], Expression]) -> None:
        self._evaluator = evaluator
        self._files = files
        self._parse_template = parse_template

    def call(self, node: Call, frame: Frame) -> Value:
        """Return what a call returns."""
        name = node.name.removeprefix("core::")
        span = frame.span(node.at)
        if name in {"try", "can"}:
            return self._evaluate_try(name, node, frame)
        if name.startswith("provider::") and name not in FUNCTIONS:
            return Unknown(f"{name}() is a function of a provider, which the gate does not run", span=span)
        arguments = self._arguments(node, frame)
        if arguments is None:
            return Unknown(f"the arguments of {name}() are not known", span=span)
        call = Invocation(name, span, arguments, self._files, self._render)
        told = take_apart(call, frame.scope) if name in TAKING_APART and frame.scope is not None and arguments else None
        made = invoke(name, arguments, call) if told is None else told
        is_plain = isinstance(made, Known) and not isinstance(made.value, str) and name not in _MAKE_STRINGS
        return made if is_plain else compose(made)

    def _arguments(self, node: Call, frame: Frame) -> list[Value] | None:
        arguments = [self._evaluator.evaluate(argument, frame) for argument in node.arguments]
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
                value = self._evaluator.evaluate(argument, frame)
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
            node = self._parse_template(text, file)
        except SourceError as error:
            raise Fault(str(error)) from error
        return self._evaluator.evaluate(node, Frame(None, file, dict(variables.entries())))


def _may_be_refused(value: Value) -> bool:
    """Return whether what is not known of a value may yet turn out to be a fault; a reference stands for a value."""
    return any(
        not piece.content.is_reference
        for part in value.parts()
        if not isinstance(part, Known)
        for piece in part.pieces_of_text()
        if not isinstance(piece.content, str)
    )
