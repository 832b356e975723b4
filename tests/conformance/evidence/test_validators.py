"""Microsoft's SARIF multitool and the Nu HTML checker judge what a bundle holds; `make test-setup` gets both."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.places import PROJECT
from tests.unit.evidence.samples import Sample, acceptance

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle

MODULES = PROJECT / ".environments" / "validators" / "node_modules"
MULTITOOL = MODULES / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
CHECKER = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
NO_ADDRESS = "SARIF2005"
"""Asks where a reader learns more about the tool; the project has no address of its own."""
NEWER_CSS = "CSS: “paint-order”: Property “paint-order” doesn't exist."
"""It does (SVG 2, section 13.9; Chromium, Firefox and Safari draw it); the checker's list is older."""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    sample = Sample()
    sample.exceptions = [acceptance()]
    sample.gate[5].update(verdict="fail", message='less than 30 days <&">', file="stack/a b.tf", line=3, column=7)
    sample.gate[6].update(verdict="unknown", message="module not on disk")
    sample.gate[7].update(verdict="waived", waiver={"reason": "test", "owner": "me", "expires": "2027-01-01"})
    return sample.bundle(tmp_path_factory.mktemp("bundle") / "run")


@pytest.mark.skipif(not os.access(MULTITOOL, os.X_OK), reason="the SARIF multitool is not set up: no npm, or no Linux")
def test_the_multitool_finds_nothing_by_the_standards_and_githubs_rules(bundle: Bundle, tmp_path: Path) -> None:
    output = tmp_path / "found.sarif"
    rules = ["--rule-kind", "Sarif;Ghas", "--output", str(output)]
    report = str(bundle.folder / "reports/results.sarif")
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    subprocess.run([str(MULTITOOL), "validate", report, *rules], check=True, capture_output=True, env=environment)
    found = json.loads(output.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
    assert {one["ruleId"] for one in found} <= {NO_ADDRESS}


@pytest.mark.skipif(
    not CHECKER.is_file() or shutil.which("java") is None, reason="the Nu HTML checker is not set up: no npm or no Java"
)
def test_the_nu_html_checker_finds_no_error_in_the_report(bundle: Bundle) -> None:
    command = ["java", "-Xss1m", "-jar", str(CHECKER), "--format", "json", str(bundle.folder / "reports/report.html")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    messages = json.loads(done.stderr)["messages"]
    assert [one for one in messages if one["type"] != "info" and one["message"] != NEWER_CSS] == []
