"""A small stack's evidence, written by the same writers as the collectors use, without Terraform, git or AWS."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.bundle.signing import KeyFileSigner, create_key_file
from tapeproof.evidence.bundle.writing import Bundle, write_bundle
from tapeproof.evidence.collection import Context
from tapeproof.evidence.collectors.gate import by_resource
from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.model import Population
from tapeproof.evidence.provenance import Clock
from tapeproof.evidence.redaction import Redactor
from tapeproof.evidence.verifier.git_evidence import git_id
from tapeproof.evidence.verifier.population import POPULATION_TYPES
from tapeproof.evidence.workspace import Workspace
from tests.unit.evidence.stack_values import LIVE, PLAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tapeproof.evidence.model import Stage

SUFFIX = "dev"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
JUNIT = b"""<?xml version="1.0"?><testsuites><testsuite name="pytest" tests="4" failures="0" errors="0" skipped="1">
<testcase classname="tests.unit.store" name="reads" time="0.1"/>
<testcase classname="tests.unit.store" name="writes" time="0.1"/>
<testcase classname="tests.e2e.local" name="starts"/>
<testcase classname="tests.e2e.local" name="runs"><skipped message="no network"/></testcase></testsuite></testsuites>
"""
SOURCES = {"stack/main.tf": b'resource "aws_dynamodb_table" "market" {}\n', "stack/routes.tf": b"locals {}\n"}
ADDRESSES = sorted({*(address for found in LIVE.values() for address in found), *PLAN})


class Sample:
    """Evidence that can be changed before it is written.

    Attributes:
        gate: Results of the gate on the source.
        plan: Planned values by address.
        live: Live values by service and address.
        junit: A test report; None leaves it out.
        exceptions: Waivers and acceptances.
        sources: Source files.
        simulated: Whether live evidence is from an emulator.
    """

    def __init__(self) -> None:
        self.gate = [
            _result(policy["id"], address)
            for policy in load_library().gate_policies
            if "source" in policy["stages"] and policy["id"] != "TP_GATE"
            for address in ADDRESSES
        ]
        self.plan_gate = [
            _result(policy["id"], address, front_end="plan")
            for policy in load_library().gate_policies
            if "plan" in policy["stages"] and policy["id"] != "TP_GATE"
            for address in ADDRESSES
        ]
        self.plan: dict[str, dict[str, Any]] = {address: {} for address in ADDRESSES} | copy.deepcopy(PLAN)
        self.live = copy.deepcopy(LIVE)
        self.junit: bytes | None = JUNIT
        self.exceptions: list[dict[str, Any]] = []
        self.sources = dict(SOURCES)
        self.simulated = False
        self.as_of = NOW
        self.secrets: tuple[str, ...] = ()
        self.failing: set[str] = set()
        self.files = {"on_disk": 2, "read": 2}
        self.planned: str | None = "2026-11-23T09:00:00Z"
        self.cadence_days = 0
        self.library = load_library()
        self.manual: dict[str, tuple[bytes, dict[str, Any]]] = {}
        self.period_from = "2026-11-01T00:00:00Z"

    def write(self, folder: Path) -> Path:
        """Write the evidence into a folder and return it."""
        moment = self.as_of
        clock = Clock(lambda: moment)
        library = self.library
        parameters = {**library.parameters, "region": "us-east-1", "environment_suffix": SUFFIX}
        workspace = Workspace(folder, Redactor(self.secrets), clock, clock.iso())
        identity = {"who": "A. Collector", "how": "a sample"}
        context = Context(workspace, library, folder, folder, parameters, identity=identity, simulated=self.simulated)
        for name in ("policies", "criteria", "mappings", "frameworks"):
            workspace.write(f"controls/{name}.json", getattr(library, name))
        commit = self._write_sources(context)
        self._write_gate(context, "source", self.gate)
        self._write_plan(context)
        self._write_live(context)
        self._write_others(context)
        self._write_manual(context)
        run = _run(context, clock, commit, simulated=self.simulated)
        period = {"from": self.period_from, "cadence_days": self.cadence_days}
        workspace.write("run.json", {**run, "period": period})
        return folder

    def _write_sources(self, context: Context) -> str:
        objects, commit = _git_objects(self.sources)
        with context.item(
            "source-files", "Sources", collector="source", stage="source", judge="blobs", asserts=["EV_SRC_1"]
        ) as out:
            lines = []
            for path, data in sorted(self.sources.items()):
                redacted = out.text(f"raw/files/{path}", data, "text/plain")
                raw = f"raw/files/{path}"
                lines.append({"resource": path, "blob": git_id("blob", data), "raw": raw, "redacted": redacted})
            for name, data in objects.items():
                out.binary(f"raw/git/{name}", data, "application/x-git")
            out.item.judged, out.item.commit = "raw/files.jsonl", commit
            out.lines(out.item.judged, lines)
        return commit

    def _write_gate(self, context: Context, stage: Stage, results: Sequence[dict[str, Any]]) -> None:
        asserts = [policy["id"] for policy in context.library.gate_policies if stage in policy["stages"]]
        with context.item(f"{stage}-gate", "Gate", collector="gate", stage=stage, judge="gate", asserts=asserts) as out:
            out.item.judged = "raw/results.jsonl"
            out.lines(out.item.judged, by_resource(sorted(results, key=lambda one: (one["resource"], one["policy"]))))
            command = ["tapeproof", "gate", "check", "stack", "--format", "json"]
            out.document("raw/summary.json", {"command": command, "waivers": [], "files": self.files})
            if self.files["on_disk"] != self.files["read"]:
                out.item.incomplete = "a file could not be read"

    def _write_plan(self, context: Context) -> None:
        if self.plan_gate:
            self._write_gate(context, "plan", self.plan_gate)
        gate = [policy["id"] for policy in context.library.gate_policies if "plan" in policy["stages"]]
        asserts = {*context.library.judged_at("plan"), *(() if self.plan_gate else gate)}
        with context.item(
            "plan-resources", "Plan", collector="plan", stage="plan", judge="criteria", asserts=sorted(asserts)
        ) as out:
            out.item.judged = "raw/resources.jsonl"
            out.lines(out.item.judged, _observations(self.plan))
            out.document("raw/plan.json", {"timestamp": self.planned})

    def _write_live(self, context: Context) -> None:
        for service, found in self.live.items():
            types = {address.split(".")[0] for address in found}
            asserts = context.library.judged_at("live", types)
            with context.item(
                f"live-{service}", service, collector="live", stage="live", judge="criteria", asserts=asserts
            ) as out:
                if service in self.failing:
                    raise CollectionError(f"AWS did not answer {service}", why="AccessDenied")
                out.item.judged = "raw/resources.jsonl"
                out.lines(out.item.judged, _observations(found))
                out.item.population = Population(f"{service}, names ending -dev", len(found), "resources")
                calls = [{"operation": f"{service}:Describe", "count": 1}]
                hosts = [f"{service}.us-east-1.amazonaws.com"]
                out.item.source = {"kind": "api", "account": "111122223333", "hosts": hosts, "calls": calls}

    def _write_others(self, context: Context) -> None:
        if self.junit is not None:
            with context.item(
                "tests-junit", "Tests", collector="tests", stage="tests", judge="junit", asserts=["EV_TST_1"]
            ) as out:
                out.text("raw/junit.xml", self.junit, "application/xml")
                out.item.judged = "raw/junit.xml"
        with context.item(
            "exceptions", "Exceptions", collector="exceptions", stage="exceptions", judge="exceptions",
            asserts=["EV_EXC_1"],
        ) as out:  # fmt: skip
            out.item.judged = "raw/exceptions.jsonl"
            out.lines(out.item.judged, self.exceptions)

    def _write_manual(self, context: Context) -> None:
        for name, (data, source) in self.manual.items():
            with context.item(f"manual-{name}", f"Manual: {name}", collector="manual", stage="exceptions") as out:
                out.binary("raw/file.txt", data, "text/plain")
                out.item.source = {"kind": "manual", **source}

    def bundle(self, folder: Path, *, key: Path | None = None) -> Bundle:
        """Write the evidence and make a bundle of it; signed when there is a key."""
        self.write(folder)
        return write_bundle(folder, signer=KeyFileSigner(key) if key else None)


def new_key(path: Path) -> Path:
    """Return a fresh key file."""
    create_key_file(path)
    return path


def acceptance(**changes: object) -> dict[str, Any]:
    """Return an acceptance that is in force."""
    record = {
        "kind": "acceptance",
        "resource": "RA-2026-001",
        "control": "aws-fsbp:DynamoDB.6",
        "owner": "Platform team",
        "approver": "Head of risk",
        "reason": "The stack must be destroyable.",
        "compensating": ["point-in-time recovery", "exports of the log"],
        "accepted": "2026-11-01",
        "expires": "2027-05-01",
    }
    return {name: value for name, value in {**record, **changes}.items() if value is not None}


def _result(policy: str, resource: str, **changes: object) -> dict[str, Any]:
    return {
        "root": "stack",
        "policy": policy,
        "verdict": "pass",
        "resource": resource,
        "file": "",
        "line": 0,
        "column": 0,
        "message": "",
        "fix": "",
        "expected": "",
        "observed": "",
        "front_end": "hcl",
        **changes,
    }


def _observations(found: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for address, value in sorted(found.items()):
        yield {"resource": address, "type": address.split(".")[0], "calls": [], "value": value}


def _git_objects(sources: dict[str, bytes]) -> tuple[dict[str, bytes], str]:
    """Return the tree and commit objects that git would make of some files in one folder each."""
    objects: dict[str, bytes] = {}
    folders: dict[str, dict[str, str]] = {}
    for path, data in sources.items():
        folder, name = path.split("/")
        folders.setdefault(folder, {})[name] = git_id("blob", data)
    entries = b""
    for folder, names in sorted(folders.items()):
        tree = b"".join(b"100644 %s\0" % name.encode() + bytes.fromhex(blob) for name, blob in sorted(names.items()))
        objects[git_id("tree", tree)] = tree
        entries += b"40000 %s\0" % folder.encode() + bytes.fromhex(git_id("tree", tree))
    root = git_id("tree", entries)
    person = b"A. Author <author@example.com> 1790000000 +0000"
    commit = b"tree %s\nauthor %s\ncommitter %s\n\nsample\n" % (root.encode(), person, person)
    name = git_id("commit", commit)
    return {**objects, root: entries, name: commit}, name


def _run(context: Context, clock: Clock, commit: str, *, simulated: bool) -> dict[str, Any]:
    return {
        "format": "tapeproof/run/1",
        "id": f"{clock.now():%Y%m%dT%H%M%SZ}-sample",
        "as_of": clock.iso(),
        "period": {"from": "2026-11-01T00:00:00Z"},
        "subject": "market data, dev",
        "parameters": dict(context.parameters),
        "population_types": list(POPULATION_TYPES),
        "commit": commit,
        "dirty": False,
        "repository": "https://git.example/market-data",
        "simulated": simulated,
        "collector": dict(context.identity),
        "tool": {"name": "tapeproof", "version": "0.0.0", "digest": "sha256:" + "0" * 64},
    }
