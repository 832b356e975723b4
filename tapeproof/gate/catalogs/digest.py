"""The digest that pins a catalogue: of the names and bytes of all its files, however they came here."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["MOST_BYTES", "MOST_FILES", "TOO_LARGE", "catalog_digest", "holds_code"]

MOST_FILES = 10_000
MOST_BYTES = 64 * 1024**2
"""What a catalogue may hold; what is larger is none."""
TOO_LARGE = f"a catalogue holds at most {MOST_FILES:,} files and {MOST_BYTES // 2**20} MiB"
_LEFT_OUT = {"__pycache__", ".git"}
"""Made by tools, and never read by the gate."""


def catalog_digest(folder: Path) -> str:
    """Return the digest of a catalogue, ``sha256:…``: of each file's path, length and bytes, in the order of paths.

    Raises:
        CatalogError: There is no such folder, or something in it is no file, a link, or too much.
    """
    digest, total = hashlib.sha256(b"tapeproof catalogue 1\n"), 0
    for number, name in enumerate(_names(folder), start=1):
        path = folder / name
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise CatalogError(f"{path}: a catalogue holds files only, no links and no devices")
        total += status.st_size
        if number > MOST_FILES or total > MOST_BYTES:
            raise CatalogError(f"{folder}: {TOO_LARGE}")
        content = path.read_bytes()
        digest.update(f"{len(name.encode())} {name} {len(content)}\n".encode() + content)
    return f"sha256:{digest.hexdigest()}"


def holds_code(folder: Path) -> bool:
    """Return whether something in a catalogue is run, rather than read as data."""
    return any(name.endswith("/rule.py") for name in _names(folder))


def _names(folder: Path) -> Iterator[str]:
    """Yield the paths of all files in a folder, in their order.

    Raises:
        CatalogError: There is no such folder.
    """
    if not folder.is_dir():
        raise CatalogError(f"{folder}: there is no such folder of policies")
    names: list[str] = []
    for here, below, files in os.walk(folder):
        linked = [name for name in below if (folder / here / name).is_symlink()]
        below[:] = [name for name in below if name not in _LEFT_OUT and name not in linked]
        names += (os.path.relpath(os.path.join(here, name), folder) for name in (*files, *linked))  # noqa: PTH118 - text
        if len(names) > MOST_FILES:
            break
    yield from sorted(name.replace(os.sep, "/") for name in names)
