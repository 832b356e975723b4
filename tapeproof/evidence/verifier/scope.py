"""What a run looked at: accounts, endpoints, root modules and variable files, told by the evidence itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["gate_inputs", "scope_of"]

GATE_WORDS = ("tapeproof", "gate", "check")
VALUED_OPTIONS = {"--var-file", "--plan", "--format", "--region", "--suffix"}


def scope_of(items: list[Json]) -> dict[str, list[str]]:
    """Return what was looked at, by kind, each list sorted.

    Args:
        items: Evidence items, whole.
    """
    sources = [item["source"] for item in items if item["status"] == "collected"]
    commands = [one["command"] for one in sources if one.get("kind") == "command" and one.get("command")]
    inputs = [gate_inputs(command) for command in commands]
    return {
        "accounts": _list_values(sources, "account"),
        "commits": sorted({item["commit"] for item in items if item["status"] == "collected" and item.get("commit")}),
        "endpoints": sorted({host for one in sources for host in one.get("hosts") or ()}),
        "organizations": _list_values(sources, "organization"),
        "roots": sorted({root for roots, _ in inputs for root in roots}),
        "seeds": _list_values(sources, "sample_seed"),
        "var_files": sorted(
            {path for _, paths in inputs for path in paths}
            | {path for one in sources for path in one.get("var_files") or ()}
        ),
    }


def gate_inputs(command: list[str]) -> tuple[list[str], list[str]]:
    """Return the root modules and variable files that a command of the gate names."""
    roots, files = [], []
    words = iter(command[len(GATE_WORDS) :] if tuple(command[: len(GATE_WORDS)]) == GATE_WORDS else ())
    for word in words:
        if word == "--var-file":
            files.append(next(words, ""))
        elif word in VALUED_OPTIONS:
            next(words, "")
        elif not word.startswith("--"):
            roots.append(word)
    return roots, files


def _taken_from_settings(sources: list[Json]) -> set[str]:
    """Return the variable files that the project's settings gave the gate."""
    return {path for one in sources for path in one.get("var_files") or ()}


def _list_values(sources: list[Json], name: str) -> list[str]:
    return sorted({str(one[name]) for one in sources if one.get(name)})
