"""What is the same in all environments of a root module, worked out before there are workers for them.

A worker can be ended where it takes too long, and this cannot: so only files of ordinary size are taken, all of them
together no more than are read at once, and only until the time is over.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from tapeproof.gate.aws.exposure import search_ahead
from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.literals import written_in

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.syntax import Source
    from tapeproof.gate.frontends.hcl.sources import Sources

__all__ = ["length_of", "read_ahead"]

_ORDINARY, _AHEAD = 100_000, 2_000_000
"""How many characters of one file, and of all files, are parsed before there are workers."""
_BRIEF = 2_000
"""How many characters of one text are searched for secrets."""


def read_ahead(sources: Sources, paths: Collection[Path], deadline: float) -> None:
    """Parse what each worker would parse for itself where roots have several environments, if it is not much.

    Args:
        sources: Parses files, and remembers them.
        paths: The files.
        deadline: When it must be done, by ``time.monotonic()``.
    """
    lengths = {path: length_of(sources, path) for path in sorted(paths)}
    if sum(lengths.values()) > _AHEAD:
        return
    for path, length in lengths.items():
        if length <= _ORDINARY and time.monotonic() < deadline:
            with suppress(SourceError, RecursionError):
                _find_literals(sources, str(path), sources.parse_file(path))


def length_of(sources: Sources, path: Path) -> int:
    """Return how many characters a file has; none where it cannot be read."""
    try:
        return len(sources.text(path))
    except SourceError:
        return 0


def _find_literals(sources: Sources, file: str, source: Source) -> None:
    """Find the literal text in a file, and search it for secrets; both are remembered."""
    found = {id(written.node): written for written in written_in(source, file)}
    sources.written.update(found)
    literals = (literal for written in found.values() for literal in written.literals)
    search_ahead([literal.text for literal in literals if len(literal.text) <= _BRIEF])
