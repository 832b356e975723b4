"""Several processes end with the command that started them, and their death is told."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tapeproof.auditing.cores import Cores
from tapeproof.auditing.errors import ServiceError


class Deadly:
    """A task whose first use ends the process, as the kernel does when memory runs out."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        os._exit(9)


_SLEEPER = """
import os, time
from tapeproof.auditing.cores import Cores
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
