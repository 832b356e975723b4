"""HCL text to syntax, through python-hcl2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.syntax import Body, Source
from tapeproof.gate.frontends.hcl.masking import MaskingError, mask
from tapeproof.gate.frontends.hcl.positions import Positions
from tapeproof.gate.frontends.hcl.tree import import_parser, parse_tree

if TYPE_CHECKING:
    from lark.exceptions import UnexpectedInput

    from tapeproof.gate.engine.evaluator.syntax import Expression

__all__ = ["import_parser", "parse_expression", "parse_hcl", "parse_template"]

_WRAP = "x = ("
_LONGEST = 40


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
    return _body(f"{_WRAP}{text}\n)", file).attributes[0].expression.inner


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
    import_parser()
    from lark.exceptions import UnexpectedInput  # noqa: PLC0415 - a warm cache needs no parser

    from tapeproof.gate.frontends.hcl.lowering import Lowering  # noqa: PLC0415

    positions = Positions(text)
    del positions.starts[:lines_before]
    try:
        masked = mask(text)
        return Lowering(text, masked, positions).body(parse_tree(masked.text).children[0])
    except MaskingError as error:
        raise SourceError(file, str(error), *positions.of(error.position)) from error
    except UnexpectedInput as error:
        raise _unexpected(error, text, file, positions) from error
    except RecursionError as error:
        raise SourceError(file, "is nested too deeply to be read") from error


def _unexpected(error: UnexpectedInput, text: str, file: str, positions: Positions) -> SourceError:
    start = error.pos_in_stream
    if start is None or start >= len(text.rstrip()):
        return SourceError(file, "the file ends in the middle of something", *positions.of(len(text)))
    end = getattr(getattr(error, "token", None), "end_pos", None) or start + 1
    token = text[start : max(end, start + 1)].strip()
    shown = repr(token[:_LONGEST]) if token else "a new line"
    return SourceError(file, f"{shown} is not expected here", *positions.of(start))
