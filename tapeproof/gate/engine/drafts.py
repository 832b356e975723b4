"""What an editor holds and has not saved: texts over the files of their names."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tapeproof.gate.engine.errors import SourceError
    from tapeproof.gate.engine.evaluator.syntax import Source

__all__ = ["Drafts"]


class Drafts:
    """Texts that are not saved, and the syntax of what was parsed before, so that a keystroke has one file parsed.

    Args:
        texts: Texts by the real paths of their files.
        parsed: The text of each file, by the name it is shown under, and what parsing it gave.
    """

    def __init__(
        self,
        texts: Mapping[str, str] | None = None,
        parsed: dict[str, tuple[str, Source | SourceError]] | None = None,
    ) -> None:
        self.texts = dict(texts or {})
        self.parsed = {} if parsed is None else parsed

    def copy(self) -> Drafts:
        """Return the drafts as they are now; what was parsed is shared."""
        return Drafts(self.texts, self.parsed)

    def find_text(self, path: Path) -> str | None:
        """Return the text that is held for a file, if one is."""
        return self.texts.get(os.path.realpath(path)) if self.texts else None

    def find_state(self, path: Path) -> str | None:
        """Return the state of the file as if it were saved, if a text is held for it."""
        text = self.find_text(path)
        return None if text is None else hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
