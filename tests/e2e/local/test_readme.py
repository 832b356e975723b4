"""What README.md tells an operator, on the embedded AWS, command by command: run by make soak, as it takes minutes."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.effort import SOAKING
from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.embedded_aws,
    pytest.mark.skipif(not SOAKING, reason="starts a stack of its own: run by make soak"),
]


def test_the_operators_commands_lead_from_nothing_to_nothing(tmp_path: Path) -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("\n### An operator")[2].partition("\n### ")[0]
    (block,) = re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    environment = {**os.environ, "TAPEPROOF_LOCAL_DIR": str(tmp_path / "local")}
    ended = []
    for line in block.splitlines():
        words = shlex.split(line, comments=True)
        command = [sys.executable, "-m", *words]
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
        ended.append((line, done.returncode, done.stderr[-300:] if done.returncode else ""))
    assert [one for one in ended if one[1]] == []
    assert len(ended) > 5
