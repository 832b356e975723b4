"""Files and blocks.

Source: HCL Native Syntax Specification, "Structural Elements".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.syntax import Attribute, Body, Nested
from tapeproof.gate.frontends.hcl.literals import EscapeError
from tapeproof.gate.frontends.hcl.masking import MaskingError
from tapeproof.gate.frontends.hcl.native.cursor import NAME, NotTakenError
from tapeproof.gate.frontends.hcl.native.expressions import PLAIN, Expressions

if TYPE_CHECKING:
    from tapeproof.gate.frontends.hcl.positions import Positions

__all__ = ["read_body"]

_ITEM = re.compile(rf"({NAME})[ \t]*+(=(?![=>]))?+")
_LABEL = re.compile(rf"{PLAIN}|({NAME})")


def read_body(text: str, positions: Positions) -> Body | None:
    """Return what is in a file; None when it is no HCL, or HCL of a rare kind.

    Args:
        text: The file's text.
        positions: Its lines.
    """
    try:
        return _Bodies(text, positions).file()
    except (NotTakenError, MaskingError, EscapeError, RecursionError):
        return None


class _Bodies(Expressions):
    def file(self) -> Body:
        body = self._body()
        if self.here != self.end:
            raise NotTakenError
        return body

    def _body(self) -> Body:
        """Return attributes and blocks up to whatever else comes."""
        self.enter()
        attributes: list[Attribute] = []
        blocks: list[Nested] = []
        text = self.text
        while True:
            found = _ITEM.match(text, self.skip_lines())
            if found is None:
                break
            name, assigns = found.groups()
            start, end = found.span(1)
            self.here = found.end()
            if assigns or self.assigns("="):
                at = self.at(start, end)
                attributes.append(Attribute(name, self.expression(), at))
            else:
                blocks.append(self._block(name, start, end))
            if text[self.skip()] not in "\n}\0":
                raise NotTakenError
        self.leave()
        return Body(tuple(attributes), tuple(blocks))

    def _block(self, name: str, start: int, end: int) -> Nested:
        labels = []
        while (found := _LABEL.match(self.text, self.skip())) is not None:
            self.here = end = found.end()
            labels.append(found[found.lastindex or 0])
        self.take("{")
        at = self.at(start, end)
        body = self._body()
        closing = self.here
        self.take_here("}")
        return Nested(name, tuple(labels), body, at, self.at(closing, closing + 1))
