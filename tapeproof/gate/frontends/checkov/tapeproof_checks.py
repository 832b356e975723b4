"""The gate's policies as checks of checkov. checkov executes this file by itself; nothing imports it.

The gate judges the source once, in a process of its own, and each check passes its policy's verdicts on to the blocks
they are about. So checkov reports exactly what the gate finds. Three habits of checkov are worked around:

- a check that raises, or answers UNKNOWN, is left out of its report without a word: what cannot be judged is FAILED;
- an external check that does not load is a line in a log: if the gate cannot be asked, every check fails everywhere;
- locals, variables, variable files and ``removed`` blocks are never shown to a check: what is found there is added when
  the scan is over.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from checkov.common.checks.base_check import BaseCheck
from checkov.common.checks.base_check_registry import BaseCheckRegistry
from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.common.output.record import Record
from checkov.terraform.checks.data.registry import data_registry
from checkov.terraform.checks.module.registry import module_registry
from checkov.terraform.checks.provider.registry import provider_registry
from checkov.terraform.checks.resource.registry import resource_registry
from checkov.terraform.runner import Runner

_BESIDE_PACKAGE = str(Path(__file__).resolve().parents[4])
if _BESIDE_PACKAGE not in sys.path:
    sys.path.insert(1, _BESIDE_PACKAGE)

from tapeproof.content import content  # noqa: E402 - after its path
from tapeproof.gate.frontends.outside import GateUnavailableError, Results, ask, roots_below  # noqa: E402 - after its path

CATALOG = content("policies")
STATUS = 2
GATE = ("TP_GATE", "The gate could read and judge everything")
REGISTRIES = (resource_registry, data_registry, provider_registry, module_registry)
CATEGORIES = {
    "DDB": CheckCategories.BACKUP_AND_RECOVERY,
    "DST": CheckCategories.CONVENTION,
    "IAM": CheckCategories.IAM,
    "LOG": CheckCategories.LOGGING,
    "NAM": CheckCategories.CONVENTION,
    "NET": CheckCategories.NETWORKING,
    "SOD": CheckCategories.IAM,
}


class Judgement:
    """The gate's answer, asked for when the first block is checked."""

    def __init__(self) -> None:
        """Ask nothing yet."""
        self._results: Results | None = None
        self.fault = ""

    @property
    def results(self) -> Results | None:
        """The answer, or None when there is none; ``fault`` then says why."""
        if self._results is None and not self.fault:
            try:
                self._results = ask(_roots(), _options("--var-file"), Path.cwd())
                self.fault = "; ".join(self._results.problems)
            except (GateUnavailableError, OSError) as error:
                self.fault = str(error)
            if self.fault:
                sys.stderr.write(f"tapeproof: {self.fault}\n")
        return self._results


JUDGEMENT = Judgement()


class PolicyCheck(BaseCheck):  # type: ignore[misc] # checkov is not installed where types are checked
    """One policy, on every block that checkov shows."""

    def __init__(self, identifier: str, title: str) -> None:
        """Register the check for resources, data sources, providers and modules."""
        area = identifier.split("_")[1]
        category = CATEGORIES.get(area, CheckCategories.GENERAL_SECURITY)
        super().__init__(title, identifier, [category], ["*"], "resource")
        for registry in REGISTRIES:
            registry.register(self)

    def run(  # noqa: D102 - as in checkov
        self,
        scanned_file: str,
        entity_configuration: dict[str, Any],
        entity_name: str,  # noqa: ARG002 - checkov calls by keyword
        entity_type: str,  # noqa: ARG002 - as above
        skip_info: dict[str, Any],
    ) -> dict[str, Any]:
        self.details = []
        found = self._verdicts(scanned_file, entity_configuration)
        if skip_info:
            return {"result": CheckResult.SKIPPED, "suppress_comment": skip_info["suppress_comment"]}
        answer: dict[str, Any] = {"evaluated_keys": []}
        if JUDGEMENT.fault:
            self.details = [JUDGEMENT.fault]
            return {**answer, "result": CheckResult.FAILED}
        bad = [result for result in found if result["verdict"] in {"fail", "unknown"}]
        waived = [result for result in found if result["verdict"] == "waived"]
        self.details = [_render_result(result) for result in bad]
        if bad:
            return {**answer, "result": CheckResult.FAILED}
        if waived:
            return {"result": CheckResult.SKIPPED, "suppress_comment": waived[0]["waiver"]["reason"]}
        return {**answer, "result": CheckResult.PASSED if found else CheckResult.UNKNOWN}

    def scan_entity_conf(self, conf: dict[str, Any], entity_type: str) -> CheckResult:
        """Never called: ``run`` answers by itself."""
        raise NotImplementedError

    def _verdicts(self, scanned_file: str, conf: dict[str, Any]) -> list[dict[str, Any]]:
        results = JUDGEMENT.results
        if results is None:
            return []
        lines = (int(conf.get("__start_line__", 0)), int(conf.get("__end_line__", 0)))
        return results.on(self.id, str(conf.get("__address__", "")), _absolute(scanned_file), lines)


