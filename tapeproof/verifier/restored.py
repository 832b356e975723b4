"""Lanes that were pruned from the table, in the published copies of their entries, which stay."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tapeproof.log.objects import Folder
from tapeproof.log.tiles import TILE_WIDTH, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tapeproof.verifier.index import PlacedRun

__all__ = ["published_copies", "published_entries"]

_BUNDLES = 64
"""Bundles that are kept: lanes take turns in them."""


def published_copies(root: Path, size: int) -> Callable[[int], list[bytes]]:
    """Return what reads an entry bundle of a log of ``size`` leaves by its index."""
    return lru_cache(maxsize=_BUNDLES)(Tree(Folder(root).get, size).bundle)


def published_entries(bundle: Callable[[int], list[bytes]], runs: Iterable[PlacedRun]) -> Iterator[list[bytes]]:
    """Yield a lane's sealed entries as they were published, some at a time.

    Args:
        bundle: Reads a bundle.
        runs: The lane's runs by sequence.

    Raises:
        MissingTileError: A bundle is missing or cut off.
    """
    for run in runs:
        leaf, end = run.leaf, run.leaf + run.length
        while leaf < end:
            index, first = divmod(leaf, TILE_WIDTH)
            entries = bundle(index)[first : first + end - leaf]
            yield entries
            leaf += len(entries)
