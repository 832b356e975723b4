"""Puts together what was found in several environments, and counts what was read."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.record import replace
from tapeproof.gate.engine.report import Files, Result

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["count_files", "merge_environments"]

_told = attrgetter("policy", "resource", "verdict", "file", "line", "column", "message")
"""What two results have in common that say the same."""


def count_files(on_disk: set[str], read: set[str]) -> Files:
    """Return how many Terraform files there are and how many of them were read."""
    return Files(on_disk=len(on_disk), read=len(read & on_disk))


def merge_environments(environments: Mapping[str, list[Result]]) -> list[Result]:
    """Return the results of one root in several environments: what is the same in all is said once.

    Args:
        environments: Results by name of the environment.
    """
    if len(environments) == 1:
        return next(iter(environments.values()))
    seen: dict[tuple[Any, ...], tuple[Result, list[str]]] = {}
    for name, results in environments.items():
        for result in results:
            seen.setdefault(_told(result), (result, []))[1].append(name)
    bad = {(result.policy, result.resource) for result, _ in seen.values() if result.verdict != "pass"}
    listed = []
    for result, names in seen.values():
        if result.verdict == "pass" and not result.warning and (result.policy, result.resource) in bad:
            continue
        everywhere = result.verdict == "pass" or len(names) == len(environments)
        listed.append(result if everywhere else replace(result, message=f"{result.message} (with {', '.join(names)})"))
    return listed
