"""What people reported about other tools is judged right: no pass that is not earned, no failure that is not one.

A case is a root module with a ``case.json`` that names the policy and the verdict it owes. Where a pass is owed, no
verdict is right too; where a failure is owed, a finding of a policy newer than the case may be the better place.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.places import FIELD, PROJECT

if TYPE_CHECKING:
    from pathlib import Path

CASES = sorted(path.parent for path in (FIELD / "gate").glob("*/case.json"))
GATE = PROJECT / ".venv" / "bin" / "tapeproof"
FIRST_CATALOGUE = frozenset(
    """
    TP_DDB_1 TP_DDB_2 TP_DLQ_1 TP_DLQ_2 TP_DLQ_3 TP_DST_1 TP_DST_2 TP_EVT_1 TP_GATE TP_IAM_1 TP_IAM_2 TP_IAM_3 TP_IAM_4
    TP_LOG_1 TP_LOG_2 TP_LOG_3 TP_NAM_1 TP_NAM_2 TP_NET_1 TP_OBS_1 TP_REG_1 TP_RUN_1 TP_RUN_2 TP_VAL_1 TP_VAL_2
    """.split()  # noqa: SIM905 - a table of words
)
"""Policies that were there when the cases were written."""

pytestmark = pytest.mark.skipif(not CASES, reason="there are no field inputs; name their folder in TAPEPROOF_FIELD")


class Judged(NamedTuple):
    """The verdicts of each policy on each case, and the cases that were judged at all."""

    verdicts: dict[tuple[str, str], set[str]]
    policies: dict[str, set[str]]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """Judge all cases; one that the gate refuses as a whole is judged alone."""
    folder = tmp_path_factory.mktemp("field")
    for case in CASES:
        shutil.copytree(case, folder / case.name, ignore=shutil.ignore_patterns("case.json"))
    names = [case.name for case in CASES]
    results = run(folder, names)
    if results is None:
        results = [result for name in names for result in run(folder, [name]) or []]
    told = Judged(defaultdict(set), defaultdict(set))
    for result in results:
        case = result["root"].rstrip("/").rpartition("/")[2]
        told.verdicts[case, result["policy"]].add(result["verdict"])
        if result["verdict"] == "fail":
            told.policies[case].add(result["policy"])
    return told


def run(folder: Path, names: list[str]) -> list[dict[str, Any]] | None:
    command = [str(GATE), "gate", "check", *names, "--format", "json", "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        results: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    except (ValueError, KeyError):
        return None
    return results


def given(judged: Judged, case: str, policy: str) -> str:
    """Return the worst verdict of a policy on a case; a case of which something is not judged is unknown."""
    mine = judged.verdicts.get((case, policy), set())
    found = next((verdict for verdict in ("fail", "unknown", "pass") if verdict in mine), "absent")
    is_judged = any(name == case for name, _ in judged.verdicts)
    if found == "absent" and (not is_judged or judged.verdicts.get((case, "TP_GATE"))):
        return "unknown"
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_gets_the_verdict_that_it_owes(case: Path, judged: Judged) -> None:
    owed = json.loads((case / "case.json").read_text(encoding="utf-8"))
    found = given(judged, case.name, owed["policy"])
    if owed["expected"] == "pass":
        assert found in {"pass", "absent"}, owed["report"]
    elif owed["expected"] == "fail" and judged.policies[case.name] - FIRST_CATALOGUE:
        return
    else:
        assert found == owed["expected"], owed["report"]
