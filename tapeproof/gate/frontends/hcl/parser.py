"""HCL text to syntax: read natively where that suffices, else through python-hcl2, which also says what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.syntax import Body, Parenthesis, Source
from tapeproof.gate.frontends.hcl import reference
from tapeproof.gate.frontends.hcl.native.bodies import read_body
from tapeproof.gate.frontends.hcl.positions import Positions

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.syntax import Expression

__all__ = ["parse_expression", "parse_hcl", "parse_template"]

_WRAP = "x = ("


def parse_hcl(text: str, file: str) -> Source:
    """Return the syntax of an HCL file.

    Args:
        text: What is in the file.
        file: Its path, for messages.

    Raises:
        SourceError: It is no HCL; the message names line, column and reason.
    """
    return Source(_body(text, file))


def parse_expression(text: str, file: str) -> Expression:
    """Return the syntax of one expression, such as the value of ``TF_VAR_routes``.

    Raises:
        SourceError: It is no expression.
    """
    body = _body(f"{_WRAP}{text}\n)", file)
    node = body.attributes[0].expression
    if len(body.attributes) > 1 or body.blocks or not isinstance(node, Parenthesis):
        raise SourceError(file, "expected one expression, got a bracket that closes what it did not open", 1, 1)
    return node.inner


def parse_template(text: str, file: str) -> Expression:
    """Return the syntax of a template, such as a file for ``templatefile`` or a string in JSON syntax.

    Positions are those of the text, from line 1 and column 1.

    Raises:
        SourceError: It is no template.
    """
    marker = "TEMPLATE"
    while marker in text:
        marker += "_"
    template = _body(f"x = <<{marker}\n{text}\n{marker}\n", file, lines_before=1).attributes[0].expression
    # The newline before the marker is the heredoc's, not the template's.
    *parts, last = template.parts
    return template._replace(parts=(*parts, last._replace(value=last.value[:-1])))


def _body(text: str, file: str, lines_before: int = 0) -> Body:
    positions = Positions(text, lines_before)
    body = read_body(text, positions)
    return reference.read_body(text, file, positions) if body is None else body
