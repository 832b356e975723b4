"""Attributes that a provider makes of the configuration alone, so that they are known as soon as that is.

Sources: documentation of ``terraform_data`` and of the providers null, template, local and aws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tapeproof.gate.engine.evaluator.syntax import Call, GetAttribute, Object

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.syntax import At, Body, Expression

__all__ = ["DERIVING", "derived_expression"]

_Making: TypeAlias = "Callable[[Body, At], Expression | None]"


def derived_expression(mode: str, type_: str, name: str, body: Body, at: At) -> Expression | None:
    """Return what an attribute that nobody configures comes to, as an expression; None where only apply tells.

    Args:
        mode: ``managed`` or ``data``.
        type_: The type.
        name: The attribute.
        body: What is configured.
        at: Where the block stands.
    """
    make = _DERIVED.get((mode, type_, name))
    return None if make is None else make(body, at)


def _same_as(configured: str) -> _Making:
    return lambda body, _at: body.expression(configured)


def _call(function: str, *configured: str) -> _Making:
    """Return what makes a call of a function; its first argument must be configured, the others are maps."""

    def make(body: Body, at: At) -> Expression | None:
        first, *others = (body.expression(name) for name in configured)
        if first is None:
            return None
        given = (Object((), at) if other is None else other for other in others)
        return Call(function, (first, *given), False, at)

    return make


def _part_of_arn(part: str) -> _Making:
    def make(body: Body, at: At) -> Expression | None:
        parsed = _call("provider::aws::arn_parse", "arn")(body, at)
        return None if parsed is None else GetAttribute(parsed, part, at)

    return make


_DERIVED: dict[tuple[str, str, str], _Making] = {
    ("managed", "terraform_data", "output"): _same_as("input"),
    ("data", "null_data_source", "outputs"): _same_as("inputs"),
    ("data", "template_file", "rendered"): _call("templatestring", "template", "vars"),
    ("data", "local_file", "content"): _call("file", "filename"),
    ("data", "aws_arn", "partition"): _part_of_arn("partition"),
    ("data", "aws_arn", "service"): _part_of_arn("service"),
    ("data", "aws_arn", "region"): _part_of_arn("region"),
    ("data", "aws_arn", "account"): _part_of_arn("account_id"),
    ("data", "aws_arn", "resource"): _part_of_arn("resource"),
}
DERIVING = frozenset(type_ for _, type_, _ in _DERIVED)
"""Types that have such attributes; few resources are of one, and every reference asks."""
