"""Measures evidence at scale: writing a bundle, verifying it beside only hashing it, opening the report.

    python benchmarks/evidence.py [--resources 10000] [--browse 1000]

The floor reads and hashes every file of the same bundle with the same Python, in its own process, and no more.
verify.py is measured whole, and again without rendering the reports: what is left judges, hashes and compares.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.bundle.signing import KeyFileSigner, create_key_file
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.collection import Context
from tapeproof.evidence.collectors.gate import by_resource
from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.provenance import Clock
from tapeproof.evidence.redaction import Redactor
from tapeproof.evidence.verifier.population import POPULATION_TYPES
from tapeproof.evidence.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.model import Stage

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SOURCE_POLICIES = ("TP_DDB_1", "TP_DDB_2", "TP_DST_1", "TP_DST_2", "TP_NAM_1")
PLAN_POLICIES = ("TP_DDB_1", "TP_DDB_2", "TP_DST_2")
FAILING = 100
"""One resource in so many fails."""
BROWSER = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
FLOOR_ZIP = """
import hashlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist():
        digest = hashlib.sha256()
        with archive.open(name) as stream:
            for chunk in iter(lambda: stream.read(1 << 20), b""):
                digest.update(chunk)
        digest.hexdigest()
"""
FLOOR_FOLDER = """
import hashlib, os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        digest = hashlib.sha256()
        with open(os.path.join(folder, name), "rb") as stream:
            for chunk in iter(lambda: stream.read(1 << 20), b""):
                digest.update(chunk)
        digest.hexdigest()
"""
WITHOUT_REPORTS = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("verify_py", sys.argv[1])
verify = sys.modules["verify_py"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
verify.check_reports = lambda *_: []
sys.exit(verify.verify_main(sys.argv[2:]))
"""
"""Runs a verify.py that renders no report; evidence, verdicts, signature and digests are checked as always."""


def collected(folder: Path, count: int) -> Path:
    """Write the evidence of a stack of so many tables, judged at three stages."""
    library, clock = load_library(), Clock(lambda: NOW)
    workspace = Workspace(folder, Redactor(), clock, clock.iso())
    parameters = {**library.parameters, "region": "us-east-1", "environment_suffix": "bench"}
    context = Context(workspace, library, folder, folder, parameters, identity={"who": "bench", "how": "bench"})
    for name in ("policies", "criteria", "mappings", "frameworks"):
        workspace.write(f"controls/{name}.json", getattr(library, name))
    gated: tuple[tuple[Stage, tuple[str, ...]], ...] = (("source", SOURCE_POLICIES), ("plan", PLAN_POLICIES))
    for stage, policies in gated:
        with context.item(
            f"{stage}-gate", "Gate", collector="gate", stage=stage, judge="gate", asserts=policies
        ) as out:
            out.item.judged = "raw/results.jsonl"
            out.lines(out.item.judged, by_resource(_results(count, policies)))
            files = {"on_disk": 1, "read": 1}
            out.document("raw/summary.json", {"command": ["gate", "check"], "waivers": [], "files": files})
    observed: tuple[tuple[str, Stage, Iterator[Any]], ...] = (
        ("plan-resources", "plan", _planned(count)),
        ("live-dynamodb", "live", _live(count)),
    )
    for name, stage, lines in observed:
        asserts = library.judged_at(stage, ["aws_dynamodb_table"])
        with context.item(name, name, collector=stage, stage=stage, judge="criteria", asserts=asserts) as out:
            out.item.judged = "raw/resources.jsonl"
            out.lines(out.item.judged, lines)
    workspace.write("run.json", _run(context, clock))
    return folder


def _address(number: int) -> str:
    return f'module.store["{number:06d}"].aws_dynamodb_table.this'


