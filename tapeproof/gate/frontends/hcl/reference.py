"""HCL text to syntax, through python-hcl2: what the native reader is held against, takes what that leaves, and refuses.

Importing this costs nothing; the parser is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.frontends.hcl.masking import MaskingError, mask

if TYPE_CHECKING:
    from lark.exceptions import UnexpectedInput

    from tapeproof.gate.engine.evaluator.syntax import Body
    from tapeproof.gate.frontends.hcl.positions import Positions

__all__ = ["read_body"]

_LONGEST = 40


def read_body(text: str, file: str, positions: Positions) -> Body:
    """Return what is in a file.

    Args:
        text: The file's text.
        file: Its path, for messages.
        positions: The text's lines.

    Raises:
        SourceError: It is no HCL; the message names line, column and reason.
    """
    from tapeproof.gate.frontends.hcl.tree import import_parser, parse_tree  # noqa: PLC0415 - hardly a file needs it

    import_parser()
    from lark.exceptions import UnexpectedInput  # noqa: PLC0415 - as above

    from tapeproof.gate.frontends.hcl.lowering import Lowering  # noqa: PLC0415 - as above

    try:
        masked = mask(text)
        return Lowering(text, masked, positions).body(parse_tree(masked.text).children[0])
    except MaskingError as error:
        raise SourceError(file, str(error), *positions.of(error.position)) from error
    except UnexpectedInput as error:
        raise _explain_unexpected(error, text, file, positions) from error
    except RecursionError as error:
        raise SourceError(file, "the file is nested too deeply to be read") from error


def _explain_unexpected(error: UnexpectedInput, text: str, file: str, positions: Positions) -> SourceError:
    start = error.pos_in_stream
    if start is None or start >= len(text.rstrip()):
        return SourceError(file, "the file ends in the middle of something", *positions.of(len(text)))
    end = getattr(getattr(error, "token", None), "end_pos", None) or start + 1
    token = text[start : max(end, start + 1)].strip()
    shown = repr(token[:_LONGEST]) if token else "a new line"
    return SourceError(file, f"{shown} is not expected here", *positions.of(start))
