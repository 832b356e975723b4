"""What a bundle may ask for when its sources are judged again."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.evidence.again import gate_arguments

CHECK = ["tapeproof", "gate", "check"]
AS_JSON = ["--format", "json"]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ([*CHECK, "stack", *AS_JSON], ["stack"]),
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
