"""The digests of this installation's own catalogue: what a release publishes and a verification compares with."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tapeproof.evidence.checking.release import CATALOGUE_FILES, entry_digests
from tapeproof.evidence.controls.library import load_library

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["released_catalogue"]


@cache
def released_catalogue() -> Mapping[str, str]:
    """Return the digest of each policy, criterion, framework, mapping and default parameter, by name."""
    library = load_library()
    return entry_digests({name: getattr(library, name) for name in CATALOGUE_FILES}, library.parameters)
