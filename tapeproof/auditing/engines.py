"""Where the parallel stages of a verification run: this process, all cores, or a Spark cluster.

Every engine runs the same two functions on the same tasks, so verdicts cannot differ.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tapeproof.verifier.engine import Serial

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.auditing.cores import Cores

__all__ = ["engine_for"]

_SMALL_BYTES = 8_000_000
_SIGNED_WEIGHT = 100
"""A byte of checkpoints takes as long as so many of entries."""
_BYTES_A_TASK = 2_400
"""What the checkpoints of one task have in their file, roughly."""


def engine_for(folder: Path, jobs: int | None) -> Serial | Cores:
    """Return the engine for an export: all cores, or this process alone when starting others would take longer.

    Args:
        folder: The export.
        jobs: Number of processes, of which no more start than there are tasks; None is as many as this process may use.
    """
    paths = [path for kind in ("lanes", "records", "witness") for path in (folder / kind).glob("*.gz")]
    signed = _size(folder / "checkpoints.gz")
    jobs = min(jobs or len(os.sched_getaffinity(0)), max(len({path.name for path in paths}), signed // _BYTES_A_TASK))
    work = sum(map(_size, paths)) + signed * _SIGNED_WEIGHT
    if jobs <= 1 or work <= _SMALL_BYTES:
        return Serial()
    from tapeproof.auditing.cores import Cores  # noqa: PLC0415 - only several processes need it

    return Cores(jobs)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # nothing is there, or a link to nothing
        return 0
