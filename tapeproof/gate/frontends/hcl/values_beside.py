"""Variable files that lie beside a root module and that nothing gives here: ``prod.tfvars``, ``env/eu/*.tfvars``.

Somebody gives them with ``-var-file``. They set nothing in this evaluation, but what stands in them stands in source.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from tapeproof.gate.engine.discovery import is_configuration
from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.literals import body_literals
from tapeproof.gate.engine.states import folder_state

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.syntax import Source
    from tapeproof.gate.engine.model import Literal

__all__ = ["values_beside"]

_FILES = (".tfvars", ".tfvars.json")
_PACKAGES = frozenset({"node_modules", "__pycache__"})
_DEEPEST = 4
"""Levels of folders below a root: ``environments/live/eu/blue/*.tfvars``."""


def values_beside(
    root: Path, given: Collection[Path], parsed: Callable[[Path], Source], states: dict[Path, str]
) -> Iterator[Literal]:
    """Yield the literal text of the variable files in a folder, and in those below it that are no modules.

    One that cannot be read is left out, as Terraform does not read it either.

    Args:
        root: The folder.
        given: Files whose values count; they are read elsewhere.
        parsed: Parses a file.
        states: Where the state of every folder that is listed here is noted.
    """
    for path in _find_files(root, states):
        if path not in given:
            with suppress(SourceError):
                yield from body_literals(parsed(path).body, str(path), "tfvars", str(path))


def _find_files(root: Path, states: dict[Path, str]) -> Iterator[Path]:
    below: list[Path] = []
    with os.scandir(root) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith("."):
                continue
            if entry.name.endswith(_FILES):
                yield root / entry.name
            elif entry.is_dir(follow_symlinks=False) and entry.name not in _PACKAGES:
                below.append(root / entry.name)
    for folder in below:
        yield from _find_below(folder, states, _DEEPEST)


def _find_below(folder: Path, states: dict[Path, str], levels: int) -> Iterator[Path]:
    """Yield the variable files in a folder that is no module, and in those below it."""
    try:
        with os.scandir(folder) as entries:
            found = {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
    except OSError:
        return
    states[folder] = folder_state(list(found))
    if any(map(is_configuration, found)):
        return
    for name in sorted(found):
        if name.startswith(".") or name in _PACKAGES:
            continue
        if not found[name] and name.endswith(_FILES):
            yield folder / name
        elif found[name] and levels > 1:
            yield from _find_below(folder / name, states, levels - 1)
