"""Parsed files on disk, by the content they were parsed from.

Entries are pickles, which can hold code; so they are read by an unpickler that knows only the nodes of our syntax and
refuses everything else, whatever somebody may have put into the folder.
"""

from __future__ import annotations

import io
import os
import pickle
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.evaluator import syntax

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SyntaxCache"]

_ALLOWED = {("tapeproof.gate.engine.evaluator.syntax", name): getattr(syntax, name) for name in syntax.__all__}
_ALLOWED["decimal", "Decimal"] = Decimal


class SyntaxCache:
    """A folder of parsed files.

    Args:
        folder: Where entries are kept; made when the first one is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, digest: str, shown: str) -> syntax.Source | None:
        """Return the syntax of a content that was parsed before, or None.

        Args:
            digest: SHA-256 of the content.
            shown: The file's name, of which only the ending matters.
        """
        try:
            content = self._path(digest, shown).read_bytes()
            found = _Reader(io.BytesIO(content)).load()
        except (OSError, pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, IndexError, KeyError):
            return None
        return found if isinstance(found, syntax.Source) else None

    def put(self, digest: str, shown: str, source: syntax.Source) -> None:
        """Keep the syntax of a content; a folder that cannot be written to keeps nothing."""
        path = self._path(digest, shown)
        try:
            content = pickle.dumps(source, protocol=5)
        except RecursionError:
            return
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.write_bytes(content)
            unfinished.replace(path)

    def _path(self, digest: str, shown: str) -> Path:
        kind = next((end for end in (".tfvars.json", ".json") if shown.endswith(end)), ".tf")
        return self.folder / f"{digest}{kind}.ast"


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as the base class has it
        """Return one of our nodes.

        Raises:
            pickle.UnpicklingError: It is anything else.
        """
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a parsed file") from None
