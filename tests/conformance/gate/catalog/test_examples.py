"""Every example of every policy finds what it says it finds, on that line, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tapeproof.gate.engine.examples import Example, Expectation, copy_example, examples
from tapeproof.gate.engine.model import Stack, Verdict
from tapeproof.gate.engine.policy import Policy, catalog
from tapeproof.gate.frontends.hcl.reader import read

CASES = [
    pytest.param(policy, example, id=f"{policy.id}-{example.name}")
    for policy in catalog()
    for example in examples(policy)
]


def found(policy: Policy, stack: Stack, root: Path) -> dict[Expectation, str]:
    """Return what a policy finds, with the message; what could not be read counts as unknown."""
    told = {
        Expectation(Path(finding.span.file).relative_to(root).as_posix(), finding.span.line, finding.verdict): str(
            finding.message
        )
        for finding in policy.judge(stack, policy.settings())
        if finding.verdict is not Verdict.PASS
    }
    for unread in stack.unread:
        file = Path(unread.span.file).relative_to(root).as_posix()
        told[Expectation(file, unread.span.line, Verdict.UNKNOWN)] = unread.why
    return told


@pytest.mark.parametrize(("policy", "example"), CASES)
def test_an_example_finds_what_it_says_and_nothing_else(policy: Policy, example: Example, tmp_path: Path) -> None:
    root = copy_example(example, tmp_path)
    told = found(policy, read(root), root)
    surplus = {place: message for place, message in told.items() if place not in example.expected}
    assert (example.expected - told.keys(), surplus) == (set(), {})


@pytest.mark.parametrize(("policy", "example"), CASES)
def test_a_finding_says_what_is_wrong_and_what_to_do(policy: Policy, example: Example, tmp_path: Path) -> None:
    root = copy_example(example, tmp_path)
    for finding in policy.judge(read(root), policy.settings()):
        if finding.verdict is Verdict.FAIL:
            assert finding.message
            assert not finding.message.endswith(".")
            assert finding.fix
            assert finding.span.line
