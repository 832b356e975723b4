"""Which modules on the same disk a file calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.syntax import Constant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.syntax import Body
    from tapeproof.gate.frontends.hcl.sources import Sources

__all__ = ["LOCAL", "local_calls"]

LOCAL = ("./", "../", ".\\", "..\\")
"""How the source of a module on the same disk begins (Terraform documentation, "Module Sources", "Local Paths")."""


def local_calls(path: Path, sources: Sources) -> tuple[str, ...]:
    """Return the modules that a file calls by path, as it writes them; an unreadable file calls none."""
    try:
        return tuple(_find_local_sources(sources.parse_file(path).body))
    except SourceError:
        return ()


def _find_local_sources(body: Body) -> Iterator[str]:
    for block in body.blocks:
        source = block.body.expression("source") if block.type == "module" else None
        if isinstance(source, Constant) and isinstance(source.value, str) and source.value.startswith(LOCAL):
            yield source.value
