"""Variable files that lie beside a root module and that nothing gives here: ``prod.tfvars``, ``environments/*.tfvars``.

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


def values_beside(
    root: Path, given: Collection[Path], parsed: Callable[[Path], Source], states: dict[Path, str]
) -> Iterator[Literal]:
    """Yield the literal text of the variable files in a folder, and in those right below it that are no modules.

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
            elif entry.is_dir(follow_symlinks=False):
                below.append(root / entry.name)
    for folder in below:
        try:
            names = os.listdir(folder)  # noqa: PTH208 - names, not paths
        except OSError:
            continue
        states[folder] = folder_state(names)
        if not any(map(is_configuration, names)):
            yield from (folder / name for name in sorted(names) if name.endswith(_FILES) and not name.startswith("."))
