"""Which folders a folder's module calls lead to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.syntax import Constant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.frontends.hcl.sources import Sources

__all__ = ["LOCAL", "local_calls"]

LOCAL = ("./", "../", ".\\", "..\\")
"""How the source of a module on the same disk begins (Terraform documentation, "Module Sources", "Local Paths")."""


def local_calls(folder: Path, files: Iterable[Path], sources: Sources) -> frozenset[Path]:
    """Return the folders of the modules that some files of a folder call by path; an unreadable file calls none."""
    return frozenset(Path(os.path.normpath(folder / source)) for source in _written(files, sources))


def _written(files: Iterable[Path], sources: Sources) -> Iterator[str]:
    for path in files:
        try:
            body = sources.parsed(path).body
        except SourceError:
            continue
        for block in body.blocks:
            source = block.body.expression("source") if block.type == "module" else None
            if isinstance(source, Constant) and isinstance(source.value, str) and source.value.startswith(LOCAL):
                yield source.value
