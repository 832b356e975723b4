"""Which parameters a policy has for each resource, where a project sets other ones for some paths.

A rule looks at a whole root module. Where its resources have different parameters, it is asked once with each set, and
of its answers those count which are about resources that have this set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.by_path import covers
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tapeproof.gate.engine.by_path import Override
    from tapeproof.gate.engine.model import Finding, Stack
    from tapeproof.gate.engine.policy import Policy

__all__ = ["Placed", "find_placed", "place"]

Settings = dict[str, Any]


class Placed(NamedTuple):
    """A project's overrides, and where a root module and what it declares lie.

    Attributes:
        overrides: The overrides.
        roots: Names of the root module: its folder; of a plan, the plan's file too.
        files: The files in which resources, providers and modules are declared, by address.
    """

    overrides: Sequence[Override] = ()
    roots: tuple[str, ...] = ()
    files: Mapping[str, str] = {}

    def settings(self, policy: Policy, project: Mapping[str, Any] | None, file: str = "") -> Settings:
        """Return the parameters of a policy for what is declared in a file; for the root as a whole without one."""
        chosen = dict(project or {})
        for one in self.overrides:
            if one.policy == policy.id and covers(one.paths, (*self.roots, file)):
                chosen |= one.parameters
        return policy.settings(chosen)


def place(stack: Stack, overrides: Sequence[Override]) -> Placed:
    """Return overrides with the places of a model."""
    if not overrides:
        return Placed()
    files = {f"{block.type}.{block.labels[0]}": block.span.file for block in stack.blocks if block.labels}
    files |= {resource.address: resource.span.file for resource in stack.everything}
    return Placed(overrides, (stack.root,), files)


def find_placed(
    policy: Policy,
    project: Mapping[str, Any] | None,
    placed: Placed,
    find: Callable[[Mapping[str, Any]], Iterable[Finding]],
) -> Iterator[Finding]:
    """Yield what a policy finds, each resource judged with the parameters for its place.

    Args:
        policy: The policy.
        project: What the project sets for it everywhere.
        placed: The overrides, and where everything is.
        find: Asks it with some parameters.
    """
    usual = placed.settings(policy, project)
    if not any(one.policy == policy.id for one in placed.overrides):
        yield from find(usual)
        return
    by_file = {file: placed.settings(policy, project, file) for file in {"", *placed.files.values()}}
    for chosen in _distinct([usual, *by_file.values()]):
        for finding in find(chosen):
            # What is about nothing that is declared anywhere has the parameters of the root as a whole.
            file = placed.files.get(finding.resource, "")
            if by_file[file] == chosen:
                yield finding


def _distinct(listed: Iterable[Settings]) -> list[Settings]:
    found: list[Settings] = []
    for one in listed:
        if one not in found:
            found.append(one)
    return found
