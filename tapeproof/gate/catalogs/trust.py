"""Which catalogues of code the user lets run here: by digest, and never by anything that a repository says of itself.

A pull request can change a catalogue, its digest in ``.tapeproof.yaml`` and everything else in the repository; what may
run is therefore said outside of it.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from tapeproof.gate.engine.store import user_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["TRUSTED", "is_trusted", "trust_catalog"]

TRUSTED = "TAPEPROOF_TRUSTED_CATALOGS"
"""The variable that lists digests, for CI."""
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def is_trusted(digest: str) -> bool:
    """Return whether the user, or the environment, lets the catalogue of this digest run."""
    return digest in _DIGEST.findall(os.environ.get(TRUSTED, "")) or digest in _listed()


def trust_catalog(digest: str) -> Path:
    """Let the catalogue of a digest run from now on, and return the file that says so.

    Raises:
        OSError: The file cannot be written.
    """
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if digest not in _listed():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as stream:
            stream.write(f"{digest}\n")
    return path


def _listed() -> list[str]:
    with suppress(OSError, UnicodeDecodeError):
        return _file().read_text(encoding="utf-8").split()
    return []


def _file() -> Path:
    return user_folder("XDG_CONFIG_HOME", ".config") / "trusted-catalogs"
