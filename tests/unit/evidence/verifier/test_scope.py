from __future__ import annotations

import pytest

from tapeproof.evidence.verifier.scope import gate_inputs, scope_of

GATE = ["tapeproof", "gate", "check"]


@pytest.mark.parametrize(
    ("words", "roots", "files"),
    [
        (["stack", "--format", "json"], ["stack"], []),
        (["stack", "--var-file", "dev.tfvars", "--var-file", "prod.tfvars"], ["stack"], ["dev.tfvars", "prod.tfvars"]),
        (["stack", "--plan", "plan.json"], ["stack"], []),
        (["--live", "--region", "us-east-1", "--suffix", "dev"], [], []),
    ],
)
def test_roots_and_variable_files_are_read_from_the_gates_command(
    words: list[str], roots: list[str], files: list[str]
) -> None:
    assert gate_inputs([*GATE, *words]) == (roots, files)


def test_another_command_names_nothing_of_the_gate() -> None:
    assert gate_inputs(["rm", "-rf", "stack"]) == ([], [])


def test_what_was_looked_at_is_told_by_the_items_that_were_collected() -> None:
    items = [
        {"status": "collected", "source": {"kind": "api", "account": "1", "hosts": ["sqs.us-east-1.amazonaws.com"]}},
        {"status": "failed", "source": {"account": "2"}},
        {"status": "collected", "source": {"kind": "command", "command": [*GATE, "stack", "--var-file", "a.tfvars"]}},
        {"status": "collected", "source": {"sample_seed": "s"}, "commit": "c1"},
        {"status": "collected", "source": {"kind": "api", "account": "1", "organization": "o-1"}},
    ]
    assert scope_of(items) == {
        "accounts": ["1"],
        "commits": ["c1"],
        "endpoints": ["sqs.us-east-1.amazonaws.com"],
        "organizations": ["o-1"],
        "roots": ["stack"],
        "seeds": ["s"],
        "var_files": ["a.tfvars"],
    }
