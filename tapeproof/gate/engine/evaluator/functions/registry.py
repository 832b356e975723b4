"""The table of Terraform's functions, and how one is called on values that may not be known.

Most functions are plain: they take and return plain Python, and on anything unknown the result is unknown. The others
are partial: they take values and keep what is known of them, so that ``concat`` or ``merge`` of references still shows
every element, each at its own place.

Source: Terraform documentation, "Built-in Functions"; ``terraform metadata functions -json`` for the signatures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.marks import Marks, lift_value, marks_of, place_value, unknown_from
from tapeproof.gate.engine.evaluator.types import Type
from tapeproof.gate.engine.model import Known, Span, Undecided, Unknown, Value
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tapeproof.gate.engine.evaluator.files import Files

__all__ = ["FUNCTIONS", "Function", "Invocation", "invoke", "partial", "plain", "unpredictable"]


class Invocation(NamedTuple):
    """One call.

    Attributes:
        name: The function's name.
        span: Where the call stands.
        arguments: Its arguments as they were given.
        files: What file functions read from.
        render: Evaluates a template's text with variables, for ``templatefile``.
    """

    name: str
    span: Span
    arguments: Sequence[Value]
    files: Files
    render: Callable[[str, str, Value], Value]

    @property
    def marks(self) -> Marks:
        """Origins and secrecy of all arguments together; most functions over values do not ask."""
        return marks_of(self.arguments)

    def known(self, content: Any) -> Value:  # noqa: ANN401 - plain Python of any shape
        """Return a result that carries the marks of the arguments."""
        return lift_value(content, self.span, self.marks)

    def unknown(self, values: Sequence[Value]) -> Value:
        """Return the unknown result of arguments that are not all known."""
        return unknown_from(values, self.span)


class Function(NamedTuple):
    """A function's signature and body.

    Attributes:
        name: The function's name.
        parameters: The types of its arguments.
        rest: The type of any further arguments.
        nullable: Whether it takes null.
        partial: Whether its body takes values, and not plain Python.
        body: What it does.
        gives: The kind of collection a plain result is; the kind of its shape (a tuple, an object) when empty.
    """

    name: str
    parameters: tuple[Type, ...]
    rest: Type | None
    nullable: bool
    partial: bool
    body: Callable[..., Any]
    gives: str = ""


FUNCTIONS: dict[str, Function] = {}
"""Every function by name."""


def plain(name: str, *parameters: Type, rest: Type | None = None, gives: str = "") -> Callable[..., Any]:
    """Register a function over plain Python."""
    return _register_function(name, parameters, rest, nullable=False, partial=False, gives=gives)


def partial(name: str, *parameters: Type, rest: Type | None = None, nullable: bool = False) -> Callable[..., Any]:
    """Register a function over values; its body takes the invocation first."""
    return _register_function(name, parameters, rest, nullable=nullable, partial=True)


def unpredictable(name: str, why: str) -> None:
    """Register a function whose result cannot be known beforehand."""

    def body(call: Invocation, *_values: Value) -> Value:
        return Unknown(why, span=call.span, origins=call.marks.origins, sensitive=call.marks.sensitive)

    partial(name, rest=Type("any"), nullable=True)(body)


def _register_function(
    name: str, parameters: tuple[Type, ...], rest: Type | None, *, nullable: bool, partial: bool, gives: str = ""
) -> Callable[..., Any]:
    def register(body: Callable[..., Any]) -> Callable[..., Any]:
        FUNCTIONS[name] = Function(name, parameters, rest, nullable, partial, body, gives)
        return body

    return register


def invoke(name: str, arguments: Sequence[Value], call: Invocation) -> Value:
    """Return what a function makes of its arguments.

    Raises:
        Fault: There is no such function, or it refuses the arguments.
    """
    function = FUNCTIONS.get(name)
    if function is None:
        raise Fault(f"there is no function {name!r}")
    values = _convert_arguments(function, arguments)
    try:
        if function.partial:
            made = function.body(call, *values)
            return place_value(made, call.span) if isinstance(made, Value) else lift_value(made, call.span, call.marks)
        if all(value.known for value in values):
            result = call.known(function.body(*(value.plain() for value in values)))
            return replace(result, kind=function.gives) if function.gives and isinstance(result, Known) else result
    except (Undecided, TypeError, ValueError, IndexError, ArithmeticError) as error:
        # What the body cannot take (a null in a list, a fraction where a position is meant), Terraform refuses.
        raise Fault(f"{name}: {error}") from error
    return _of_unknown(name, values, call.span)


def _of_unknown(name: str, values: Sequence[Value], span: Span) -> Value:
    """Return the unknown result; two calls with the same one unknown argument have the same result."""
    result = unknown_from(values, span)
    unknowns = [value for value in values if not value.known]
    inner = unknowns[0]
    if len(unknowns) > 1 or not isinstance(inner, Unknown) or not inner.symbol:
        return result
    shown = (inner.symbol if value is inner else repr(value.plain()) for value in values)
    return replace(result, symbol=f"{name}({', '.join(shown)})")


def _convert_arguments(function: Function, arguments: Sequence[Value]) -> list[Value]:
    """Return the arguments converted to the parameters' types."""
    fewest = len(function.parameters)
    if len(arguments) < fewest or (function.rest is None and len(arguments) > fewest):
        raise Fault(f"{function.name} takes {fewest} arguments, not {len(arguments)}")
    values = []
    for index, argument in enumerate(arguments):
        type_ = function.parameters[index] if index < fewest else function.rest
        if isinstance(argument, Known) and argument.value is None and not function.nullable:
            raise Fault(f"argument {index + 1} of {function.name} must not be null")
        values.append(convert(argument, type_) if type_ is not None else argument)
    return values
