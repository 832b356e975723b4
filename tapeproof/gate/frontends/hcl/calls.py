"""Which modules on the same disk a file calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.blocks import static_address
from tapeproof.gate.engine.evaluator.syntax import Constant, GetAttribute

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.syntax import Body, Expression
    from tapeproof.gate.frontends.hcl.sources import Sources

__all__ = ["LOCAL", "calls_elsewhere", "local_calls"]

LOCAL = ("./", "../", ".\\", "..\\")
"""How the source of a module on the same disk begins (Terraform documentation, "Module Sources", "Local Paths")."""


def local_calls(path: Path, sources: Sources) -> tuple[str, ...]:
    """Return the modules that a file calls by path, as it writes them; an unreadable file calls none."""
    try:
        return tuple(_find_local_sources(sources.parse_file(path).body))
    except SourceError:
        return ()


def calls_elsewhere(path: Path, sources: Sources) -> bool:
    """Return whether a file calls a module that is not given by a path on the same disk, or not told from it."""
    try:
        written = list(_find_sources(sources.parse_file(path).body))
    except SourceError:
        return False
    return any(not source.startswith(LOCAL) for source in written)


def _find_local_sources(body: Body) -> Iterator[str]:
    return (source for source in _find_sources(body) if source.startswith(LOCAL))


def _find_sources(body: Body) -> Iterator[str]:
    for block in body.blocks:
        source = block.body.expression("source") if block.type == "module" else None
        if source is not None:
            yield _constant(_find_named(body, source) if isinstance(source, GetAttribute) else source)


def _constant(node: Expression | None) -> str:
    return node.value if isinstance(node, Constant) and isinstance(node.value, str) else ""


def _find_named(body: Body, source: GetAttribute) -> Expression | None:
    """Return what a source refers to in the same file (OpenTofu documentation, "Module Sources": early evaluation)."""
    kind, name = static_address(source.of), source.name
    for block in body.blocks:
        if kind == "local" and block.type == "locals" and block.body.attribute(name) is not None:
            return block.body.expression(name)
        if kind == "var" and block.type == "variable" and block.labels == (name,):
            return block.body.expression("default")
    return None
