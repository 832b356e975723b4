"""Secrets in files of the repository that an expression reads into an attribute: ``file()``, ``templatefile()``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.exposure import of_text
from tapeproof.gate.engine.model import Known, Text
from tapeproof.gate.secrets.formats import Clue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.aws.exposure import Exposure
    from tapeproof.gate.engine.model import Block

__all__ = ["secrets_read"]


def secrets_read(block: Block) -> Iterator[Exposure]:
    """Yield what texts of several lines in a block expose by form or name; what looks random may be anything there."""
    for inner in block.walk():
        for name, value in inner.attributes.items():
            text = value.value if isinstance(value, Known) else None
            if isinstance(value, Text) or (isinstance(text, str) and "\n" in text):
                for piece in value.pieces_of_text():
                    for exposure in of_text(piece, guessing=False):
                        if exposure.clue is not Clue.RANDOMNESS:
                            yield exposure._replace(message=f"{exposure.message} stands in the text of {name}")
