"""Roots with a verdict that is owed, all judged in one run.

A case is a root module with a ``case.json`` that names the public report it was made from, the policy, and the verdict
that the gate owes. Where a pass is owed, no verdict is right too.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

GATE = PROJECT / ".venv" / "bin" / "tapeproof"


class Judged(NamedTuple):
    """The verdicts of each policy on each case, the policies that each case fails, and all results as they are told."""

    verdicts: dict[tuple[str, str], set[str]]
    policies: dict[str, set[str]]
    results: dict[str, list[dict[str, Any]]]

    def given(self, case: str, policy: str) -> str:
        """Return the worst verdict of a policy on a case; a case of which something is not judged is unknown."""
        mine = self.verdicts.get((case, policy), set())
        found = next((verdict for verdict in ("fail", "unknown", "pass") if verdict in mine), "absent")
        is_judged = any(name == case for name, _ in self.verdicts)
        if found == "absent" and (not is_judged or self.verdicts.get((case, "TP_GATE"))):
            return "unknown"
        return found


def find_cases(folder: Path) -> list[Path]:
    """Return the folders of all cases in a folder, by name."""
    return sorted(path.parent for path in folder.glob("*/case.json"))


def read_case(case: Path) -> dict[str, str]:
    """Return what a case says of itself: report, policy, expected."""
    told: dict[str, str] = json.loads((case / "case.json").read_text(encoding="utf-8"))
    return told


def judge_cases(cases: list[Path], folder: Path) -> Judged:
    """Judge copies of all cases in one folder; one that the gate refuses as a whole is judged alone."""
    for case in cases:
        shutil.copytree(case, folder / case.name, ignore=shutil.ignore_patterns("case.json"))
    names = [case.name for case in cases]
    results = _run(folder, names)
    if results is None:
        results = [result for name in names for result in _run(folder, [name]) or []]
    told = Judged(defaultdict(set), defaultdict(set), defaultdict(list))
    for result in results:
        case_name = result["root"].rstrip("/").rpartition("/")[2]
        told.verdicts[case_name, result["policy"]].add(result["verdict"])
        told.results[case_name].append(result)
        if result["verdict"] == "fail":
            told.policies[case_name].add(result["policy"])
    return told


def _run(folder: Path, names: list[str]) -> list[dict[str, Any]] | None:
    command = [str(GATE), "gate", "check", *names, "--format", "json", "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        results: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    except (ValueError, KeyError):
        return None
    return results
