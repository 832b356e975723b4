"""Where a verification runs: other processes start only where they save more time than they take."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.cores import Cores
from tapeproof.auditing.engines import engine_for
from tapeproof.verifier.engine import Serial

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("files", "jobs", "parallel"),
    [
        ({}, 4, False),
        ({"lanes/2025112306-0.gz": 9_000_000, "lanes/2025112306-1.gz": 1}, 2, True),
        ({"lanes/2025112306-0.gz": 9_000_000, "lanes/2025112306-1.gz": 1}, 1, False),
        ({"lanes/2025112306-0.gz": 9_000_000}, 2, False),
        ({"lanes/2025112306-0.gz": 4_000_000, "records/2025112306-1.gz": 5_000_000}, 2, True),
        ({"lanes/2025112306-0.gz": 4_000, "witness/2025112306-1.gz": 5_000}, 2, False),
        ({"checkpoints.gz": 500_000}, 2, True),
        ({"checkpoints.gz": 5_000}, 2, False),
    ],
)
def test_processes_start_for_work_that_is_worth_it(
    files: dict[str, int], jobs: int, parallel: bool, tmp_path: Path
) -> None:
    for name, size in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            file.truncate(size)
    engine = engine_for(tmp_path, jobs)
    assert isinstance(engine, Serial) is not parallel
    if isinstance(engine, Cores):
        with closing(engine):
            assert list(engine.signatures([])) == []