def _render_result(result: dict[str, Any]) -> str:
    place = f"{result['file']}:{result['line']}:{result['column']}" if result["line"] else result["file"]
    unknown = "cannot be judged: " if result["verdict"] == "unknown" else ""
    fix = f" (fix: {result['fix']})" if result["fix"] else ""
    return f"{place}: {unknown}{result['message']}{fix}"


def _policies() -> dict[str, str]:
    """Return the ids and titles of the catalogue, read without the gate's own loader."""
    found = {}
    for folder in sorted(CATALOG.iterdir()):
        path = folder / "policy.yaml"
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            found[re.search(r"^id: (\S+)", text, re.MULTILINE)[1]] = re.search(r"^title: (.+)", text, re.MULTILINE)[1]  # type: ignore[index] # the catalogue's own test
    return found


def _options(*names: str) -> list[str]:
    """Return the values of an option of the checkov command line."""
    values, words = [], sys.argv[1:]
    for at, word in enumerate(words):
        if word in names:
            for value in words[at + 1 :]:
                if value.startswith("-"):
                    break
                values.append(value)
        else:
            values += [word.partition("=")[2] for name in names if word.startswith(f"{name}=")]
    return values


def _roots() -> list[Path]:
    folders = [Path(folder) for folder in _options("-d", "--directory")]
    files = [Path(file).parent for file in _options("-f", "--file")]
    below = [root for folder in folders or ([] if files else [Path()]) for root in roots_below(folder)]
    return list(dict.fromkeys(below + files))


def _absolute(scanned_file: str) -> str:
    """Return the file that checkov names relative to the folder it scans."""
    for folder in [*_options("-d", "--directory"), "."]:
        path = os.path.join(folder, scanned_file.lstrip("/"))  # noqa: PTH118 - both may be relative
        if os.path.exists(path):  # noqa: PTH110 - as above
            return path
    return scanned_file


def _complete_scan(original: Any) -> Any:  # noqa: ANN401 - checkov is not installed where types are checked
    """Return a scan that adds what no block could be blamed for."""

    def check_tf_definition(self: Any, report: Any, root_folder: Any, runner_filter: Any, *rest: Any) -> None:  # noqa: ANN401 - as above
        original(self, report, root_folder, runner_filter, *rest)
        results = JUDGEMENT.results
        for found in _by_line(results.untold() if results is not None else []):
            check = CHECKS.get(found[0]["policy"], CHECKS[GATE[0]])
            if runner_filter.should_run_check(check, report_type=report.check_type):
                report.add_record(_record(check, found, root_folder))

    return check_tf_definition


def _by_line(results: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return results of one policy on one line together: of several records alike, checkov keeps the last alone."""
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for result in results:
        key = tuple(result[name] for name in ("policy", "path", "line", "resource", "root"))
        found.setdefault(key, []).append(result)
    return list(found.values())


def _record(check: PolicyCheck, found: list[dict[str, Any]], root_folder: str | None) -> Any:  # noqa: ANN401 - as above
    result = found[0]
    path = result["path"] or os.path.realpath(root_folder or ".")
    line = max(result["line"], 1)
    return Record(
        check_id=check.id,
        check_name=check.name,
        check_result={"result": CheckResult.FAILED, "evaluated_keys": []},
        code_block=[(line, f"{result['source_line']}\n")],
        file_path=f"/{os.path.relpath(path, root_folder or '.')}",
        file_line_range=[line, line],
        resource=result["resource"] or result["root"],
        evaluations=None,
        check_class=check.__class__.__module__,
        file_abs_path=path,
        details=[_render_result(result) for result in found],
    )


def _register() -> dict[str, PolicyCheck]:
    """Register one check per policy folder, and make sure that all of them count.

    Raises:
        SystemExit: An id is already that of another check, or checkov has not taken a check.
    """
    policies = _policies()
    taken = {check.id for check in BaseCheckRegistry.get_all_registered_checks()}
    clashes = sorted(taken & {*policies, GATE[0]})
    if clashes:
        _stop(f"checkov already has checks with the ids {', '.join(clashes)}")
    checks = {identifier: PolicyCheck(identifier, title) for identifier, title in policies.items()}
    checks[GATE[0]] = PolicyCheck(*GATE)
    folders = sum((folder / "policy.yaml").is_file() for folder in CATALOG.iterdir())
    loaded = {check.id for _, check in resource_registry.all_checks()} & set(checks)
    if len(loaded) != folders + 1:
        _stop(f"checkov took {len(loaded) - 1} checks of {folders} policies")
    return checks


def _stop(why: str) -> NoReturn:
    """End checkov: an exception would only be a line in its log, and the scan would go on without us.

    Scanning several frameworks, checkov works in forked processes and does not miss one that ends early: it then
    reports no findings and exits with 0. So the process that waits for them is ended too.
    """
    sys.stderr.write(f"tapeproof: {why}\n")
    sys.stderr.flush()
    waiting = multiprocessing.parent_process()
    if waiting is not None and waiting.pid is not None:
        os.kill(waiting.pid, signal.SIGTERM)
    raise SystemExit(STATUS)


CHECKS = _register()
Runner.check_tf_definition = _complete_scan(Runner.check_tf_definition)
