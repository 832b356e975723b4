"""Inside checkov: the same verdicts on every example and on our stack, and nothing dropped in silence."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.engine.examples import examples
from tapeproof.gate.engine.policy import catalog
from tests.conformance.gate.judged_cases import find_cases
from tests.effort import SOAKING
from tests.places import FIELD, PROJECT

if TYPE_CHECKING:
    from pathlib import Path

CHECKOV = PROJECT / ".environments" / "checkov" / "bin" / "checkov"
GATE = PROJECT / ".venv" / "bin" / "tapeproof"
CHECKS = PROJECT / "tapeproof" / "gate" / "frontends" / "checkov"
STOPS = {"fail", "unknown"}
PARTS = 8
"""In so many runs of checkov all roots of strangers are judged; one run of all would outlast its time."""

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not CHECKOV.exists(), reason="checkov's environment is not here; run: make setup"),
]


def checkov(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [
        str(CHECKOV), "-d", ".", "--skip-download", "--check", "TP_*", "-o", "json",
        *([] if "--framework" in arguments else ["--framework", "terraform"]), *arguments,
    ]  # fmt: skip
    inherited = {name: value for name, value in os.environ.items() if name not in {"TAPEPROOF", "LOG_LEVEL"}}
    settings = {**inherited, "TAPEPROOF": str(GATE), **environment}
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False, timeout=250)


def failed(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done.stdout)["results"]["failed_checks"]
    return found


def gate(folder: Path) -> list[dict[str, Any]]:
    roots = sorted(path.name for path in folder.iterdir() if path.is_dir())
    command = [str(GATE), "gate", "check", *roots, "--format", "json", "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    results: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    return results


@pytest.fixture(scope="module")
def every_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of someone else's that holds every example as a root module of its own."""
    folder = tmp_path_factory.mktemp("stranger")
    for policy in catalog():
        for example in examples(policy):
            root = folder / re.sub(r"\W", "_", f"{policy.id}_{example.name}")
            if example.root.is_dir():
                shutil.copytree(example.root, root)
            else:
                root.mkdir()
                shutil.copy(example.root, root / "main.tf.json" if example.root.suffix == ".json" else root)
    return folder


def told_and_expected(folder: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return what checkov tells of a folder's roots and what the gate does: policies and places."""
    done = checkov(folder, "--external-checks-dir", str(CHECKS))
    assert done.returncode == 1, done.stderr
    told = {
        (record["check_id"], detail.split(": ")[0]) for record in failed(done) for detail in record["details"] or [""]
    }
    expected = {
        (result["policy"], ":".join(str(part) for part in (result["file"], result["line"], result["column"]) if part))
        for result in gate(folder)
        if result["verdict"] in STOPS
    }
    return told, expected


def test_every_example_gets_the_verdicts_of_the_gate(every_example: Path) -> None:
    told, expected = told_and_expected(every_example)
    assert (expected - told, told - expected) == (set(), set())
    assert len(expected) > 300


@pytest.mark.skipif(not SOAKING, reason="checkov takes minutes for hundreds of roots; run: make soak")
@pytest.mark.parametrize("part", range(PARTS))
def test_every_root_of_a_stranger_gets_the_verdicts_of_the_gate(part: int, tmp_path: Path) -> None:
    every = [*find_cases(FIELD / "gate"), *find_cases(PROJECT / "tests" / "conformance" / "gate" / "reports")]
    cases = every[part::PARTS]
    for case in cases:
        shutil.copytree(case, tmp_path / case.name, ignore=shutil.ignore_patterns("case.json"))
    told, expected = told_and_expected(tmp_path)
    # checkov does not see a root of .tofu files, so that a module which only such a root calls is judged by itself too.
    of_tofu = {case.name for case in cases if any(case.glob("*.tofu"))}
    more = {finding for finding in told - expected if finding[1].split("/")[0] not in of_tofu}
    assert (expected - told, more) == (set(), set())
    assert len(expected) > 1000 / PARTS


def test_our_stack_passes_and_its_population_is_not_empty(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns(".terraform*", "examples", "local")
    shutil.copytree(PROJECT / "stack", tmp_path / "stack", ignore=ignored)
    values = str(tmp_path / "stack" / "environments" / "dev.tfvars")
    done = checkov(tmp_path / "stack", "--external-checks-dir", str(CHECKS), "--var-file", values)
    report = json.loads(done.stdout)
    assert done.returncode == 0, report["results"]["failed_checks"]
    assert {record["check_id"] for record in report["results"]["passed_checks"]} >= {
        "TP_DDB_1", "TP_DLQ_1", "TP_DST_1", "TP_EVT_1", "TP_IAM_1", "TP_LOG_1", "TP_NAM_1", "TP_NET_1", "TP_RUN_1",
    }  # fmt: skip


def test_without_a_gate_every_check_fails_everywhere_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "a" {\n  name = "a"\n}\n', encoding="utf-8")
    done = checkov(tmp_path, "--external-checks-dir", str(CHECKS), TAPEPROOF="/nonexistent/tapeproof")
    records = failed(done)
    assert {record["check_id"] for record in records} == {policy.id for policy in catalog()} | {"TP_GATE"}
    assert all("could not be run" in record["details"][0] for record in records)
    assert done.returncode == 1


@pytest.mark.parametrize("frameworks", ["terraform", "all"])
def test_an_id_that_is_taken_stops_the_scan(tmp_path: Path, frameworks: str) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "__init__.py").write_text("", encoding="utf-8")
    (other / "clash.py").write_text(
        "from checkov.common.models.enums import CheckCategories, CheckResult\n"
        "from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck\n"
        "class Clash(BaseResourceCheck):\n"
        "    def __init__(self):\n"
        "        super().__init__('x', 'TP_LOG_1', [CheckCategories.LOGGING], ['aws_sqs_queue'])\n"
        "    def scan_resource_conf(self, conf):\n"
        "        return CheckResult.PASSED\n"
        "Clash()\n",
        encoding="utf-8",
    )
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "a" {\n  name = "a"\n}\n', encoding="utf-8")
    done = checkov(
        tmp_path, "--framework", frameworks, "--external-checks-dir", str(other), "--external-checks-dir", str(CHECKS)
    )
    assert done.returncode != 0
    assert "already has checks with the ids TP_LOG_1" in done.stderr
