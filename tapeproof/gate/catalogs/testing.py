"""What `tapeproof gate test` does: run a catalogue's examples, and see whether they notice faults in its rules."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tapeproof.gate.catalogs.mutants import make_mutants
from tapeproof.gate.engine.examples import Expectation, copy_example, examples
from tapeproof.gate.engine.foreign import find_apart
from tapeproof.gate.engine.model import Verdict
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.policy import CATALOG, catalog, load_policy
from tapeproof.gate.engine.record import replace
from tapeproof.gate.engine.runner import find
from tapeproof.gate.frontends.hcl.reader import read
from tapeproof.terminal import count_of, escape_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tapeproof.gate.catalogs.mutants import Mutant
    from tapeproof.gate.engine.examples import Example
    from tapeproof.gate.engine.model import Finding, Stack
    from tapeproof.gate.engine.policy import Policy

__all__ = ["Trial", "try_catalog", "try_policy"]

_SECONDS = 60.0


class Trial(NamedTuple):
    """How a policy's examples went.

    Attributes:
        policy: Its id.
        examples: How many there are.
        wrong: What was expected and not found, or found and not expected, a line each.
        mutants: How many faults were tried.
        unnoticed: Those that no example notices, a line each.
    """

    policy: str
    examples: int
    wrong: tuple[str, ...]
    mutants: int
    unnoticed: tuple[str, ...]

    @property
    def noticed(self) -> int:
        """Percent of the faults that were noticed; all of none."""
        return 100 if not self.mutants else 100 * (self.mutants - len(self.unnoticed)) // self.mutants


def try_catalog(folder: Path, least: int) -> int:
    """Try all policies of a catalogue, or one, and say how that went.

    Args:
        folder: The catalogue, or the folder of a policy; its rules are run.
        least: Percent of the faults that a policy's examples must notice.

    Returns:
        0; 1 when an example gives something else than it says, or too few faults are noticed.

    Raises:
        CatalogError: The folder is neither, or a policy in it is not whole.
    """
    trials = [try_policy(policy) for policy in _load(folder)]
    for trial in trials:
        sys.stdout.write("".join(f"{escape_text(line)}\n" for line in _describe(trial)))
    bad = [trial.policy for trial in trials if trial.wrong or trial.noticed < least]
    told = f"{len(trials) - len(bad)} of {len(trials)} policies pass their own test"
    sys.stdout.write(f"{told}{': not ' + ', '.join(bad) if bad else ''}\n")
    return 1 if bad else 0


def _load(folder: Path) -> tuple[Policy, ...]:
    if (folder / "policy.yaml").is_file():
        return (load_policy(folder, foreign=folder.resolve().parent != CATALOG),)
    return catalog([folder])


def try_policy(policy: Policy) -> Trial:
    """Return how the examples of a policy went, with its rule as it is and with one fault at a time.

    Raises:
        CatalogError: The policy is not whole, or has no example of a kind.
    """
    with TemporaryDirectory(prefix="tapeproof-mutants-") as scratch:
        mutants = make_mutants(policy, Path(scratch))
        variants = [policy, *(mutant.policy for mutant in mutants)]
        listed = tuple(examples(policy))
        wrong: list[str] = []
        noticed: set[str] = set()
        for example in listed:
            found = _told_of(example, variants)
            wrong += _differences(example, found[policy.id])
            noticed |= {name for name, told in found.items() if told.keys() != example.expected}
    unnoticed = tuple(map(_describe_mutant, (one for one in mutants if one.policy.id not in noticed)))
    return Trial(policy.id, len(listed), tuple(wrong), len(mutants), unnoticed)


def _told_of(example: Example, variants: Sequence[Policy]) -> dict[str, dict[Expectation, str]]:
    """Return what each of some policies says about an example, with the message."""
    with TemporaryDirectory(prefix="tapeproof-example-") as scratch:
        root = copy_example(example, Path(scratch))
        stack = read(root)
        apart = [replace(policy, foreign=True) for policy in variants]
        found = find_apart(apart, lambda policy: find(stack, policy, policy.settings()), _SECONDS)
        return {name: _places(findings, stack, root) for name, findings in found.items()}


def _places(findings: Sequence[Finding], stack: Stack, root: Path) -> dict[Expectation, str]:
    told = {(one.span, one.verdict): one.message for one in findings if one.verdict is not Verdict.PASS}
    told |= {(one.span, Verdict.UNKNOWN): one.why for one in stack.unread}
    return {
        Expectation(span.file.removeprefix(f"{root}/"), span.line, verdict): message
        for (span, verdict), message in told.items()
    }


def _differences(example: Example, told: Mapping[Expectation, str]) -> Iterator[str]:
    for one in sorted(example.expected - told.keys()):
        yield f"{example.name}: expected {one.verdict.value} at {one.file}:{one.line}, and nothing is found there"
    for one in sorted(told.keys() - example.expected):
        yield f"{example.name}: {one.verdict.value} at {one.file}:{one.line} is not expected: {told[one]}"


def _describe(trial: Trial) -> Iterator[str]:
    wrong = f"{len(trial.wrong)} wrong" if trial.wrong else "right"
    caught = trial.mutants - len(trial.unnoticed)
    examples = count_of(trial.examples, "example")
    yield f"{trial.policy}  {examples}, {wrong}; {caught} of {trial.mutants} faults in its rule noticed"
    yield from (f"  wrong: {line}" for line in trial.wrong)
    yield from (f"  not noticed: {line}" for line in trial.unnoticed)


def _describe_mutant(mutant: Mutant) -> str:
    place = "check" if mutant.policy.checks else "rule.py:"
    return f"{place} {mutant.line}: {mutant.fault}" if mutant.policy.checks else f"{place}{mutant.line}: {mutant.fault}"
