"""The gate's verdicts as evidence: the same command that stops a commit, run on the source or on a plan."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Literal

from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.model import Population
from tapeproof.evidence.verifier.rows import GATE_POLICY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tapeproof.account.asking import Account
    from tapeproof.evidence.collection import Context
    from tapeproof.evidence.collectors.live.address_book import AddressBook
    from tapeproof.evidence.workspace import ItemWriter

__all__ = ["GateCollector", "by_resource", "judge_account", "run_gate"]

TIMEOUT_SECONDS: Final = 600
BRIEF: Final = 80
"""Bytes of an output that an error quotes."""
JUDGED_EXITS: Final = {0, 1, 2}
STAGE_NAMES: Final = {"source": "source", "plan": "plan", "live": "account"}
FRONT_END_STAGE: Final = {"hcl": "source", "plan": "plan", "live": "live"}


def run_gate(project: Path, arguments: Sequence[str]) -> dict[str, Any]:
    """Run ``tapeproof gate check … --format json`` and return what it prints.

    Raises:
        CollectionError: It does not run, or does not print a report.
    """
    # -P: the working directory may be somebody else's sources, and nothing of theirs is run
    command = [sys.executable, "-P", "-m", "tapeproof", "gate", "check", *arguments, "--format", "json"]
    try:
        done = subprocess.run(
            command,
            cwd=project,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        report = json.loads(done.stdout)
        if not isinstance(report, dict):
            raise ValueError(f"it printed {done.stdout[:BRIEF]!r}")  # noqa: TRY301, TRY004 - told like any other text
    except subprocess.TimeoutExpired as error:
        raise CollectionError(f"the gate did not answer within {TIMEOUT_SECONDS} seconds") from error
    except (OSError, ValueError) as error:
        why = (done.stderr.decode("utf-8", "replace").strip()[-500:] if "done" in locals() else "") or str(error)
        raise CollectionError("the gate printed no report", why=why, fix="run the gate by itself to see why") from error
    if done.returncode not in JUDGED_EXITS:
        raise CollectionError(f"the gate stopped with status {done.returncode}")
    return {**report, "exit_status": done.returncode, "command": ["tapeproof", *command[4:]]}


def judge_account(project: Path, account: Account, suffix: str) -> dict[str, Any]:
    """Judge an account by the gate in this process, from the answers that the criteria of this run are judged by.

    Args:
        project: Where the gate's settings lie.
        account: Who is asked; what it has answered is not asked again.
        suffix: What the names of the stack end in.

    Raises:
        CollectionError: The gate cannot judge it at all.
    """
    from tapeproof.gate.checking import check  # noqa: PLC0415 - only an account needs the gate in this process
    from tapeproof.gate.engine.errors import GateError  # noqa: PLC0415 - as above
    from tapeproof.gate.outputs.json_report import render  # noqa: PLC0415 - as above
    from tapeproof.gate.question import Question  # noqa: PLC0415 - as above

    question = Question(live=True, region=account.region, suffix=suffix, folder=project, cached=False, account=account)
    try:
        report = check(question)
    except GateError as error:
        raise CollectionError("the gate could not judge the account", why=error.diagnostics()) from error
    command = ["tapeproof", "gate", "check", "--live", "--region", account.region, "--suffix", suffix]
    told: dict[str, Any] = json.loads(render(report))
    return {**told, "exit_status": report.exit_status, "command": [*command, "--format", "json"]}


class GateCollector:
    """Collects the gate's results at one stage.

    Args:
        stage: ``source``, or ``plan`` with the plan's file.
        arguments: What follows ``gate check``.
        judge: Returns the gate's report in place of that command, given the project.
        book: Names what an account holds by Terraform address; the gate names it by ARN.
    """

    def __init__(
        self,
        stage: Literal["source", "plan", "live"],
        arguments: Sequence[str],
        *,
        judge: Callable[[Path], dict[str, Any]] | None = None,
        book: AddressBook | None = None,
    ) -> None:
        self.name = f"gate on the {STAGE_NAMES[stage]}"
        self._stage, self._arguments = stage, arguments
        self._judge, self._book = judge, book

    def collect(self, context: Context) -> None:
        """Collect one item, ``STAGE-gate``."""
        asserts = [policy["id"] for policy in context.library.gate_policies if self._stage in policy["stages"]]
        title = f"Verdicts of the policy gate on the {STAGE_NAMES[self._stage]}"
        with context.item(
            f"{self._stage}-gate", title, collector="gate", stage=self._stage, judge="gate", asserts=asserts
        ) as out:
            report = self._judge(context.project) if self._judge else run_gate(context.project, self._arguments)
            _refuse_blind(report)
            if self._book is not None:
                for result in report["results"]:
                    result["resource"] = self._book.address_of_arn(result["resource"])
            _write(out, report, self._stage)


def _refuse_blind(report: Mapping[str, Any]) -> None:
    """Refuse a report in which the gate speaks of itself alone: what it could not judge would look not applicable."""
    own = [one for one in report["results"] if one["policy"] == GATE_POLICY]
    halted = next((one for one in own if one["verdict"] in {"fail", "unknown"}), None)
    if halted is not None and len(own) == len(report["results"]):
        place = f"{halted['file']}:{halted.get('line', 0)}: " if halted.get("file") else ""
        why = f"{place}{halted.get('message', '')}"
        raise CollectionError("the gate could judge nothing", why=why, fix="put that right, then collect again")


def by_resource(results: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each resource with its results, leaving out members that say nothing.

    Args:
        results: The gate's, sorted by resource.
    """
    for resource, group in groupby(results, key=itemgetter("resource")):
        yield {"resource": resource, "results": [_trim_result(one) for one in group]}


def _trim_result(result: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name != "resource" and value is not None and value != ""}


def _judged_with(report: Mapping[str, Any]) -> list[str]:
    """Return the variable files that the gate took, also where the project's settings and not its command name them."""
    environments = [files for one in report.get("environments") or () for files in one["var_files"]]
    return sorted({path for files in environments for path in files})


def _write(out: ItemWriter, report: dict[str, Any], stage: str) -> None:
    results = [one for one in report.pop("results") if FRONT_END_STAGE.get(one.get("front_end"), stage) == stage]
    results.sort(key=lambda one: (one["resource"] or "", one["policy"], one.get("file", ""), one.get("line", 0)))
    loaded = {policy["id"] for policy in report["policies"]} | {GATE_POLICY}
    item = out.item
    item.asserts = tuple(sorted(set(item.asserts) & loaded))
    item.judged = "raw/results.jsonl"
    out.lines(item.judged, by_resource(results))
    out.document("raw/summary.json", report)
    files = report["files"]
    if files["on_disk"] != files["read"]:
        item.incomplete = f"{files['on_disk'] - files['read']} of {files['on_disk']} files could not be read"
    if report.get("problems"):
        item.incomplete = "; ".join([item.incomplete, *report["problems"]]).strip("; ")
    item.source = {
        "kind": "command",
        "command": report["command"],
        "exit_status": report["exit_status"],
        "files": files,
        "var_files": _judged_with(report),
    }
    item.population = Population(" ".join(report["command"]), len({one["resource"] for one in results}), "resources")
