"""One run: what is collected, from where, and under which name."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.bundle.holding import hold_folder
from tapeproof.evidence.collection import Collector, Context, collect
from tapeproof.evidence.collectors.exceptions import ExceptionCollector
from tapeproof.evidence.collectors.gate import GateCollector
from tapeproof.evidence.collectors.manual import ManualCollector
from tapeproof.evidence.collectors.plan import PlanCollector
from tapeproof.evidence.collectors.source import SourceCollector, repository_of
from tapeproof.evidence.collectors.tests import TestReportCollector
from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.controls.own import extend_library
from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.provenance import clock_of, from_here, git, operator, tool_digest, tool_version
from tapeproof.evidence.redaction import Redactor, secrets_of
from tapeproof.evidence.risks import DEFAULT_FILE
from tapeproof.evidence.verifier.population import POPULATION_TYPES
from tapeproof.evidence.workspace import Workspace
from tapeproof.terminal import escape_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tapeproof.evidence.controls.library import Library
    from tapeproof.evidence.provenance import Clock

__all__ = ["Request", "run_collection"]

LONGEST_SLUG: Final = 60
"""Characters of the subject in the name of a run's folder."""
CREDENTIALS_IN_URL: Final = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to collect.

    Attributes:
        output: Folder below which the run gets a folder of its own.
        root: Terraform root module.
        var_files: Variable files, for the gate.
        plan: ``terraform show -json`` of a plan, or None.
        state: ``terraform show -json`` of the state, or None; names live resources by address.
        junit: Test reports.
        risks: File of risk acceptances.
        frameworks: Files of the entity's own frameworks.
        manual: File that lists manual evidence, or None.
        subject: What the report is about.
        suffix: Environment suffix; empty when nothing live is collected.
        region: Region that is required.
        period_from: Beginning of the period, ISO 8601; the run's own time when absent.
        cadence_days: How many days apart runs are stated to be; 0 states nothing.
        live: Makes the collectors of live evidence; None leaves the account out.
        further: Further collectors, such as the audit log's.
        simulated: Whether live evidence is from an emulator.
        secrets: Further values that must not appear in evidence.
    """

    output: Path
    root: Path
    var_files: Sequence[Path] = ()
    plan: Path | None = None
    state: Path | None = None
    junit: Sequence[Path] = ()
    risks: Path = Path(DEFAULT_FILE)
    frameworks: Sequence[Path] = ()
    manual: Path | None = None
    subject: str = ""
    suffix: str = ""
    region: str = "us-east-1"
    period_from: str = ""
    cadence_days: int = 0
    live: Sequence[Collector] = ()
    further: Sequence[Collector] = ()
    simulated: bool = False
    secrets: Sequence[str] = ()
    identity: Mapping[str, str] = field(default_factory=dict)


def run_collection(
    request: Request, *, say: Callable[[str], None] = lambda _: None, clock: Clock | None = None
) -> Path:
    """Collect everything that a request names.

    Args:
        request: What to collect.
        say: Is told which collector runs.
        clock: Tells the time; the environment's by default.

    Returns:
        The run's folder.

    Raises:
        CollectionError: The root module is not there, or the folder cannot be made.
    """
    if not request.root.is_dir():
        raise CollectionError(f"{request.root} is not a folder", fix="name the Terraform root module with --root")
    clock = clock or clock_of()
    now = clock.now()
    as_of = clock.iso()
    subject = escape_text(request.subject or request.suffix or request.root.resolve().name)
    slug = re.sub("[^a-z0-9]+", "-", subject.lower())[:LONGEST_SLUG].strip("-")
    name = f"{now:%Y%m%dT%H%M%SZ}-{slug or 'run'}"
    _check_period(request.period_from, as_of)
    library = extend_library(load_library(), request.frameworks)
    collectors = _collectors(request, library)
    folder = _fresh(request.output, name)
    redactor = Redactor(secrets_of(os.environ, request.secrets))
    parameters = {**library.parameters, "region": request.region, "environment_suffix": request.suffix}
    context = Context(
        Workspace(folder, redactor, clock, as_of),
        library,
        Path.cwd(),
        request.root,
        parameters,
        identity=request.identity,
        simulated=request.simulated,
        say=say,
    )
    with hold_folder(folder):
        _write_controls(context.workspace, library)
        collect(context, collectors)
        context.workspace.write("run.json", _run(request, context, folder.name, subject))
    return folder


def _check_period(begins: str, as_of: str) -> None:
    if begins[:10] > as_of[:10]:
        raise CollectionError(
            f"the period cannot begin on {begins}", why=f"the run is as of {as_of}", fix="name an earlier --period-from"
        )


def _fresh(output: Path, name: str) -> Path:
    """Make the run's folder; one that another run of the same second holds, finished or not, is left alone."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            folder = output / (name if number == 1 else f"{name}-{number}")
            with suppress(FileExistsError):
                folder.mkdir()
                return folder
    except OSError as error:
        fix = "name a folder that can be written with --output"
        raise CollectionError(f"{output / name} cannot be made", why=str(error), fix=fix) from error
    raise CollectionError(f"{output / name} cannot be made", why="it is taken", fix="name another --output")


def _collectors(request: Request, library: Library) -> list[Collector]:
    variables = [argument for path in request.var_files for argument in ("--var-file", str(from_here(path)))]
    root = str(from_here(request.root))
    collectors: list[Collector] = [SourceCollector(), GateCollector("source", [root, *variables])]
    collectors.append(PlanCollector(request.plan))
    if request.plan is not None:
        collectors.append(GateCollector("plan", [root, *variables, "--plan", str(from_here(request.plan))]))
    collectors += [TestReportCollector(request.junit), *request.live, *request.further]
    collectors += [ManualCollector(request.manual, library)] if request.manual is not None else []
    return [*collectors, ExceptionCollector(request.risks)]


def _write_controls(workspace: Workspace, library: Library) -> None:
    workspace.write("controls/policies.json", library.policies)
    workspace.write("controls/criteria.json", library.criteria)
    workspace.write("controls/mappings.json", library.mappings)
    workspace.write("controls/frameworks.json", library.frameworks)


def _run(request: Request, context: Context, name: str, subject: str) -> dict[str, Any]:
    repository = repository_of(request.root)
    remote = (git(request.root, "config", "--get", "remote.origin.url") or b"").decode("utf-8", "replace").strip()
    return {
        "format": "tapeproof/run/1",
        "id": name,
        "as_of": context.workspace.as_of,
        "period": {"from": request.period_from or context.workspace.as_of, "cadence_days": request.cadence_days},
        "subject": subject,
        "parameters": dict(context.parameters),
        "population_types": list(POPULATION_TYPES),
        "commit": repository[1] if repository else "",
        "dirty": bool(git(request.root, "status", "--porcelain", "--", ".")),
        "repository": CREDENTIALS_IN_URL.sub("", remote) if "://" in remote else "",
        "simulated": request.simulated,
        "collector": dict(context.identity) or operator(context.project),
        "tool": {"name": "tapeproof", "version": tool_version(), "digest": tool_digest()},
    }
