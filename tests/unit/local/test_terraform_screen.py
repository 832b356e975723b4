"""A Terraform run while it goes on."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from tapeproof.local.terraform_screen import show_terraform
from tapeproof.local.terraform_stream import Step
from tapeproof.ops.screen import Screen

STEPS = [
    Step(0, 3, "", "plan"),
    Step(1, 3, "module.audit_log.aws_kms_key.checkpoint", "create"),
    Step(3, 3, "module.processor." + "x" * 80, "create"),
]


def _show(*, terminal: bool) -> str:
    file = io.StringIO()
    screen = Screen(Console(file=file, force_terminal=terminal, width=160))
    with show_terraform(screen, "applying") as step:
        for at in STEPS:
            step(at)
    return file.getvalue()


def test_on_a_terminal_the_last_resource_is_shown_by_the_end_of_its_address() -> None:
    told = _show(terminal=True)
    assert "applying" in told
    assert f"create {'x' * 48}" in told
    assert "x" * 49 not in told


def test_without_a_terminal_nothing_moves() -> None:
    assert _show(terminal=False) == ""


def test_a_run_that_fails_leaves_its_error_alone() -> None:
    screen = Screen(Console(file=io.StringIO(), force_terminal=True))
    with pytest.raises(ZeroDivisionError), show_terraform(screen, "destroying") as step:
        step(STEPS[1 // 0])
