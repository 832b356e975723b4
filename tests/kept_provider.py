"""A provider that is started once for many calls of Terraform, as its developers debug it.

Terraform starts the provider for each walk over a configuration, several times for each run of a test, and reads its
schema anew each time. Told where one listens, it does not. It is the binary that the lock file names, from the mirror.
"""

from __future__ import annotations

import re
import signal
import subprocess
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tapeproof.local.terraform import PROVIDER, plugin_dir
from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["keep_provider"]

_LOCK = PROJECT / "stack" / ".terraform.lock.hcl"
_TOLD = re.compile(r"TF_REATTACH_PROVIDERS='(.*)'")


@contextmanager
def keep_provider(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Keep a provider running, and give the variables that lead Terraform to it.

    Where no mirror holds the provider there are none, and Terraform starts it as ever.

    Args:
        environment: Of the provider: where its AWS is, and who asks. It may be configured several times, which it does
            not take with certificates of its own (`AWS_CA_BUNDLE`).
    """
    program = _find_provider()
    if program is None:
        yield {}
        return
    with subprocess.Popen(
        [str(program), "-debug"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            told = next((found[1] for line in process.stdout if (found := _TOLD.search(line))), None)
            yield {} if told is None else {"TF_REATTACH_PROVIDERS": told}
        finally:
            process.send_signal(signal.SIGINT)  # it then removes its socket
            with suppress(subprocess.TimeoutExpired):
                process.wait(60)
            process.kill()


def _find_provider() -> Path | None:
    mirror = plugin_dir()
    locked = re.search(r'hashicorp/aws" \{\n  version += "([^"]+)"', _LOCK.read_text(encoding="utf-8"))
    if mirror is None or locked is None:
        return None
    found = sorted((mirror / PROVIDER / locked[1]).glob("*/terraform-provider-aws*"))
    return found[0] if len(found) == 1 else None
