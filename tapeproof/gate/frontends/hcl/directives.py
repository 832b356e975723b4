"""Directives of templates: sequences between which everything else is one alternative, or is repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from tapeproof.gate.engine.evaluator.syntax import Constant, Expression, Template, TemplateFor, TemplateIf
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.frontends.hcl.masking import MaskingError

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.syntax import At

__all__ = ["Directive", "assemble_directives", "wrap_literal"]


class Directive(NamedTuple):
    """A ``%{ … }`` sequence before it is matched with the others.

    Attributes:
        word: ``if``, ``else``, ``endif``, ``for`` or ``endfor``.
        expression: The condition, or what is gone through.
        names: The variables of a loop: key and value; the key is empty when there is none.
        at: Its place.
        position: Where in the text it begins.
    """

    word: str
    expression: Expression
    names: tuple[str, str]
    at: At
    position: int


def wrap_literal(node: Expression, at: At) -> Expression:
    """Return an interpolated expression that cannot be taken for literal text."""
    return Template((node,), at) if isinstance(node, Constant) and isinstance(node.value, str) else node


def assemble_directives(nodes: list[Expression]) -> tuple[Expression, ...]:
    """Return the parts with opening, middle and closing directives made one node each.

    Raises:
        MaskingError: A directive is not closed, or closes nothing.
    """
    outer: list[list[Expression]] = [[]]
    opened: list[tuple[Directive, list[Expression] | None]] = []
    for node in nodes:
        if not isinstance(node, Directive):
            outer[-1].append(node)
        elif node.word in {"if", "for"}:
            opened.append((node, None))
            outer.append([])
        elif node.word == "else":
            if not opened or opened[-1][0].word != "if" or opened[-1][1] is not None:
                _refuse(node)
            opened[-1] = (opened[-1][0], outer[-1])
            outer[-1] = []
        else:
            if not opened or f"end{opened[-1][0].word}" != node.word:
                _refuse(node)
            outer[-2].append(_close_directive(*opened.pop(), outer.pop()))
    if opened:
        raise MaskingError(f"a template's {opened[-1][0].word!r} is not closed", opened[-1][0].position)
    return tuple(outer[0])


def _close_directive(directive: Directive, then: list[Expression] | None, last: list[Expression]) -> Expression:
    if directive.word == "for":
        key, value = directive.names
        return TemplateFor(key, value, directive.expression, tuple(last), directive.at)
    if then is None:
        return TemplateIf(directive.expression, tuple(last), (), directive.at)
    return TemplateIf(directive.expression, tuple(then), tuple(last), directive.at)


def _refuse(directive: Directive) -> NoReturn:
    raise MaskingError(f"a template's {directive.word!r} closes nothing", directive.position)
