"""Where a verification runs: other processes start only where they save more time than they take."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.engines import Cores, engine_for
from tapeproof.auditing.errors import ServiceError
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


class Deadly:
    """A task whose first use ends the process, as the kernel does when memory runs out."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        os._exit(9)


_SLEEPER = """
import os, time
from tapeproof.auditing.engines import Cores
cores = Cores(1)
print(cores._pool.submit(os.getpid).result(), flush=True)
time.sleep(60)
"""


@pytest.mark.timeout(30)
def test_processes_end_when_the_command_that_started_them_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", _SLEEPER], stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert int(process.stdout.readline()) != process.pid
        process.kill()
        # The pipe has an end when nobody holds it open any more.
        assert process.stdout.read() == b""


def test_a_process_that_was_killed_is_told_and_is_no_verdict() -> None:
    cores = Cores(1)
    try:
        with pytest.raises(ServiceError, match="was killed"):
            list(cores.parts([Deadly(), Deadly()]))  # type: ignore[list-item] # its attributes are what kills
    finally:
        cores.close()
