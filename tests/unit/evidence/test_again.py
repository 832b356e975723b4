"""What a bundle may ask for when its sources are judged again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.again import gate_arguments, judge_again
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path

CHECK = ["tapeproof", "gate", "check"]
AS_JSON = ["--format", "json"]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ([*CHECK, "stack", *AS_JSON], ["stack"]),
        ([*CHECK, ".", *AS_JSON], ["."]),
        ([*CHECK, "..", *AS_JSON], None),
        ([*CHECK, "stack", "--var-file", "stack/a.tfvars", *AS_JSON], ["stack", "--var-file", "stack/a.tfvars"]),
        ([*CHECK, "stack", "--output", "/etc/profile", *AS_JSON], None),
        ([*CHECK, "--output=x", *AS_JSON], None),
        ([*CHECK, "stack", "--var-file", *AS_JSON], None),
        ([*CHECK, "stack", "--var-file", "/etc/passwd", *AS_JSON], None),
        ([*CHECK, "../..", *AS_JSON], None),
        ([*CHECK, *AS_JSON], None),
        (["check", "stack"], None),
        ("check", None),
        ([*CHECK, 1, *AS_JSON], None),
        (None, None),
    ],
)
def test_judging_a_bundle_again_takes_no_command_on_its_word(command: Any, arguments: Any) -> None:  # noqa: ANN401 - any JSON
    assert gate_arguments({"command": command}) == arguments
    assert gate_arguments([command]) is None


def test_judging_a_bundle_again_runs_no_program_that_came_with_it(tmp_path: Path) -> None:
    sample = Sample()
    program = b"raise SystemExit('this came with the bundle')\n"
    sample.sources |= dict.fromkeys(["tapeproof/__init__.py", "tapeproof/__main__.py", "policies/command.py"], program)
    bundle = sample.bundle(tmp_path / "run")
    found = judge_again(str(bundle.zip))
    assert [one for one in found if "no longer says" in one]
