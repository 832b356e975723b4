"""Files of a bundle, as the verifier reads them, without a manifest around them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.archive import Folder
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.manifest import Entry

if TYPE_CHECKING:
    from pathlib import Path


def contents_of(folder: Path, files: dict[str, bytes]) -> Contents:
    """Write files into a folder and return them as the contents of a bundle that lists each."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    entries = {name: Entry(len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()}
    return Contents(Folder(str(folder)), entries)


def lines_of(*lines: str) -> bytes:
    """Return lines as a file holds them; halves of characters become bytes that are no UTF-8."""
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