def _results(count: int, policies: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for number in range(count):
        for policy in policies:
            bad = number % FAILING == 0 and policy == "TP_DDB_1"
            yield {
                "root": "stack",
                "policy": policy,
                "verdict": "fail" if bad else "pass",
                "resource": _address(number),
                "file": "stack/modules/store/main.tf",
                "line": 12,
                "column": 3,
                "message": "point-in-time recovery is off" if bad else "",
                "fix": "",
                "expected": "",
                "observed": "",
                "front_end": "hcl",
            }


def _planned(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        value = {
            "name": f"table-{number:06d}-bench",
            "billing_mode": "PAY_PER_REQUEST",
            "hash_key": "pk",
            "range_key": "sk",
            "attribute": [{"name": name, "type": "S"} for name in ("pk", "sk", "st_pk", "st_sk", "et_pk", "et_sk")],
            "point_in_time_recovery": [{"enabled": number % FAILING != 0}],
            "server_side_encryption": [{"enabled": True, "kms_key_arn": {"$unknown": True}}],
            "deletion_protection_enabled": False,
            "tags": {"environment": "bench", "owner": "platform"},
            "arn": {"$unknown": True},
        }
        yield {"resource": _address(number), "type": "aws_dynamodb_table", "actions": ["create"], "value": value}


def _live(count: int) -> Iterator[dict[str, Any]]:
    arn = "arn:aws:dynamodb:us-east-1:111122223333:table/table-{:06d}-bench"
    for number in range(count):
        status = "DISABLED" if number % FAILING == 0 else "ENABLED"
        value = {
            "Name": f"table-{number:06d}-bench",
            "Region": "us-east-1",
            "Table": {
                "TableName": f"table-{number:06d}-bench",
                "TableArn": arn.format(number),
                "TableStatus": "ACTIVE",
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
                "SSEDescription": {"SSEType": "KMS", "Status": "ENABLED", "KMSMasterKeyArn": arn.format(0)},
                "DeletionProtectionEnabled": False,
            },
            "Backups": {"PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": status}},
            "Key": {"KeyManager": "CUSTOMER", "Enabled": True},
        }
        calls = [{"service": "dynamodb", "operation": "describe_table", "request_id": f"{number:032x}", "status": 200}]
        yield {"resource": _address(number), "type": "aws_dynamodb_table", "calls": calls, "value": value}


def _run(context: Context, clock: Clock) -> dict[str, Any]:
    return {
        "id": "bench",
        "as_of": clock.iso(),
        "period": {"from": clock.iso(), "cadence_days": 0},
        "subject": "bench",
        "parameters": dict(context.parameters),
        "population_types": list(POPULATION_TYPES),
        "commit": "",
        "dirty": False,
        "repository": "",
        "simulated": False,
        "collector": dict(context.identity),
        "tool": {"name": "tapeproof", "version": "0", "digest": "sha256:0"},
    }


def written(place: Path, count: int) -> dict[str, Any]:
    """Write a bundle in a process of its own; return seconds and peak memory, evidence collected before."""
    command = [sys.executable, __file__, "--write", str(place), "--resources", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _write(place: Path, count: int) -> None:
    folder = collected(place / "run", count)
    key = place / "key.pem"
    if not key.exists():
        create_key_file(key)
    child = os.fork()
    if child:
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    bundle = write_bundle(folder, signer=KeyFileSigner(key))
    seconds, used = time.perf_counter() - began, time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    figures = {
        "seconds": seconds,
        "cpu": used,
        "peak_mb": peak / 1024,
        "before_mb": before / 1024,
        "zip": str(bundle.zip),
    }
    figures |= {
        "folder": str(bundle.folder),
        "fingerprint": bundle.fingerprint,
        "rows": bundle.assessment["counts"]["rows"],
    }
    figures |= {"html_mb": (bundle.folder / "reports/report.html").stat().st_size / 1e6, "zip_mb": bundle.size / 1e6}
    figures["bytes"] = sum(path.stat().st_size for path in bundle.folder.rglob("*") if path.is_file())
    print(json.dumps(figures), flush=True)
    os._exit(0)


def cheapest(command: list[str], rounds: int) -> tuple[float, float]:
    """Return wall-clock and processor seconds of the cheapest of some runs; load changes the latter less."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{command} ended with {child.returncode}")
        found.append((usage.ru_utime + usage.ru_stime, time.perf_counter() - began))
    cpu, wall = min(found)
    return wall, cpu


def opened(html: Path) -> float:
    """Return how long a browser takes until the page is laid out and painted, seconds; the best of three."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only with a browser

    times = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        for _ in range(3):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            began = time.perf_counter()
            page.goto(html.as_uri())
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            times.append(time.perf_counter() - began)
            page.close()
        browser.close()
    return min(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--resources", type=int, default=10_000)
    parser.add_argument("--browse", type=int, default=1_000)
    parser.add_argument("--write", type=Path)
    parsed = parser.parse_args()
    if parsed.write:
        _write(parsed.write, parsed.resources)
        return
    with tempfile.TemporaryDirectory(prefix="tapeproof-bench-") as scratch:
        small = written(Path(scratch) / "small", parsed.browse)
        large = written(Path(scratch) / "large", parsed.resources)
        print(f"report, {parsed.browse:,} resources: {small['seconds']:.2f} s, peak {small['peak_mb']:.0f} MB")
        rows = sum(sum(one.values()) for one in large["rows"].values())
        print(
            f"report, {parsed.resources:,} resources: {large['seconds']:.2f} s, {large['cpu']:.2f} s of processor "
            "(limit 10), "
            f"peak {large['peak_mb']:.0f} MB; {rows:,} verdicts, {large['bytes'] / 1e6:.0f} MB in files, "
            f"{large['zip_mb']:.0f} MB zip, HTML {large['html_mb']:.1f} MB"
        )
        verifier = str(Path(large["folder"]) / "verify.py")
        trust = ["--fingerprint", large["fingerprint"]]
        kinds = (("zip", large["zip"], FLOOR_ZIP, 0.42), ("folder", large["folder"], FLOOR_FOLDER, 0.28))
        for what, target, floor, goal in kinds:
            _, hashing = cheapest([sys.executable, "-c", floor, target], 5)
            _, judging = cheapest([sys.executable, "-c", WITHOUT_REPORTS, verifier, target, *trust], 5)
            wall, verifying = cheapest([sys.executable, verifier, target, *trust], 3)
            print(
                f"verify.py, {what}: {verifying:.2f} s of processor ({wall:.2f} s), of that reports rendered again "
                f"{verifying - judging:.2f} s; the rest {judging:.2f} s; only hashing the same files {hashing:.2f} s; "
                f"ratio of the rest {hashing / judging:.2f} (goal {goal})"
            )
        if BROWSER:
            html = Path(small["folder"]) / "reports/report.html"
            print(
                f"HTML of {parsed.browse:,} resources opens in {opened(html):.2f} s (limit 1) in {Path(BROWSER).name}"
            )


if __name__ == "__main__":
    main()
