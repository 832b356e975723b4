"""The type constraint of a variable, ``object({ name = optional(string, "x") })``, to a type."""

from __future__ import annotations

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.interfaces import Evaluation, Frame
from tapeproof.gate.engine.evaluator.syntax import Call, Constant, Expression, Listing, Name, Object, Parenthesis
from tapeproof.gate.engine.evaluator.types import ANY, Field, Type

__all__ = ["type_from", "type_text"]

_SIMPLE = {"any": ANY, "string": Type("string"), "number": Type("number"), "bool": Type("bool")}
_COLLECTIONS = {"list", "set", "map"}
_OPTIONAL_ARGUMENTS = (1, 2)


def type_from(node: Expression, evaluator: Evaluation, file: str) -> Type:
    """Return the type an expression stands for.

    Raises:
        Fault: It is no type.
    """
    if isinstance(node, Parenthesis):
        return type_from(node.inner, evaluator, file)
    if isinstance(node, Constant) and isinstance(node.value, str):
        return _find_type(node.value)  # Terraform 0.11 wrote types in quotes
    if isinstance(node, Name):
        return _find_type(node.name)
    if isinstance(node, Call) and len(node.arguments) == 1:
        return _build_type(node.name, node.arguments[0], evaluator, file)
    raise Fault("this is no type constraint")


def _find_type(name: str) -> Type:
    if name in _SIMPLE:
        return _SIMPLE[name]
    if name in _COLLECTIONS:
        return Type(name, ANY)
    raise Fault(f"there is no type {name!r}")


def _build_type(name: str, argument: Expression, evaluator: Evaluation, file: str) -> Type:
    if name in _COLLECTIONS:
        return Type(name, type_from(argument, evaluator, file))
    if name == "tuple" and isinstance(argument, Listing):
        return Type("tuple", elements=tuple(type_from(item, evaluator, file) for item in argument.items))
    if name == "object" and isinstance(argument, Object):
        return Type("object", fields={key.value: _field(value, evaluator, file) for key, value in argument.items})
    raise Fault(f"there is no type {name!r}")


def _field(node: Expression, evaluator: Evaluation, file: str) -> Field:
    if not isinstance(node, Call) or node.name != "optional":
        return Field(type_from(node, evaluator, file))
    if len(node.arguments) not in _OPTIONAL_ARGUMENTS:
        raise Fault("optional takes a type and a default")
    type_ = type_from(node.arguments[0], evaluator, file)
    if len(node.arguments) == 1:
        return Field(type_, optional=True)
    default = evaluator.evaluate(node.arguments[1], Frame(None, file))
    return Field(type_, optional=True, default=convert(default, type_))


def type_text(node: Expression) -> str:
    """Return a type constraint as it would be written, on one line."""
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Constant):
        return str(node.value)
    if isinstance(node, Call):
        return f"{node.name}({', '.join(map(type_text, node.arguments))})"
    if isinstance(node, Listing):
        return f"[{', '.join(map(type_text, node.items))}]"
    if isinstance(node, Object):
        return "{" + ", ".join(f"{key.value}={type_text(value)}" for key, value in node.items) + "}"
    return "…"
