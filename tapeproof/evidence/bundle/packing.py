"""Packs a folder into a zip whose bytes depend on its content alone."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

from tapeproof.evidence.verifier.dsse import MANIFEST_NAME, SIGNATURE_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["pack"]

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a zip entry can carry; the real times stand in the evidence."""
LEVEL: Final = 3
"""Compression level; the next ones take three times as long for a tenth of the size."""
STORED_SUFFIXES: Final = (".pdf", ".png", ".gz", ".zip")
CHUNK_BYTES: Final = 1 << 20


def pack(folder: Path, names: Sequence[str], target: Path) -> None:
    """Write a zip of the named files, the manifest and its signature first.

    Args:
        folder: Where they are.
        names: Relative paths.
        target: The zip; it appears whole or not at all.
    """
    first = [name for name in (MANIFEST_NAME, SIGNATURE_NAME) if name in names]
    ordered = [*first, *sorted(set(names) - set(first))]
    temporary = target.with_name(target.name + ".part")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name in ordered:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(STORED_SUFFIXES) else zipfile.ZIP_DEFLATED
            with (folder / name).open("rb") as source, archive.open(entry, "w", force_zip64=False) as out:
                while chunk := source.read(CHUNK_BYTES):
                    out.write(chunk)
    temporary.replace(target)
