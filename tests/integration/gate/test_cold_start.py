"""What a check from cold does without: modules that take as long to import as a module of Terraform to read."""

from __future__ import annotations

import subprocess
import sys

from tests.places import PROJECT

_WITHOUT = """
import sys
# Importing one of them raises, in this process and in its workers.
sys.modules |= dict.fromkeys(["dataclasses", "inspect"])
from tapeproof.cli import main
sys.exit(main(["gate", "check", "--no-cache", "stack"]))
"""


def test_a_check_from_cold_makes_its_records_without_data_classes() -> None:
    run = subprocess.run([sys.executable, "-c", _WITHOUT], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, ""), run.stdout + run.stderr
    assert "0 findings, 0 unknown" in run.stdout
